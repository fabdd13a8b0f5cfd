using System.Globalization;
using System.Text;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

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
    public static AppealEvent Noted(AppealEvent sent, PlanOfAction plan, Appeal appeal)
    {
        var open = Of(plan, appeal).Select(finding => finding.Code).Distinct().ToList();
        return sent is AppealEvent.Submitted submitted && open.Count > 0 ? submitted with { Open = open } : sent;
    }

    /// <summary>A finding by its code, in the reader's language.</summary>
    public static string Name(string code) =>
        LintCode.All.TryGetValue(code, out var said) ? Texts.Pick(said.Zh, said.En) : code;

    /// <summary>What it finds, in sentences for whoever writes: where, what, and what would mend it.</summary>
    public static IReadOnlyList<string> Say(PlanOfAction plan, Appeal appeal) =>
        [
            .. plan.Missing(appeal.Target.Kind, appeal.IsSafety)
                .Select(section => Texts.T("appeal.lint.section", AppealLooks.Name(section))),
            .. Of(plan, appeal).Where(finding => finding.Code != LintCode.SectionMissing).Select(Sentence).Distinct(),
        ];

    private static string Sentence(LintFinding finding)
    {
        var said = LintCode.All[finding.Code];
        var place = finding.Excerpt.Length > 0 ? Texts.T("appeal.lint.place", finding.Excerpt) : "";
        return place + Texts.Pick(said.Zh + said.MendZh, said.En + " " + said.MendEn);
    }

    // Who says only that the decision is wrong gives no plan to read.
    private static IReadOnlyList<LintFinding> Of(PlanOfAction plan, Appeal appeal)
    {
        if (plan.Statements.All(statement => statement.Section == AppealSection.Grounds))
            return [];
        var missing = plan.Missing(appeal.Target.Kind, appeal.IsSafety)
            .Select(section => new LintFinding(LintCode.SectionMissing, Words.Of(section), 1, ""));
        var context = new LintContext(Safety: appeal.IsSafety, Papers: [.. plan.Statements.SelectMany(PapersOf)]);
        var read = PlanLint.Read(LetterOf(plan), context).Where(finding => finding.Code != LintCode.SectionMissing);
        return [.. missing, .. read];
    }

    /// <summary>The plan as a letter with headings, each statement with its owner, its day and its papers.</summary>
    internal static string LetterOf(PlanOfAction plan)
    {
        var letter = new StringBuilder();
        foreach (var section in plan.Statements.Select(s => s.Section).Distinct())
        {
            letter.Append("# ").Append(Texts.All["appeal.section." + Words.Of(section)][0]).Append("\n\n");
            foreach (var statement in plan.Of(section))
                letter.Append(Line(statement)).Append("\n\n");
        }
        return letter.ToString();
    }

    private static string Line(PlanStatement statement)
    {
        var line = statement.Text.ReplaceLineEndings("\n");
        if (statement.Owner is { } owner)
            line += $"（负责人：{owner}）";
        if (statement.By is { } by)
            line += $"（{Day(by)}完成）";
        return string.Join('\n', PapersOf(statement).Select(paper => "附：" + paper).Prepend(line));
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
