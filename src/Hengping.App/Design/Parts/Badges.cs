using System.Globalization;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static Hengping.App.Design.Texts;

namespace Hengping.App.Design.Parts;

/// <summary>A grade: word, shape and colour, so that no one of them is needed to tell it.</summary>
[HtmlTargetElement("grade")]
public sealed class GradeTag : TagHelper
{
    /// <summary>The grade's word: recommended, cautious, notRecommended, unrated.</summary>
    public string Of { get; set; } = "unrated";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "grade grade-" + Of.ToLowerInvariant());
        var shape = Of switch
        {
            "recommended" => "<circle cx='5' cy='5' r='4.5'/>",
            "cautious" => "<path d='M5 0l5 5-5 5-5-5z'/>",
            "notRecommended" => "<path d='M5 .5l5 9H0z'/>",
            _ => "<path d='M0 4h10v2H0z'/>",
        };
        output.Content.AppendHtml($"<svg viewBox='0 0 10 10' aria-hidden='true'>{shape}</svg>");
        output.Content.Append(T("grade." + Of));
    }
}

/// <summary>A status in its public word.</summary>
[HtmlTargetElement("status")]
public sealed class StatusTag : TagHelper
{
    /// <summary>The status.</summary>
    public Status Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var tone = Of switch
        {
            Status.Settled or Status.Closed => "done",
            Status.Returned or Status.Declined or Status.Terminated or Status.Withdrawn => "stop",
            _ => "open",
        };
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "status-word status-" + tone);
        output.Content.Append(T("status." + Words.Of(Of)));
    }
}

/// <summary>P0 … P3 with its meaning.</summary>
[HtmlTargetElement("priority")]
public sealed class PriorityTag : TagHelper
{
    /// <summary>The priority.</summary>
    public Priority Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var word = Of.ToString();
        output.TagName = "abbr";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "priority priority-" + word.ToLowerInvariant());
        output.Attributes.SetAttribute("title", T("priority." + word));
        output.Content.Append(word);
    }
}

/// <summary>Claimant, respondent, mediator, or the clock.</summary>
[HtmlTargetElement("party")]
public sealed class PartyTag : TagHelper
{
    /// <summary>The party.</summary>
    public Party Of { get; set; }

    /// <summary>The role to be named for the operator's people.</summary>
    public Role? As { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var word = Words.Of(Of);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "party party-" + word);
        output.Content.Append(As == Role.Reviewer ? T("party.reviewer") : T("party." + word));
    }
}

/// <summary>An instant: absolute, in Shanghai time, with what a machine reads.</summary>
[HtmlTargetElement("moment")]
public sealed class MomentTag(Store store) : TagHelper
{
    /// <summary>The instant.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Only the date.</summary>
    public bool Day { get; set; }

    /// <summary>Day and time without the year.</summary>
    public bool Brief { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", Say.Iso(At));
        output.Content.Append(
            Day ? Say.Date(At)
            : Brief ? Say.Brief(At, store.Now)
            : Say.Instant(At)
        );
    }
}

/// <summary>A deadline: time left and the date; opened, it explains itself.</summary>
[HtmlTargetElement("deadline")]
public sealed class DeadlineTag : TagHelper
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    /// <summary>When it ends.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>Now.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The rule, its source, what was counted and what was not.</summary>
    public string? Why { get; set; }

    /// <summary>Nobody is late before, where that is later than the end.</summary>
    public DateTimeOffset? Late { get; set; }

    /// <summary>The end is the earliest it can be: it is not known yet, and nobody is late.</summary>
    public bool Provisional { get; set; }

    private bool IsOver => !Provisional && Due < Now && !(Late > Now);

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var tone =
            IsOver ? "deadline deadline-over"
            : Due - Now < Soon ? "deadline deadline-soon"
            : "deadline";
        // What is null on a page comes here as nothing said.
        var isBare = string.IsNullOrEmpty(Why);
        output.TagName = isBare ? "div" : "details";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", tone);
        var open = isBare ? "<div>" : "<summary>";
        output.Content.AppendHtml(open + "<span class='left'>");
        output.Content.Append(
            Provisional ? Texts.T("say.provisional")
            : Due < Now && !IsOver ? Texts.T("say.notLate")
            : Say.Left(Due, Now)
        );
        output.Content.AppendHtml("</span> <time class='when' datetime='" + Say.Iso(Due) + "'>");
        output.Content.Append(Say.Brief(Due, Now));
        output.Content.AppendHtml("</time>" + (isBare ? "</div>" : "</summary><p>"));
        if (isBare)
            return;
        output.Content.Append(Why);
        output.Content.AppendHtml("</p>");
    }
}

