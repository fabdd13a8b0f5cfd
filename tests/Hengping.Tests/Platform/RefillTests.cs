using Hengping.App.Design;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A form is filled where it stands in a page as it was made; the rest of the page is left as it is.</summary>
public sealed class RefillTests
{
    private static readonly TypedField[] Typed =
    [
        new("no", "2"),
        new("name", "\"甲\" & <乙>"),
        new("text", "一\n二"),
        new("pick", "b"),
        new("one", "y"),
        new("kind", "z"),
        new("many", "1"),
        new("many", "2"),
    ];

    [Theory]
    [InlineData(
        "<input name=\"name\" value=\"a>b\">",
        "<input name=\"name\" value=\"&quot;甲&quot; &amp; &lt;乙&gt;\">"
    )]
    [InlineData("<input name=name>", "<input name=name value=\"&quot;甲&quot; &amp; &lt;乙&gt;\">")]
    [InlineData(
        "<textarea name=\"text\" rows=2><b>old</textarea>",
        "<textarea name=\"text\" rows=2>\n一&#xA;二</textarea>"
    )]
    [InlineData("<input type=checkbox name=pick value=a checked>", "<input type=checkbox name=pick value=a>")]
    [InlineData(
        "<input type=\"checkbox\" name=pick value=\"b\" />",
        "<input type=\"checkbox\" name=pick value=\"b\" checked=\"\"/>"
    )]
    [InlineData("<input type=radio name=one value=y>", "<input type=radio name=one value=y checked=\"\">")]
    [InlineData("<input type=password name=name>", "<input type=password name=name>")]
    [InlineData("<input type=file name=name>", "<input type=file name=name>")]
    [InlineData("<input name=other value=k>", "<input name=other value=k>")]
    [InlineData(
        "<select name=kind><option value=\"\" selected>-</option><option>z</option></select>",
        "<select name=kind><option value=\"\">-</option><option selected=\"\">z</option></select>"
    )]
    [InlineData("<input name=many><input name=many>", "<input name=many value=\"1\"><input name=many value=\"2\">")]
    public void A_field_takes_what_was_typed(string before, string after) =>
        Refill.Into(Page(before), "/here", "/here?handler=Do", Typed).ShouldBe(Page(after));

    [Fact]
    public void Of_several_forms_it_is_the_one_whose_hidden_fields_say_the_same()
    {
        const string name = "<input name=name></form></details>";
        const string first = "<details><form method=post action=\"/here?handler=Do";
        const string one = first + "&amp;pass=9\"><input type=hidden name=no value=1>" + name;
        const string two = first + "\"><input type=hidden name=no value=2>" + name;
        var filled = Refill.Into(one + two, "/here", "/here?handler=Do", Typed)!;
        filled.ShouldStartWith(one + "<details open=\"\">");
        filled.ShouldContain("<input type=hidden name=no value=\"2\"><input name=name value=\"&quot;甲");
    }

    [Theory]
    [InlineData("<form method=\"get\" action=\"/here?handler=Do\"><input name=name></form>")]
    [InlineData("<form method=\"post\"><input name=name></form>")]
    [InlineData("<form method=\"post\" action=\"/else?handler=Do\"><input name=name></form>")]
    [InlineData("<!-- <form method=\"post\" action=\"/here?handler=Do\"></form> -->")]
    [InlineData("<form method=\"post\" action=\"/here?handler=Do\"")]
    [InlineData("< 3 <")]
    public void A_page_without_the_form_is_left_alone(string page) =>
        Refill.Into(page, "/here", "/here?handler=Do", Typed).ShouldBeNull();

    private static string Page(string fields) =>
        "<main id=m><p>1 < 2</p><form method=\"post\" action=\"/here?handler=Do\">"
        + "<input type=\"hidden\" name=\"__RequestVerificationToken\" value=\"t\">"
        + fields
        + "</form><form method=\"get\"><input name=name></form></main>";
}
