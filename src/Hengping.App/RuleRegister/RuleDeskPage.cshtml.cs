using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.RuleRegister;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.RuleRegister;

/// <summary>
/// 规则拟定: what waits with the newest version of a rule, in the order in which it is done: opinions, announcing, or
/// taking it back; and another version where none is on its way.
/// </summary>
public sealed class RuleDeskPage(Store store, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/rules/{id:guid}/";
    private const int WaitingOfPage = 20;

    private static readonly string[] Verbs =
    [
        "versions",
        "revise",
        "consult",
        "publish",
        "withdraw",
        "technical",
        "confirm",
    ];

    /// <summary>Where a refusal stands: beside the field that would mend it.</summary>
    private static readonly Dictionary<string, string> FieldOf = new(StringComparer.Ordinal)
    {
        ["rule.consultation-days"] = "until",
        ["rule.too-early"] = "inForceOn",
        ["rule.no-transition"] = "transitionFrom",
        ["rule.transition-days"] = "transitionFrom",
        ["rule.no-consultation"] = "asked",
    };

    public RuleView Rule { get; private set; } = null!;

    /// <summary>The newest version.</summary>
    public VersionLine Newest => Rule.Shown;

    /// <summary>What was typed, or what the newest version says.</summary>
    public RuleDraftForm Draft { get; private set; } = new();

    /// <summary>What else was typed, in a form that comes back.</summary>
    public RuleActForm Typed { get; private set; } = new();

    /// <summary>The verb whose form comes back.</summary>
    public string? Tried { get; private set; }

    /// <summary>Where the opinions go on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What waits for an answer, the eldest first: a page of it.</summary>
    public RuleOpinions.All Waiting { get; private set; } = new([]);

    /// <summary>How many wait in all.</summary>
    public long Unanswered { get; private set; }

    /// <summary>An answer to several, as it was typed.</summary>
    public (Guid[] Opinions, string? Outcome, string? Text) Several { get; private set; } = ([], null, null);

    /// <summary>The earliest days in force, by the usual and by the longer notice.</summary>
    public (DateOnly Usual, DateOnly Longer) Earliest { get; private set; }

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>Opinions still come in.</summary>
    public bool IsAsking => Newest.Status == RuleStatus.Consultation && Newest.ConsultationUntil >= Shanghai.DayOf(Now);

    /// <summary>The version is as it will be, and waits for its day, or holds.</summary>
    public bool MayDraft => Newest.Status is RuleStatus.InForce or RuleStatus.Replaced or RuleStatus.Withdrawn;

    /// <summary>May do this now: role and status allow it.</summary>
    public bool Can(string verb) =>
        Me is { } me
        && ownApi.May(HttpMethods.Post, Door + verb, me.Role)
        && verb switch
        {
            "versions" => MayDraft,
            "revise" or "publish" => Newest.Status is RuleStatus.Draft or RuleStatus.Consultation && !IsAsking,
            "confirm" => RuleLife.Allows(Newest.Status, RuleVerb.Confirm),
            "consult" => RuleLife.Allows(Newest.Status, RuleVerb.Consult),
            "withdraw" => RuleLife.Allows(Newest.Status, RuleVerb.Withdraw),
            _ => RuleLife.Allows(Newest.Status, RuleVerb.MarkTechnical)
                && !Newest.Technical
                && Rule.Versions.Any(v => v.Version != Newest.Version && v.InForceOn is not null),
        };

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        if (No() is { } no)
            return no;
        if (!await Open(id))
            return NotFound();
        Draft = RuleDraftForm.Of(Rule);
        Done =
            did is not null && (Verbs.Contains(did) || did is "rule" or "answer") ? Texts.T("rule.did." + did) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string verb, RuleDraftForm draft, RuleActForm act)
    {
        if (No() is { } no)
            return no;
        if (!Verbs.Contains(verb))
            return Redirect($"/admin/rules/{id:D}");
        (Typed, Tried) = (act, verb);
        object body = verb switch
        {
            "versions" or "revise" => draft.Body(topic: null),
            "consult" => new { act.Until },
            "publish" => new
            {
                act.InForceOn,
                act.Grounds,
                act.TransitionFrom,
                act.Asked,
            },
            "withdraw" => new { act.Reason },
            _ => new { },
        };
        return await After(id, await ownApi.Post(HttpContext, Door + verb, new { id }, body), verb, draft);
    }

    public async Task<IActionResult> OnPostAnswer(Guid id, Guid opinion, string? outcome, string? text)
    {
        if (No() is { } no)
            return no;
        const string Path = "/api/v1/rules/opinions/{id:guid}/answer";
        var answer = await ownApi.Post(HttpContext, Path, new { id = opinion }, new { outcome, text });
        return await After(id, answer, "answer", null);
    }

    public async Task<IActionResult> OnPostSeveral(Guid id, Guid[] opinions, string? outcome, string? text)
    {
        if (No() is { } no)
            return no;
        Several = (opinions, outcome, text);
        var body = new
        {
            opinions,
            outcome,
            text,
        };
        return await After(
            id,
            await ownApi.Post(HttpContext, Door + "opinions/answer", new { id }, body),
            "answer",
            null
        );
    }

    private async Task<IActionResult> After(Guid id, OwnAnswer answer, string verb, RuleDraftForm? typed)
    {
        if (answer.Ok)
            return Redirect($"/admin/rules/{id:D}?did={verb}");
        if (answer.Status == StatusCodes.Status403Forbidden)
            return Forbid();
        if (!await Open(id))
            return NotFound();
        Draft = verb is "versions" or "revise" && typed is not null ? typed : RuleDraftForm.Of(Rule);
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[FieldOf.GetValueOrDefault(answer.Code ?? "") ?? ""] = answer.Title ?? "";
        return Again();
    }

    private IActionResult? No() =>
        Me is null ? ToSignIn()
        : ownApi.May(HttpMethods.Post, Door + "technical", Me.Role) ? null
        : Forbid();

    private async Task<bool> Open(Guid id)
    {
        if ((await Store.Load(RuleBook.Instance, id, Ct)).State is not { } rule)
            return false;
        var today = Shanghai.DayOf(Now);
        var newest = rule.Versions[^1].No;
        Unanswered = await OpinionBook.Unanswered(Store, id, newest, Ct);
        Rule = RuleView.Of(id, rule, newest, today, today, drafts: true, Unanswered)!;
        Waiting = await RuleOpinions.Waiting(Store, id, newest, WaitingOfPage, Cursor, Ct);
        var law = HttpContext.RequestServices.GetRequiredService<Clocks.Law>();
        DateOnly First(params RuleGround[] grounds) =>
            PlatformRule.Earliest(law.Count(PlatformRule.NoticeClock(grounds), Now), today);
        Earliest = (First(), First(RuleGround.ManyUsers));
        return true;
    }
}

