using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// <c>GET /rules/{id}</c> and <c>/rules/{id}/changes</c>; beside the pages a version as a file. Anyone reads them, old
/// versions like new ones.
/// </summary>
public static class ShowRules
{
    /// <summary>Two versions laid over each other.</summary>
    /// <param name="Share">Of the words of both, how many are not in the other: 0 to 1.</param>
    public sealed record Changes(
        int From,
        int To,
        decimal Share,
        IReadOnlyList<RuleDiffLine> Zh,
        IReadOnlyList<RuleDiffLine> En
    );

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder rules, IEndpointRouteBuilder site)
    {
        rules.MapGet("/{id:guid}", Show).Produces<RuleView>().Anyone();
        rules.MapGet("/{id:guid}/changes", ShowChanges).Produces<Changes>().Anyone();
        site.MapGet("/rules/{id:guid}/text", Download).Anyone().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(Guid id, HttpContext http, Store store, CancellationToken ct)
    {
        if ((await store.Load(RuleBook.Instance, id, ct)).State is not { } rule)
            return Answers.NotFound;
        var (query, faults, today) = (http.Request.Query, new FieldFaults(), Shanghai.DayOf(store.Now));
        var asked = faults.Date("on", query["on"]);
        var on = asked ?? today;
        var version = Number(query["version"], "version", faults);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var drafts = ListRules.ReadsDrafts(Caller.Of(http.User));
        // Who asks for a day asks what held on it, and for no other text.
        if (asked is not null && version is null && rule.InForce(on) is null)
            return rule.Versions.Exists(v => drafts || PlatformRule.IsPublic(v))
                ? PlatformRule.NoneInForce(on).AsProblem(StatusCodes.Status404NotFound)
                : Answers.NotFound;
        var unanswered = await OpinionBook.Unanswered(store, id, rule.Versions[^1].No, ct);
        return RuleView.Of(id, rule, version, on, today, drafts, unanswered) is { } view
            ? Results.Json(view, Cli.JsonFormat)
            : Answers.NotFound;
    }

    private static async Task<IResult> ShowChanges(Guid id, HttpContext http, Store store, CancellationToken ct)
    {
        if ((await store.Load(RuleBook.Instance, id, ct)).State is not { } rule)
            return Answers.NotFound;
        var (query, faults) = (http.Request.Query, new FieldFaults());
        var from = Number(query["from"], "from", faults);
        var to = Number(query["to"], "to", faults);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var drafts = ListRules.ReadsDrafts(Caller.Of(http.User));
        return Of(rule, from, to, drafts) is { } changes ? Results.Json(changes, Cli.JsonFormat) : Answers.NotFound;
    }

    /// <summary>The difference of two versions; null where the reader may not read both.</summary>
    /// <param name="from">Null for what held before the other.</param>
    /// <param name="to">Null for the newest.</param>
    public static Changes? Of(PlatformRule rule, int? from, int? to, bool drafts)
    {
        var open = rule.Versions.FindAll(v => drafts || PlatformRule.IsPublic(v));
        var after = to is { } no ? open.Find(v => v.No == no) : open.LastOrDefault();
        var before = from is { } old ? open.Find(v => v.No == old) : open.FindLast(v => v.No < after?.No);
        if (before is null || after is null)
            return null;
        string Text(RuleVersion v, bool isChinese) =>
            (isChinese ? v.Wording.TitleZh : v.Wording.TitleEn) + "\n" + RuleText.Whole(v.Wording.Clauses, isChinese);
        var (zh, en) = ((Text(before, true), Text(after, true)), (Text(before, false), Text(after, false)));
        return new Changes(
            before.No,
            after.No,
            decimal.Round(RuleDifference.Share(zh.Item1 + "\n" + en.Item1, zh.Item2 + "\n" + en.Item2), 4),
            RuleDifference.Between(zh.Item1, zh.Item2),
            RuleDifference.Between(en.Item1, en.Item2)
        );
    }

    private static async Task<IResult> Download(Guid id, HttpContext http, Store store, CancellationToken ct)
    {
        if ((await store.Load(RuleBook.Instance, id, ct)).State is not { } rule)
            return Answers.NotFound;
        var (query, today, faults) = (http.Request.Query, Shanghai.DayOf(store.Now), new FieldFaults());
        var version = Number(query["version"], "version", faults);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var drafts = ListRules.ReadsDrafts(Caller.Of(http.User));
        if (RuleView.Of(id, rule, version, today, today, drafts) is not { } view)
            return Answers.NotFound;
        var name = FormattableString.Invariant($"rule-{id.ToString("N")[..8]}-v{view.Shown.Version}");
        if (query["format"] == "json")
            return Results.Bytes(
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(view, Cli.JsonFormat),
                "application/json",
                name + ".json"
            );
        return Results.Bytes(Encoding.UTF8.GetBytes(TextOf(view)), "text/plain; charset=utf-8", name + ".txt");
    }

    private static string TextOf(RuleView view)
    {
        var shown = view.Shown;
        var text = new StringBuilder();
        foreach (var isChinese in new[] { true, false })
        {
            var (zh, en) = RuleLife.Name(shown.Status);
            text.AppendLine(isChinese ? shown.TitleZh : shown.TitleEn);
            text.AppendLine(
                FormattableString.Invariant(
                    isChinese
                        ? $"第 {shown.Version} 版 · {zh} · 施行日 {shown.InForceOn:yyyy-MM-dd}"
                        : (FormattableString)
                            $"version {shown.Version} · {en} · in force on {shown.InForceOn:yyyy-MM-dd}"
                )
            );
            text.AppendLine();
            foreach (var clause in view.Clauses)
                text.AppendLine(isChinese ? clause.Zh : clause.En);
            text.AppendLine();
        }
        return text.ToString();
    }

    /// <summary>The number of a version, as an address says it; null where it says none.</summary>
    internal static int? Number(string? typed, string field, FieldFaults faults)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        var isNumber = int.TryParse(typed, System.Globalization.CultureInfo.InvariantCulture, out var no);
        faults.If(!isNumber, field, Fault.Number);
        return isNumber ? no : null;
    }
}
