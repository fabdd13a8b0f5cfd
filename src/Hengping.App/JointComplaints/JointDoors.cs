using System.Globalization;
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
public static class JointDoors
{
    private static readonly Role[] Claimants = [Role.Claimant, Role.Merchant];
    private static readonly Role[] Everybody = [Role.Claimant, Role.Merchant, Role.Mediator, Role.Admin];
    private static readonly Role[] Readers = [.. Everybody, Role.Reviewer];

    /// <summary>A claimant's own complaint, or the desk's choice of several.</summary>
    public sealed record ProposeRequest(Guid? Complaint, IReadOnlyList<Guid>? Complaints)
    {
        public ProposeRequest()
            : this(null, null) { }
    }

    /// <summary>Complaints to invite or to let in.</summary>
    public sealed record InviteRequest(IReadOnlyList<Guid>? Complaints)
    {
        public InviteRequest()
            : this(Complaints: null) { }
    }

    /// <summary>Which complaint, and why.</summary>
    public sealed record RemoveRequest(Guid? Complaint, string? Reason)
    {
        public RemoveRequest()
            : this(null, null) { }
    }

    /// <summary>Two complaints whose claimants shall represent all.</summary>
    public sealed record ElectRequest(IReadOnlyList<Guid>? Complaints)
    {
        public ElectRequest()
            : this(Complaints: null) { }
    }

    /// <summary>Why all should withdraw; or a message to all.</summary>
    public sealed record WordsRequest(string? Text)
    {
        public WordsRequest()
            : this(Text: null) { }
    }

    /// <summary>One complaint's sum.</summary>
    public sealed record ShareRequest(Guid? Complaint, decimal? Amount);

