using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.RuleRegister;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.RuleRegister;

/// <summary>
/// 一条规则: the text of a version with an address for each clause, which version held on which day, all versions, and,
/// while opinions are asked for, where to say one's own.
/// </summary>
public sealed class RulePage(Store store, OwnApi ownApi, CurrentOperator house) : HousePage(store)
{
    private const string Opinions = "/api/v1/rules/{id:guid}/opinions";

    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    /// <summary>A day, as an address holds it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? On { get; set; }

    public RuleView Rule { get; private set; } = null!;

    /// <summary>A version that is on its way, where another is shown.</summary>
    public VersionLine? Coming { get; private set; }

    /// <summary>The version that held before the one that is shown.</summary>
    public VersionLine? Before { get; private set; }

    /// <summary>The clauses in which it differs from that one.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>Who sends the notice, and how they are reached.</summary>
    public OperatorEvent.Described? Sender { get; private set; }

    /// <summary>Why nobody can say what they think of what is shown; null where everybody can.</summary>
    public Refusal? NotAsking { get; private set; }

    /// <summary>Somebody can say what they think of what is shown.</summary>
    public bool IsAsking => NotAsking is null;

    public RuleOpinions.Counts Counts { get; private set; } = null!;

    private const int AnswersOfPage = 50;

    /// <summary>Where the answers go on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What was answered, for everybody.</summary>
    public RuleOpinions.All Answers { get; private set; } = new([]);

    /// <summary>What the reader said.</summary>
    public IReadOnlyList<OpinionView> Own { get; private set; } = [];

    /// <summary>What was typed: clause and words.</summary>
    public (string? Clause, string? Text) Typed { get; private set; }

    /// <summary>An opinion was taken a moment ago.</summary>
    public bool Said { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        Said = did == "said";
        // What is no number is no version.
        if (!ModelState.IsValid || !await Open(id))
            return NotFound();
        return Faults.Count == 0 ? Page() : Again();
    }

    public async Task<IActionResult> OnPost(Guid id, string? clause, string? text)
    {
        if (Me is null)
            return ToSignIn();
        if (!await Open(id))
            return NotFound();
        if (NotAsking is { } no)
        {
            Fault("", no);
            return Again();
        }
        var answer = await ownApi.Post(HttpContext, Opinions, new { id }, new { clause, text });
        if (answer.Ok)
            return Redirect($"/rules/{id:D}?version={Version}&did=said#opinions");
        Typed = (clause, text);
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task<bool> Open(Guid id)
    {
        var today = Shanghai.DayOf(Now);
        var faults = new FieldFaults();
        var on = faults.Date("on", On) ?? today;
        Fault(faults.All);
        var drafts = ListRules.ReadsDrafts(Me);
        if ((await Store.Load(RuleBook.Instance, id, Ct)).State is not { } rule)
            return false;
        var unanswered = await OpinionBook.Unanswered(Store, id, rule.Versions[^1].No, Ct);
        if (RuleView.Of(id, rule, Version, on, today, drafts, unanswered) is not { } view)
            return false;
        Rule = view;
        var shown = rule.Find(view.Shown.Version)!;
        Coming = view.Versions.FirstOrDefault(v => v.Version != shown.No && rule.Find(v.Version)!.IsOpenOn(today));
        if (rule.Before(shown, today) is { } before)
            (Before, Changed) = (VersionLine.Of(rule, before, today), PlatformRule.ChangedClauses(before, shown));
        Sender = (await house.Now(Ct))?.Sign;
        NotAsking = rule.WhyNoOpinion(shown, today);
        Counts = await RuleOpinions.CountsOf(Store, id, shown.No, Ct);
        Answers = await RuleOpinions.Answers(Store, id, shown.No, AnswersOfPage, Cursor, Ct);
        Own =
            Me is null || drafts
                ? []
                : (await RuleOpinions.Of(Store, id, shown.No, Me, RuleOpinion.OfAccountMax, null, Ct)).Items;
        return true;
    }
}
