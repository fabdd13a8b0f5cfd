using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.JointComplaints;

/// <summary>
/// <c>/joint</c>: complaints of several claimants about one dispute, handled together. Whatever binds all (settling,
/// waiving, who represents them) is done when everyone concerned has agreed, in one commit with their complaints.
/// </summary>
public static partial class JointDoors
{
    private static readonly Role[] Claimants = [Role.Claimant, Role.Merchant];
    private static readonly Role[] Everybody = [Role.Claimant, Role.Merchant, Role.Mediator, Role.Admin];
    private static readonly Role[] Readers = [.. Everybody, Role.Reviewer];

    private sealed record Around(int Alike, IReadOnlyList<AlikeCase>? Cases, JointView? Joint);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/complaints/{id}/joint", Look).For(Readers).WithTags("joint");
        var joint = api.MapGroup("/joint").WithTags("joint");
        joint
            .MapPost("", JointProposal.Handle)
            .Accepts<ProposeRequest>("application/json")
            .For(Everybody)
            .AnsweredOnce(JointActs.AnswerAgain);
        joint.MapGet("/{id}", Show).Produces<JointView>().For(Readers);
        MapVerb<Nothing>(joint, "confirm", CaseSides.Desk.Roles, null, (o, _) => o.Facts.Confirm());
        MapVerb<InviteRequest>(joint, "invite", CaseSides.Desk.Roles, null, Invite);
        MapVerb<RemoveRequest>(joint, "remove", CaseSides.Desk.Roles, null, Remove);
        MapVerb<Nothing>(joint, "join", Claimants, NoMember, (o, _) => o.Facts.Join(o.Own!.Value, o.Cases));
        MapVerb<Nothing>(joint, "leave", Claimants, NoMember, (o, _) => o.Facts.Leave(o.Own!.Value));
        MapVerb<ElectRequest>(
            joint,
            "representatives",
            Everybody,
            o => o.Party == Party.Respondent ? Problems.NotYourRole : null,
            Elect
        );
        MapVerb<WaiveRequest>(joint, "waive", Claimants, NoMember, Waive);
        MapVerb<SettleRequest>(
            joint,
            "settle",
            [Role.Merchant],
            o => o.Party == Party.Respondent ? null : Problems.NotYourRole,
            Settle
        );
        MapVerb<WordsRequest>(joint, "messages", Everybody, null, Say);
        MapAnswer<AgreeRequest>(joint, "agree", Agree);
        MapAnswer<Nothing>(joint, "refuse", (o, _) => o.Facts.Refuse(o.No, o.Own!.Value, o.Cases, o.Now));
    }

    private static async Task<IResult> Look(
        HttpContext http,
        string id,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        if (await JointProposal.OwnCase(store, id, caller, ct) is not var (stream, complaint))
            return Answers.NotFound;
        var alike = await JointDesk.Alike(store, stream, complaint, caller.IsStaff, ct);
        var joint = await JointDesk.Of(store, stream, ct) is { } found
            ? await JointDesk.Read(store, found, caller, ct)
            : null;
        var shown = joint is null ? null : await JointView.Of(store, joint, ct);
        // A respondent is not told who else complains beyond what was delivered to it.
        var isOwn = caller.IsStaff || CaseAccess.PartyOf(complaint, caller) == Party.Claimant;
        return Results.Json(new Around(isOwn ? alike.Count : 0, caller.IsStaff ? alike : null, shown), Cli.JsonFormat);
    }

    private static async Task<IResult> Show(string id, Caller caller, Store store, CancellationToken ct) =>
        Guid.TryParse(id, out var stream) && await JointDesk.Read(store, stream, caller, ct) is { } opened
            ? Results.Json(await JointView.Of(store, opened, ct), Cli.JsonFormat)
            : Answers.NotFound;

    private static Decided<JointEvent> Invite(JointOpened o, InviteRequest body)
    {
        var ids = o.Faults.Evidence(body.Complaints, "complaints");
        o.Faults.If(ids.Count == 0, "complaints", Fault.Required);
        return ids is [var one] && o.Facts.Of(one) is { State: MemberState.Asked }
            ? o.Facts.Admit(one, o.Cases)
            : o.Facts.Invite(ids, o.Cases);
    }

    private static Decided<JointEvent> Remove(JointOpened o, RemoveRequest body)
    {
        o.Faults.If(body.Complaint is null, "complaint", Fault.Required);
        var reason = o.Faults.Text("reason", body.Reason, 2, 500);
        return o.Facts.Remove(body.Complaint ?? Guid.Empty, reason);
    }

    private static Decided<JointEvent> Elect(JointOpened o, ElectRequest body)
    {
        o.Faults.If(body.Complaints is null or { Count: 0 }, "complaints", Fault.Required);
        return NotStanding(o) ?? o.Facts.Elect(o.Own, body.Complaints ?? [], o.Cases, o.Now, ComplaintPolicy.Current);
    }

    private static Decided<JointEvent> Waive(JointOpened o, WaiveRequest body)
    {
        var reason = o.Faults.Text("text", body.Text, 2, 2_000);
        if (NotStanding(o) is { } no)
            return no;
        var guardian = Guardian.Check(o.Cases[o.Own!.Value], Party.Claimant, body.Guardian, o.Faults);
        var raised = o.Facts.ProposeWaiver(o.Own!.Value, reason, o.Cases, o.Now, ComplaintPolicy.Current);
        return Looked(
            o,
            body.AsksFirst,
            raised.Event is JointEvent.MatterRaised asked ? asked with { Guardian = guardian } : raised
        );
    }

    private static Decided<JointEvent> Agree(JointOpened o, AgreeRequest body)
    {
        var matter = o.Facts.Matters.FirstOrDefault(m => m.No == o.No);
        var guardian = matter?.Kind is MatterKind.Settle or MatterKind.Waive
            ? Guardian.Check(o.Cases[o.Own!.Value], Party.Claimant, body.Guardian, o.Faults)
            : null;
        var agreed = o.Facts.Agree(o.No, o.Own!.Value, o.Cases, o.Now, guardian);
        // Who represents them binds nobody to anything.
        return matter?.Kind == MatterKind.Representatives ? agreed : Looked(o, body.AsksFirst, agreed);
    }

    private static Decided<JointEvent> Settle(JointOpened o, SettleRequest body)
    {
        var faults = o.Faults;
        var terms = faults.Text("terms", body.Terms, 0, 2_000);
        faults.Money("amount", body.Amount, ComplaintPolicy.Current.AmountMax);
        var amounts = new Dictionary<Guid, decimal>();
        foreach (var share in body.Amounts ?? [])
        {
            faults.Money("amounts", share.Amount, ComplaintPolicy.Current.AmountMax);
            faults.If(share is not { Complaint: not null, Amount: not null }, "amounts", Fault.Required);
            faults.If(!o.Cases.ContainsKey(share.Complaint ?? Guid.Empty), "amounts", Fault.Unknown);
            amounts[share.Complaint ?? Guid.Empty] = share.Amount ?? 0;
        }
        var says = body.Amount > 0 || amounts.Count > 0 || PlainText.Length(terms) >= ReplyValidity.LengthMin;
        faults.If(!says, "terms", Fault.OfferEmpty);
        var dueBy = faults.Ahead("dueBy", body.DueBy, o.Now, needed: true) ?? o.Now;
        var raised = o.Facts.ProposeSettlement(
            terms.Length == 0 ? null : terms,
            body.Amount,
            amounts,
            dueBy,
            o.Cases,
            o.Now,
            ComplaintPolicy.Current
        );
        return Looked(o, body.AsksFirst, raised);
    }

    // What binds all is looked over by whoever asks to be asked.
    private static Decided<JointEvent> Looked(JointOpened o, bool? asksFirst, Decided<JointEvent> decided) =>
        asksFirst == true && o.Faults.None && decided.Event is not null ? Joint.LookFirst : decided;

    private static Decided<JointEvent> Say(JointOpened o, WordsRequest body)
    {
        var text = o.Faults.Text("text", body.Text, 1, 5_000);
        return NotStanding(o) ?? o.Facts.Say(o.Party, o.Own, text, o.Cases);
    }

    /// <summary>A claimant whose complaint ended or left no longer speaks in it.</summary>
    private static Refusal? NotStanding(JointOpened o) =>
        o.Own is { } own && !o.Facts.Standing(o.Cases).Any(m => m.Complaint == own) ? Joint.NotIn : null;

    private static Refusal? NoMember(JointOpened o) => o.Own is null ? Problems.NotYourRole : null;

    private static readonly VerbWay<JointOpened, JointEvent> Way = new()
    {
        Open = Open,
        With = async (http, opened, body) =>
            body is InviteRequest { Complaints: { } invited }
                ? await JointProposal.With(StoreOf(http), opened, invited, http.RequestAborted)
                : opened,
        Told = o => new("", [.. JointView.Possible(o, o.Facts, o.Facts.IsFormed(o.Cases)).Select(Joint.Doing)], o.Now),
        Save = Save,
        Again = JointActs.AnswerAgain,
        Unknown = [Joint.MatterUnknown],
    };

    private static void MapVerb<TBody>(
        IEndpointRouteBuilder joint,
        string word,
        IReadOnlyList<Role> roles,
        Func<JointOpened, Refusal?>? notTheirs,
        Func<JointOpened, TBody, Decided<JointEvent>> decide
    )
        where TBody : class, new() =>
        Way.Map<TBody>(
                joint,
                $"/{{id}}/{word}",
                roles,
                notTheirs,
                (o, body, _) => ValueTask.FromResult(decide(o, body))
            )
            .Produces<JointView>();

    private static void MapAnswer<TBody>(
        IEndpointRouteBuilder joint,
        string word,
        Func<JointOpened, TBody, Decided<JointEvent>> decide
    )
        where TBody : class, new() =>
        MapVerb<TBody>(
            joint,
            $"matters/{{n}}/{word}",
            Claimants,
            NoMember,
            (o, body) =>
                o.No == 0 ? Joint.MatterUnknown
                : NotStanding(o) is { } no ? no
                : decide(o, body)
        );

    private static async Task<JointOpened?> Open(HttpContext http, Caller caller)
    {
        return
            Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id)
            && await JointDesk.Open(StoreOf(http), id, caller, http.RequestAborted) is { } opened
            ? opened with
            {
                No = Numbered.Of(http) ?? 0,
            }
            : null;
    }

    private static async Task<IResult> Save(HttpContext http, JointOpened opened, JointEvent decided)
    {
        var limits = http.RequestServices.GetRequiredService<ComplaintLimits>();
        return limits.OnSaying(opened.Facts, decided, opened.Now) is { } enough
            ? enough.AsSlow(http)
            : await JointActs.Save(http, StoreOf(http), opened, decided, http.RequestAborted);
    }

    private static Store StoreOf(HttpContext http) => http.RequestServices.GetRequiredService<Store>();
}