    /// <summary>What all get: the same sum each, or sums by complaint.</summary>
    public sealed record SettleRequest(
        string? Terms,
        decimal? Amount,
        IReadOnlyList<ShareRequest>? Amounts,
        string? DueBy
    )
    {
        public SettleRequest()
            : this(null, null, null, null) { }
    }

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
        MapVerb<Nothing>(joint, "confirm", Door.Desk, (o, _, _) => o.Facts.Confirm());
        MapVerb<InviteRequest>(joint, "invite", Door.Desk, Invite);
        MapVerb<RemoveRequest>(joint, "remove", Door.Desk, Remove);
        MapVerb<Nothing>(joint, "join", Claimants, (o, _, _) => Mine(o, own => o.Facts.Join(own, o.Cases)));
        MapVerb<Nothing>(joint, "leave", Claimants, (o, _, _) => Mine(o, own => o.Facts.Leave(own)));
        MapVerb<ElectRequest>(joint, "representatives", Everybody, Elect);
        MapVerb<WordsRequest>(joint, "waive", Claimants, Waive);
        MapVerb<SettleRequest>(joint, "settle", [Role.Merchant], Settle);
        MapVerb<WordsRequest>(joint, "messages", Everybody, Say);
        MapAnswer(joint, "agree", (o, no, own) => NotStanding(o) ?? o.Facts.Agree(no, own, o.Cases, o.Now));
        MapAnswer(joint, "refuse", (o, no, own) => NotStanding(o) ?? o.Facts.Refuse(no, own, o.Cases, o.Now));
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
            return Door.NotFound;
        var alike = await JointDesk.Alike(store, stream, complaint, caller.IsStaff, ct);
        var joint = await JointDesk.Of(store, stream, ct) is { } found
            ? await JointDesk.Read(store, found, caller, ct)
            : null;
        var shown = joint is null ? null : await JointView.Of(store, joint, ct);
        // A respondent is not told who else complains beyond what was delivered to it.
        var isOwn = caller.IsStaff || Sight.PartyOf(complaint, caller) == Party.Claimant;
        return Results.Json(new Around(isOwn ? alike.Count : 0, caller.IsStaff ? alike : null, shown), Cli.JsonFormat);
    }

    private static async Task<IResult> Show(string id, Caller caller, Store store, CancellationToken ct) =>
        Guid.TryParse(id, out var stream) && await JointDesk.Read(store, stream, caller, ct) is { } opened
            ? Results.Json(await JointView.Of(store, opened, ct), Cli.JsonFormat)
            : Door.NotFound;

    private static Decided<JointEvent> Invite(JointOpened o, InviteRequest body, FieldFaults faults)
    {
        var ids = faults.Evidence(body.Complaints, "complaints");
        faults.If(ids.Count == 0, "complaints", Fault.Required);
        return ids is [var one] && o.Facts.Of(one) is { State: MemberState.Asked }
            ? o.Facts.Admit(one, o.Cases)
            : o.Facts.Invite(ids, o.Cases);
    }

    private static Decided<JointEvent> Remove(JointOpened o, RemoveRequest body, FieldFaults faults)
    {
        faults.If(body.Complaint is null, "complaint", Fault.Required);
        var reason = faults.Text("reason", body.Reason, 2, 500);
        return o.Facts.Remove(body.Complaint ?? Guid.Empty, reason);
    }

    private static Decided<JointEvent> Elect(JointOpened o, ElectRequest body, FieldFaults faults)
    {
        faults.If(body.Complaints is null or { Count: 0 }, "complaints", Fault.Required);
        if (o.Party == Party.Respondent)
            return Problems.NotYourRole;
        return NotStanding(o) ?? o.Facts.Elect(o.Own, body.Complaints ?? [], o.Cases, o.Now, ComplaintPolicy.Current);
    }

    private static Decided<JointEvent> Waive(JointOpened o, WordsRequest body, FieldFaults faults)
    {
        var reason = faults.Text("text", body.Text, 2, 2_000);
        return NotStanding(o)
            ?? Mine(o, own => o.Facts.ProposeWaiver(own, reason, o.Cases, o.Now, ComplaintPolicy.Current));
    }

    private static Decided<JointEvent> Settle(JointOpened o, SettleRequest body, FieldFaults faults)
    {
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
        return o.Party != Party.Respondent
            ? Problems.NotYourRole
            : o.Facts.ProposeSettlement(
                terms.Length == 0 ? null : terms,
                body.Amount,
                amounts,
                dueBy,
                o.Cases,
                o.Now,
                ComplaintPolicy.Current
            );
    }

    private static Decided<JointEvent> Say(JointOpened o, WordsRequest body, FieldFaults faults)
    {
        var text = faults.Text("text", body.Text, 1, 5_000);
        return NotStanding(o) ?? o.Facts.Say(o.Party, o.Own, text, o.Cases);
    }

    /// <summary>A claimant whose complaint ended or left no longer speaks in it.</summary>
    private static Refusal? NotStanding(JointOpened o) =>
        o.Own is { } own && !o.Facts.Standing(o.Cases).Any(m => m.Complaint == own) ? Joint.NotIn : null;

    private static Decided<JointEvent> Mine(JointOpened o, Func<Guid, Decided<JointEvent>> decide) =>
        o.Own is { } own ? decide(own) : Problems.NotYourRole;

    private delegate Decided<JointEvent> Decide<in TBody>(JointOpened opened, TBody body, FieldFaults faults);

    private static void MapVerb<TBody>(IEndpointRouteBuilder joint, string word, Role[] roles, Decide<TBody> decide)
        where TBody : class, new() =>
        joint
            .MapPost(
                $"/{{id}}/{word}",
                (HttpContext http, string id, Store store, Caller caller, CancellationToken ct) =>
                    Enter(http, id, store, caller, decide, ct)
            )
            .Accepts<TBody>(isOptional: true, "application/json")
            .Produces<JointView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(roles)
            .AnsweredOnce(JointActs.AnswerAgain);

    private static void MapAnswer(
        IEndpointRouteBuilder joint,
        string word,
        Func<JointOpened, int, Guid, Decided<JointEvent>> decide
    ) =>
        joint
            .MapPost(
                $"/{{id}}/matters/{{n}}/{word}",
                (HttpContext http, string id, string n, Store store, Caller caller, CancellationToken ct) =>
                {
                    var known = int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var no);
                    return Enter<Nothing>(
                        http,
                        id,
                        store,
                        caller,
                        (o, _, _) => Mine(o, own => known ? decide(o, no, own) : Joint.MatterUnknown),
                        ct
                    );
                }
            )
            .Produces<JointView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Claimants)
            .AnsweredOnce(JointActs.AnswerAgain);

    private static async Task<IResult> Enter<TBody>(
        HttpContext http,
        string id,
        Store store,
        Caller caller,
        Decide<TBody> decide,
        CancellationToken ct
    )
        where TBody : class, new()
    {
        if (!Guid.TryParse(id, out var stream) || await JointDesk.Open(store, stream, caller, ct) is not { } opened)
            return Door.NotFound;
        var (body, instead) = await Body.Read<TBody>(http, ct);
        if (instead is not null)
            return instead;
        if (body is InviteRequest { Complaints: { } invited })
            opened = await JointProposal.With(store, opened, invited, ct);
        var faults = new FieldFaults();
        var decided = decide(opened, body, faults);
        if (decided.Refusal == Problems.NotYourRole)
            return Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden);
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (decided.Refusal is { } no)
            return no.AsProblem(
                no == Joint.MatterUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict
            );
        var limits = http.RequestServices.GetRequiredService<ComplaintLimits>();
        if (limits.OnSaying(opened.Facts, decided.Event!, opened.Now) is { } enough)
            return enough.AsSlow(http);
        return await JointActs.Save(http, store, opened, decided.Event!, ct);
    }
}
