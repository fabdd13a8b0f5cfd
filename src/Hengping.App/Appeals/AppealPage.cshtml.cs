using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Measures;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Appeals;

/// <summary>一件申诉: what was decided and what it says first, then what can be done.</summary>
public sealed partial class AppealPage(Store store, Law law, OwnApi ownApi) : HousePage(store)
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

    private IReadOnlyList<PlanFinding> findings = [];
    public AppealView Appeal { get; private set; } = null!;
    public ShownTarget Target { get; private set; } = new("", null);
    public bool IsOwn => opened.Side == AppealSide.Appellant;

    /// <summary>What was sent, with what changed from one to the next.</summary>
    public IReadOnlyList<SentVersion> Versions { get; private set; } = [];

    /// <summary>The measure it is against; null where it is a report.</summary>
    public MeasureView? Measure { get; private set; }

    /// <summary>Whose appeal it is, for whoever decides.</summary>
    public string? Who { get; private set; }

    public ShownClause? Clause { get; private set; }

    /// <summary>What is checked on which day, and from which day that counts; null where nothing is to come.</summary>
    public string? Check =>
        Appeal is { Effect: null, CheckAt: { } at, Decided: { CheckFrom: { } from } decided }
            ? Texts.T(
                "appeal.then.check."
                    + (
                        from == decided.PromisedBy ? "promised"
                        : from == Shanghai.DayOf(decided.At) ? "decided"
                        : "ends"
                    ),
                Say.Instant(at),
                Say.Day(from),
                Math.Max(1, (int)Math.Round((at - Shanghai.EndOf(from)).TotalDays))
            )
            : null;

    /// <summary>Why whoever reads does not decide it, where they else could.</summary>
    public string? NotMine { get; private set; }

    /// <summary>Who can decide from outside.</summary>
    public IReadOnlyList<(Guid Account, string Name)> Lawyers { get; private set; } = [];

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>The act whose form comes back with faults.</summary>
    public string? Tried { get; private set; }

    /// <summary>A form is unfolded where it comes back.</summary>
    public string? Open(string act) => Tried == act ? "" : null;

    /// <summary>Parts that are asked for and say nothing.</summary>
    public IReadOnlyList<AppealSection> Empty =>
        [.. findings.Where(one => one.Code == LintCode.SectionMissing).Select(one => one.Section)];

    /// <summary>Something is said in this part.</summary>
    public bool IsShown(AppealSection section) => Appeal.Statements.Any(one => one.Section == section);

    /// <summary>A statement with what was decided of it, or what was left open when it was sent.</summary>
    public StatementShown Shown(PlanStatement statement) =>
        new(statement, IsLooking ? Chosen(statement) : Decided(statement))
        {
            Findings = [.. findings.Where(one => one.Statement == statement.No)],
            IsNew = Versions is [.., { Changes: var changes }] && changes.Any(one => one.After == statement),
        };

    private StatementVerdict? Decided(PlanStatement statement) =>
        Appeal.Decided?.Statements.FirstOrDefault(verdict => verdict.No == statement.No);

    /// <summary>What was left open of a part as a whole.</summary>
    public IReadOnlyList<PlanFinding> FindingsOf(AppealSection section) =>
        [.. findings.Where(one => one.Section == section && one.Statement is null)];

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
        Tried = act;
        // Looked over, and to be changed before it goes.
        if (form.ContainsKey("change"))
        {
            AtField = "decide";
            return Page();
        }
        var answer = await ownApi.Post(HttpContext, Door + act, new { id }, BodyOf(act, form));
        if (answer.Ok)
            return Redirect($"/appeals/{id:D}?did={act}");
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Code == Rules.Appeals.Appeal.LookFirstCode)
            (IsLooking, AtField) = (true, "look");
        else if (Faults.Count == 0)
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

    // Day and sum go to the door as they are typed: it reads them as in every form, or says at which field it can't.
    private object Decision(IFormCollection form)
    {
        return new
        {
            outcome = form["outcome"].ToString(),
            reason = form["reason"].ToString(),
            change = form["outcome"] == "partly"
                ? new
                {
                    endsOn = Said("endsOn"),
                    amount = Said("amount"),
                    scope = Said("scope"),
                }
                : null,
            statements = Appeal.Statements.Select(statement => new DecideRequest.Verdict(
                statement.No,
                bool.TryParse(form[$"accepted-{statement.No}"], out var accepted) ? accepted : null,
                form[$"why-{statement.No}"]
            )),
            asksFirst = !form.ContainsKey("looked"),
        };
        string? Said(string field) => form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
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
        Versions = SentVersion.Of(found);
        if (Appeal.Target.Kind == AppealTargetKind.Measure)
            await ReadMeasure();
        if (!IsOwn)
            await ReadForDesk(found);
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

    // What was open when it was sent, each at its place: the codes are those that were noted then.
    private async Task ReadForDesk(AppealOpened found)
    {
        var merchant = found.Appeal.Merchant is { } shop ? await MerchantDirectory.Find(Store, shop, Ct) : null;
        Who = merchant?.Name ?? Texts.T("appeals.person");
        if (found is { SentPlan: { } plan, Appeal.SubmittedAt: { } sent } && Appeal.Decided is null)
            findings =
            [
                .. AppealLint
                    .Say(plan, found.Appeal, Shanghai.DayOf(sent))
                    .Where(one => Appeal.Open.Contains(one.Code)),
            ];
    }

    private async Task ReadMeasure()
    {
        // Whoever decides reads all that its addressee does.
        var side = IsOwn ? MeasureSide.Addressee : MeasureSide.Reader;
        if ((await Store.Load(MeasureBook.Instance, Appeal.Target.Id, Ct)).State is null)
            return;
        Measure = await ShowMeasure.Of(Store, law, Appeal.Target.Id, side, Me, Ct);
        if (Measure.Clause.Shown is { } clause)
            Clause = new ShownClause(
                Texts.T("measure.clause.of", Texts.Pick(clause.TitleZh, clause.TitleEn), clause.Ref.Clause)
                    + " "
                    + Texts.T("measure.clause.version", clause.Ref.Version),
                Texts.Pick(clause.Zh, clause.En),
                clause.Ref.Address
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
