using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Appeals;

/// <summary>一件申诉: what was decided and what it says first, then what can be done.</summary>
public sealed class AppealPage(Store store, Law law, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/appeals/{id:guid}/";
    private static readonly string[] Acts = ["decide", "refuse", "extend", "second", "look", "withdraw", "submit"];

    /// <summary>Acts that need a reason and nothing else.</summary>
    public static readonly IReadOnlyList<(AppealVerb Verb, string Act)> WithReason =
    [
        (AppealVerb.Extend, "extend"),
        (AppealVerb.Look, "look"),
    ];

    private AppealOpened opened = null!;

    /// <summary>The clause a measure stands on.</summary>
    public sealed record ShownClause(string Name, string Text, string Address);

    public AppealView Appeal { get; private set; } = null!;
    public ShownTarget Target { get; private set; } = new("", null);
    public bool IsOwn => opened.Side == AppealSide.Appellant;

    /// <summary>What the version that was sent has and the one before had not, and the other way round.</summary>
    public IReadOnlyList<PlanChange> Changes { get; private set; } = [];

    public ShownClause? Clause { get; private set; }

    /// <summary>Last day of a measure that stands.</summary>
    public DateOnly? EndsOn { get; private set; }

    /// <summary>What ends it, where no day does.</summary>
    public string? EndCondition { get; private set; }

    /// <summary>Why whoever reads does not decide it, where they else could.</summary>
    public string? NotMine { get; private set; }

    /// <summary>Who can decide from outside.</summary>
    public IReadOnlyList<(Guid Account, string Name)> Lawyers { get; private set; } = [];

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>The act whose form comes back with faults.</summary>
    public string? Tried { get; private set; }

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string field) => Tried is null ? null : Request.Form[field].ToString();

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        if (await Open(id) is { } instead)
            return instead;
        Done = Acts.Contains(did) ? Texts.T("appeal.did." + did) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? act, IFormCollection form)
    {
        if (await Open(id) is { } instead)
            return instead;
        if (act is null || !Acts.Contains(act) || !ownApi.May(HttpMethods.Post, Door + act, Me!.Role))
            return Forbid();
        var answer = await ownApi.Post(HttpContext, Door + act, new { id }, BodyOf(act, form));
        if (answer.Ok)
            return Redirect($"/appeals/{id:D}?did={act}");
        Tried = act;
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private object BodyOf(string act, IFormCollection form) =>
        act switch
        {
            "decide" => Decision(form),
            "refuse" => new RefuseRequest
            {
                Missing =
                [
                    .. Appeal
                        .Sections.Select(section =>
                            (Word: Words.Of(section), Note: form["missing-" + Words.Of(section)])
                        )
                        .Where(part => !string.IsNullOrWhiteSpace(part.Note))
                        .Select(part => new RefuseRequest.Part(part.Word, part.Note)),
                ],
                Note = form["note"],
            },
            "second" => new SecondRequest
            {
                Account = Guid.TryParse(form["account"], out var account) ? account : null,
            },
            "extend" or "look" => new ReasonRequest { Reason = form["reason"] },
            _ => new { },
        };

    private DecideRequest Decision(IFormCollection form)
    {
        DateOnly? ends = DateOnly.TryParse(form["endsOn"], CultureInfo.InvariantCulture, out var day) ? day : null;
        decimal? amount = decimal.TryParse(form["amount"], CultureInfo.InvariantCulture, out var sum) ? sum : null;
        return new DecideRequest
        {
            Outcome = form["outcome"],
            Reason = form["reason"],
            Change = form["outcome"] == "partly" ? new DecideRequest.Changing(ends, amount, form["scope"]) : null,
            Statements =
            [
                .. Appeal.Statements.Select(statement => new DecideRequest.Verdict(
                    statement.No,
                    bool.TryParse(form[$"accepted-{statement.No}"], out var accepted) ? accepted : null,
                    form[$"why-{statement.No}"]
                )),
            ],
        };
    }

    // Null where it is shown.
    private async Task<IActionResult?> Open(Guid id)
    {
        if (Me is null)
            return ToSignIn();
        if (!AppealOpened.Readers.Contains(Me.Role))
            return Forbid();
        if (await AppealOpened.Open(Store, law, id, Me, Ct) is not { } found)
            return NotFound();
        Response.Headers.CacheControl = "no-cache, no-store";
        (opened, Appeal) = (found, AppealView.Of(found));
        Target = await AppealLooks.Target(Store, Appeal.Target, Ct);
        Changes = ChangesOf(found);
        if (Appeal.Target.Kind == AppealTargetKind.Measure)
            await ReadMeasure();
        var whyNot = WhyNotMine(found);
        NotMine = whyNot is { } no ? Texts.Pick(no.Zh, no.En) : null;
        if (Appeal.Can.Contains(AppealVerb.Second))
            Lawyers = await LawyersHere();
        return null;
    }

    private static Rules.Refusal? WhyNotMine(AppealOpened found) =>
        found.Appeal.Status == AppealStatus.Submitted && Rules.Appeals.Appeal.IsOf(AppealVerb.Decide, found.Side)
            ? found.Appeal.Why(AppealVerb.Decide, found.Caller.Account, found.IsFree)
            : null;

    private static IReadOnlyList<PlanChange> ChangesOf(AppealOpened found)
    {
        var sent = found
            .Story.Select(one => one.Event)
            .OfType<AppealEvent.Submitted>()
            .Select(one => found.Versions.FirstOrDefault(version => version.Version == one.Version)?.Plan)
            .OfType<PlanOfAction>()
            .ToList();
        return sent is [.., var before, var last] ? last.Since(before) : [];
    }

    private async Task ReadMeasure()
    {
        var story = await Store.ReadStory(MeasureBook.Instance, Appeal.Target.Id, Ct);
        Measure? measure = null;
        foreach (var one in story)
            measure = Measure.Fold(measure, one.Event, one.At);
        if (measure is null)
            return;
        (EndsOn, EndCondition) = (
            measure.EndsOn,
            story.Select(one => one.Event).OfType<MeasureEvent.Proposed>().FirstOrDefault()?.Words?.EndCondition
        );
        if (await ClausesInForce.Of(Store, measure.Clause, Ct) is { } clause)
            Clause = new ShownClause(
                Texts.Pick(clause.TitleZh, clause.TitleEn) + " " + measure.Clause.Clause,
                Texts.Pick(clause.Zh, clause.En),
                measure.Clause.Address
            );
    }

    private async Task<IReadOnlyList<(Guid, string)>> LawyersHere()
    {
        var found = new List<(Guid, string)>();
        var accounts = await Store.Query<Guid>(
            "select id from accounts where live and role = @role order by opened_at limit 50",
            new { role = Words.Of(Role.Lawyer) },
            Ct
        );
        foreach (var account in accounts)
            found.Add(
                (account, (await Accounts.AccountDesk.ProfileOf(Store, account, Ct))?.Name ?? account.ToString("D"))
            );
        return found;
    }
}
