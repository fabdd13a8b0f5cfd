using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// 轮到谁 in the generated market: a list's row, the box of the case, the bar on a phone and the API say the same of
/// whose turn it is and by when, to a claimant, a merchant and a mediator.
/// </summary>
public sealed partial class OneLine(SharedMarket shared)
{
    /// <summary>Cases of one list that are opened.</summary>
    private const int Opened = 12;

    private sealed record Row(string Number, string Title, string? By);

    [Theory]
    [InlineData(Role.Claimant, "/me")]
    [InlineData(Role.Merchant, "/merchant?view=all")]
    [InlineData(Role.Merchant, "/merchant?view=replied")]
    [InlineData(Role.Mediator, "/desk")]
    [InlineData(Role.Mediator, "/desk?view=silent")]
    [InlineData(Role.Mediator, "/desk?view=review")]
    [InlineData(Role.Mediator, "/desk?view=all")]
    public async Task Row_box_bar_and_api_say_the_same(Role role, string list)
    {
        var market = await shared.Ready();
        await using var person = await market.Visitor(role, "zh", 390);
        var staff = await market.Site.As(Role.Mediator);
        var rows = RowsOf(await Read(list));
        rows.ShouldNotBeEmpty();
        foreach (var row in rows.Take(Opened))
        {
            var page = await Read($"/cases/{row.Number}");
            var of = await Api(row.Number);
            if (!of.TryGetProperty("turn", out var turn))
            {
                row.Title.ShouldBe("–", row.Number);
                page.ShouldNotContain("sticky-next", customMessage: row.Number);
                continue;
            }
            var title = Said(turn);
            row.Title.ShouldBe(title, row.Number);
            Box().Match(page).Groups["title"].Value.ShouldBe(title, row.Number);
            Bar().Match(page).Groups["title"].Value.ShouldBe(turn.Is("yours") ? title : "", row.Number);
            var by = turn.TryGetProperty("by", out var at) ? Say.Iso(at.GetDateTimeOffset()) : null;
            row.By.ShouldBe(by, row.Number);
            page.ShouldContain(turn.GetProperty("otherwise").GetProperty("zh").GetString()!);
            // What is theirs can be done, in the words of the API too.
            if (turn.Is("yours") && turn.TryGetProperty("verb", out var verb))
                of.GetProperty("can").EnumerateArray().Select(v => v.GetString()).ShouldContain(verb.GetString());
        }

        async Task<string> Read(string path) =>
            WebUtility.HtmlDecode(await (await person.Page.APIRequest.GetAsync(path)).TextAsync());

        // The account's own: a complaint may name another one.
        async Task<string?> PhoneOf(JsonElement claimant) =>
            (
                await AccountDesk.ProfileOf(
                    market.Site.Store,
                    claimant.GetProperty("id").GetGuid(),
                    CancellationToken.None
                )
            )?.Phone;

        async Task<JsonElement> Api(string number)
        {
            var found = await staff.GetAsync($"/api/v1/complaints?q={number}", CancellationToken.None).Json();
            var id = found.GetProperty("items")[0].GetProperty("id").GetString();
            var seen = await staff.GetAsync($"/api/v1/complaints/{id}", CancellationToken.None).Json();
            if (role == Role.Mediator)
                return seen;
            var asked =
                role == Role.Merchant
                    ? await market.Site.As(role, seen.GetProperty("respondent").GetProperty("id").GetGuid())
                    : await market.Site.As(role, phone: await PhoneOf(seen.GetProperty("claimant")));
            return await asked.GetAsync($"/api/v1/complaints/{id}", CancellationToken.None).Json();
        }
    }

    private static string Said(JsonElement turn)
    {
        var key = "turn." + turn.GetProperty("kind").GetString();
        if (!turn.Is("yours"))
            return Zh(key.EndsWith("answerOffer", StringComparison.Ordinal) ? $"{key}.{Word("who")}" : key);
        return turn.TryGetProperty("amount", out var amount) && Texts.All.ContainsKey(key + ".mine.sum")
            ? string.Format(
                CultureInfo.InvariantCulture,
                Zh(key + ".mine.sum"),
                Say.Money(decimal.Parse(amount.GetString()!, CultureInfo.InvariantCulture))
            )
            : Zh(key + ".mine");

        string Word(string name) => turn.GetProperty(name).GetString()!;
    }

    private static string Zh(string key) => Texts.All[key][0];

    private static List<Row> RowsOf(string page) =>
        [
            .. Cell()
                .Matches(page)
                .Select(m => new Row(
                    m.Groups["number"].Value,
                    m.Groups["title"].Success ? m.Groups["title"].Value : "–",
                    m.Groups["by"].Success ? m.Groups["by"].Value : null
                )),
        ];

    [GeneratedRegex(
        """<th scope="row"[^>]*><a href="/cases/(?<number>[0-9A-Z-]+)"(?:(?!</tr>).)*?<td data-label="下一步"[^>]*>\s*"""
            + """(?:<span class="turn(?: turn-mine)?">(?<title>[^<]*)</span>(?:(?!</td>).)*?"""
            + """(?:datetime='(?<by>[^']*)'(?:(?!</td>).)*)?|<span class="muted">–</span>\s*)</td>""",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Cell();

    [GeneratedRegex("""<section class="next" id="next">\s*<h2>(?<title>[^<]*)</h2>""", RegexOptions.None, 5000)]
    private static partial Regex Box();

    [GeneratedRegex(
        """<div class="sticky-next"[^>]*>\s*<p[^>]*><strong>(?<title>[^<]*)</strong>""",
        RegexOptions.None,
        5000
    )]
    private static partial Regex Bar();
}

/// <summary>What is read of an answer.</summary>
file static class Answer
{
    public static bool Is(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var said) && said.GetBoolean();
}