/// <summary>The words of a version as they are typed.</summary>
public sealed record RuleDraftForm
{
    public string? Topic { get; init; }
    public string? TitleZh { get; init; }
    public string? TitleEn { get; init; }
    public string? Zh { get; init; }
    public string? En { get; init; }
    public string? ChangeZh { get; init; }
    public string? ChangeEn { get; init; }
    public string? ReasonZh { get; init; }
    public string? ReasonEn { get; init; }

    /// <summary>What a version says.</summary>
    public static RuleDraftForm Of(RuleView rule) =>
        new()
        {
            TitleZh = rule.Shown.TitleZh,
            TitleEn = rule.Shown.TitleEn,
            Zh = RuleText.Whole(rule.Clauses.Select(c => new RuleClause(c.Clause, c.Zh, c.En)), isChinese: true),
            En = RuleText.Whole(rule.Clauses.Select(c => new RuleClause(c.Clause, c.Zh, c.En)), isChinese: false),
            ChangeZh = rule.Shown.InForceOn is null ? rule.Shown.ChangeZh : null,
            ChangeEn = rule.Shown.InForceOn is null ? rule.Shown.ChangeEn : null,
            ReasonZh = rule.Shown.InForceOn is null ? rule.Shown.ReasonZh : null,
            ReasonEn = rule.Shown.InForceOn is null ? rule.Shown.ReasonEn : null,
        };

    /// <summary>As the doors take it.</summary>
    public object Body(string? topic) =>
        new
        {
            topic,
            TitleZh,
            TitleEn,
            Zh,
            En,
            ChangeZh,
            ChangeEn,
            ReasonZh,
            ReasonEn,
        };
}

/// <summary>What else a verb asks.</summary>
public sealed record RuleActForm
{
    public string? Until { get; init; }
    public string? InForceOn { get; init; }
    public string[]? Grounds { get; init; }
    public string? TransitionFrom { get; init; }
    public string? Asked { get; init; }
    public string? Reason { get; init; }
}
