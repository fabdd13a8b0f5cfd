using System.Globalization;
using System.Text;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

/// <summary>Something that is left open, and where.</summary>
/// <param name="Statement">Its number in the plan; null where it is the whole part.</param>
/// <param name="Excerpt">The words it is about; empty where it is something that is not there.</param>
public sealed record PlanFinding(string Code, AppealSection Section, int? Statement, string Excerpt);

/// <summary>
/// The linter beside an appeal, and <c>POST /appeals/lint</c>: it advises before sending and refuses nothing; who
/// decides sees what was left open.
/// </summary>
public static class AppealLint
{
    /// <summary>Characters of a letter.</summary>
    public const int LetterMax = 20_000;

    /// <summary>A letter as text or Markdown with headings.</summary>
    public sealed record Request
    {
        public string? Text { get; init; }
    }

    /// <summary>What it leaves open.</summary>
    public sealed record Answer(IReadOnlyList<LintFinding> Findings);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder appeals) =>
        appeals
            .MapPost("/lint", Handle)
            .Accepts<Request>("application/json")
            .Produces<Answer>()
            .For(AppealOpened.Readers);

    private static async Task<IResult> Handle(HttpContext http, CancellationToken ct)
    {
        var (body, instead) = await Body.Read<Request>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var text = faults.Text("text", body.Text, 1, LetterMax);
        return faults.None
            ? Results.Json(new Answer(PlanLint.Read(text, LintContext.LetterAlone)), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>The event of sending, with what the linter still finds.</summary>
    /// <param name="on">The day it is sent: papers have to be valid on it.</param>
    public static AppealEvent Noted(AppealEvent sent, PlanOfAction plan, Appeal appeal, DateOnly on)
    {
        var open = Find(plan, appeal, on).Select(finding => finding.Code).Distinct().ToList();
        return sent is AppealEvent.Submitted submitted && open.Count > 0 ? submitted with { Open = open } : sent;
    }

    /// <summary>A finding by its code, in the reader's language.</summary>
    public static string Name(string code) =>
        LintCode.All.TryGetValue(code, out var said) ? Texts.Pick(said.Zh, said.En) : code;

    /// <summary>What would mend it, in the reader's language.</summary>
    public static string Mend(string code) =>
        LintCode.All.TryGetValue(code, out var said) ? Texts.Pick(said.MendZh, said.MendEn) : "";

    /// <summary>What it finds, each where it belongs, for whoever writes or decides.</summary>
    public static IReadOnlyList<PlanFinding> Say(PlanOfAction plan, Appeal appeal, DateOnly on)
    {
        var all = Find(plan, appeal, on);
        var empty = all.Where(one => one.Code == LintCode.SectionMissing).Select(one => one.Section).ToHashSet();
        // A part that is not there at all is said once.
        return [.. all.Where(one => one.Code == LintCode.SectionMissing || !empty.Contains(one.Section)).Distinct()];
    }

    // What a plan would have to say; whoever says only that the decision is wrong gives none.
    private static readonly string[] OfPlan =
    [
        LintCode.RootCauseMissing,
        LintCode.BlameOnly,
        LintCode.DateMissing,
        LintCode.OwnerMissing,
        LintCode.FigureMissing,
    ];

    private static IReadOnlyList<PlanFinding> Find(PlanOfAction plan, Appeal appeal, DateOnly on)
    {
        if (plan.Statements.Count == 0)
            return [];
        var isPlan = plan.Statements.Any(statement => statement.Section != AppealSection.Grounds);
        var bare = plan.Of(AppealSection.Grounds)
            .Where(one => one.Proofs.Count == 0 && GroundsRules.SaysNothingToCheck(one.Text))
            .Select(one => new PlanFinding(LintCode.GroundsUnchecked, one.Section, one.No, Short(one.Text)));
        var missing = plan.Missing(appeal.Target.Kind, appeal.IsSafety)
            .Select(section => new PlanFinding(LintCode.SectionMissing, section, null, ""));
        var papers = plan.Statements.SelectMany(PapersOf);
        var context = new LintContext(On: on, Safety: appeal.IsSafety, Papers: [.. papers]);
        var (letter, places) = LetterOf(plan);
        var read = PlanLint
            .Read(letter, context)
            .Where(finding => finding.Code != LintCode.SectionMissing)
            .Where(finding => isPlan || !OfPlan.Contains(finding.Code))
            .Select(finding => PlaceOf(finding, places));
        return [.. missing, .. bare, .. read];
    }

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static PlanFinding PlaceOf(LintFinding finding, List<(AppealSection Section, int? No)> places)
    {
        var (section, no) = places[Math.Clamp(finding.Line - 1, 0, places.Count - 1)];
        // No cause is a matter of its own part, wherever the letter begins.
        return finding.Code is LintCode.RootCauseMissing or LintCode.BlameOnly
            ? new PlanFinding(finding.Code, AppealSection.RootCause, null, finding.Excerpt)
            : new PlanFinding(finding.Code, section, no, finding.Excerpt);
    }

    /// <summary>The plan as a letter with headings, each statement with its owner, its day and its papers; and what
    /// each line of it belongs to.</summary>
    internal static (string Letter, List<(AppealSection Section, int? No)> Places) LetterOf(PlanOfAction plan)
    {
        var (letter, places) = (new StringBuilder(), new List<(AppealSection, int?)>());
        var papers = new List<(string Paper, PlanStatement Of)>();
        foreach (var section in plan.Statements.Select(s => s.Section).Distinct())
        {
            Add("# " + Texts.All["appeal.section." + Words.Of(section)][0], section, null);
            foreach (var statement in plan.Of(section))
            {
                var first = papers.Count + 1;
                papers.AddRange(PapersOf(statement).Select(paper => (paper, statement)));
                var cited = Enumerable.Range(first, papers.Count + 1 - first).Select(no => $"（见附件{no}）");
                Add(Line(statement) + string.Concat(cited), section, statement.No);
            }
        }
        // As in a letter they stand at its end: what followed one of them would be read as a paper too.
        if (papers is [var (_, owner), ..])
            Add("# 附件", owner.Section, null);
        foreach (var (no, (paper, of)) in papers.Index())
            Add($"附件{no + 1}：{paper}", of.Section, of.No);
        return (letter.ToString(), places);

        void Add(string text, AppealSection section, int? no)
        {
            letter.Append(text).Append("\n\n");
            places.AddRange(Enumerable.Repeat((section, no), text.Count(sign => sign == '\n') + 2));
        }
    }

    private static string Line(PlanStatement statement)
    {
        var line = statement.Text.ReplaceLineEndings("\n");
        if (statement.Owner is { } owner)
            line += $"（负责人：{owner}）";
        if (statement.By is { } by)
            line += $"（{Day(by)}完成）";
        return line;
    }

    private static IEnumerable<string> PapersOf(PlanStatement statement) =>
        statement.Proofs.Select(proof =>
            string.Join(
                "，",
                new[]
                {
                    Texts.All["appeal.kind." + Words.Of(proof.Kind)][0],
                    proof.Issuer,
                    proof.Number,
                    proof.Product,
                    proof.ValidTo is { } to ? "有效期至" + Day(to) : null,
                }.OfType<string>()
            )
        );

    private static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