/// <summary>A share of one as a bar with an optional interval, drawn in SVG: no inline style is needed.</summary>
[HtmlTargetElement("meter-bar")]
public sealed class MeterTag : TagHelper
{
    /// <summary>0–1.</summary>
    public decimal Value { get; set; }

    /// <summary>Lower bound.</summary>
    public decimal? Lo { get; set; }

    /// <summary>Upper bound.</summary>
    public decimal? Hi { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        static string X(decimal share) =>
            (Math.Clamp(share, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "meter");
        output.Attributes.SetAttribute("viewBox", "0 0 100 8");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.AppendHtml("<rect class='track' width='100' height='8' rx='1'/>");
        output.Content.AppendHtml($"<rect width='{X(Value)}' height='8' rx='1'/>");
        if (Lo is { } lo && Hi is { } hi)
            output.Content.AppendHtml($"<path class='whisker' d='M{X(lo)} 4H{X(hi)}M{X(lo)} 1v6M{X(hi)} 1v6'/>");
    }
}

/// <summary>What is wrong with a field, beside it.</summary>
[HtmlTargetElement("fault-of")]
public sealed class FaultTag : TagHelper
{
    /// <summary>The field.</summary>
    public string Field { get; set; } = "";

    /// <summary>All faults.</summary>
    public IReadOnlyDictionary<string, string>? From { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (From is null || !From.TryGetValue(Field, out var said))
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-text");
        output.Attributes.SetAttribute("id", FaultIds.Of(Field));
        output.Content.Append(FaultWords.Of(Field, said));
    }
}

/// <summary>What is wrong with a field in its own words, where it has some: what to write or to choose.</summary>
public static partial class FaultWords
{
    private static string Missing => Pick(Fault.Required.Zh, Fault.Required.En);

    /// <summary>What stands beside the field.</summary>
    public static string Of(string field, string said) =>
        said == Missing && All.ContainsKey("need." + field) ? T("need." + field) : said;

    /// <summary>What stands in the summary: with the field's name, unless the words name it.</summary>
    public static string InSummary(string field, string said) =>
        Of(field, said) is var words && words == said && All.ContainsKey(KeyOf(field))
            ? T("fault.of", T(KeyOf(field)), said)
            : words;

    // factors[2].words has the name of factors.words, sum-3 that of sum.
    private static string KeyOf(string field) => "field." + Place().Replace(field, "");

    [GeneratedRegex(@"\[\d+\]|-\d+$", RegexOptions.None, 1000)]
    private static partial Regex Place();
}

/// <summary>A button below a long list: on a phone it shows what the first rows leave out.</summary>
[HtmlTargetElement("fold-more")]
public sealed class FoldTag : TagHelper
{
    // As the style sheet has it: table.folds.
    private const int Shown = 20;

    /// <summary>Rows of the list.</summary>
    public int Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Of <= Shown)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("type", "button");
        output.Attributes.SetAttribute("class", "btn fold-more");
        output.Content.Append(T("list.fold", Say.Count(Of - Shown)));
    }
}

/// <summary>Ids of fields and of their faults: <c>contact.phone</c> → <c>f-contact-phone</c>.</summary>
public static class FaultIds
{
    /// <summary>The fault's id.</summary>
    public static string Of(string field) => Field(field) + "-fault";

    /// <summary>The field's id.</summary>
    public static string Field(string field) => "f-" + field.Replace('.', '-').ToLowerInvariant();
}
