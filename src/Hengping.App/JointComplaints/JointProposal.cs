using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.JointComplaints;

/// <summary><c>POST /joint</c>: a claimant asks those alike to act together, or the desk offers it to them.</summary>
public static class JointProposal
{
    /// <summary>201 with the joint complaint; a claimant who comes later asks to be let into it.</summary>
    public static async Task<IResult> Handle(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var (body, instead) = await Body.Read<JointDoors.ProposeRequest>(http, ct);
        if (instead is not null)
            return instead;
        return caller.IsStaff
            ? await ByDesk(http, body, caller, store, ct)
            : await ByClaimant(http, body, caller, store, ct);
    }

    /// <summary>A case the caller may see, by its id.</summary>
    public static async Task<(Guid Id, Complaint Case)?> OwnCase(
        Store store,
        string id,
        Caller caller,
        CancellationToken ct
    ) =>
        Guid.TryParse(id, out var stream)
        && await store.Load(ComplaintBook.Instance, stream, ct) is { State: { } complaint }
        && CaseAccess.PartyOf(complaint, caller) is not null
            ? (stream, complaint)
            : null;

    /// <summary>The joint complaint opened together with complaints that are not in it yet.</summary>
    public static async Task<JointOpened> With(
        Store store,
        JointOpened opened,
        IReadOnlyList<Guid> more,
        CancellationToken ct
    )
    {
        // What is too many is refused by its field; it is not read first.
        var ids = opened.Loaded.Keys.Concat(more.Take(Joint.MembersMax));
        return opened with { Loaded = await JointDesk.Load(store, ids, ct) };
    }

    private static async Task<IResult> ByDesk(
        HttpContext http,
        JointDoors.ProposeRequest body,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        var faults = new FieldFaults();
        var chosen = (body.Complaints ?? []).Distinct().ToList();
        faults.If(chosen.Count < Joint.MembersMin, "complaints", Fault.Required);
        faults.If(chosen.Count > Joint.MembersMax, "complaints", Fault.TooMany(Joint.MembersMax));
        if (!faults.None)
            return Problems.Fields(faults.All);
        return await Begin(http, null, chosen, caller, store, ct);
    }

    private static async Task<IResult> ByClaimant(
        HttpContext http,
        JointDoors.ProposeRequest body,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        var faults = new FieldFaults();
        faults.If(body.Complaint is null, "complaint", Fault.Required);
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (await OwnCase(store, $"{body.Complaint:D}", caller, ct) is not var (id, own))
            return Answers.NotFound;
        if (CaseAccess.PartyOf(own, caller) != Party.Claimant)
            return Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden);
        var alike = await JointDesk.Alike(store, id, own, isStaff: false, ct);
        if (await JointDesk.OfAlike(store, alike, ct) is not { } there)
            return await Begin(http, id, [.. alike.Select(a => a.Id)], caller, store, ct);
        var joint = await store.Load(JointBook.Instance, there, ct);
        var loaded = await JointDesk.Load(store, joint.State!.Members.Select(m => m.Complaint).Append(id), ct);
        var decided = joint.State.Ask(id, own);
        var opened = new JointOpened(joint, loaded, caller, Party.Claimant, id, store.Now);
        return decided.Refusal is { } no
            ? no.AsProblem()
            : await JointActs.Save(http, store, opened, decided.Event!, ct, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Begin(
        HttpContext http,
        Guid? by,
        IReadOnlyList<Guid> invited,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        var loaded = await JointDesk.Load(store, by is { } own ? invited.Append(own) : invited, ct);
        var party = by is null ? Party.Mediator : Party.Claimant;
        var fresh = new Loaded<Joint>(StreamId.Next(), 0, 0, null);
        var opened = new JointOpened(fresh, loaded, caller, party, by, store.Now);
        var decided = Joint.Propose(by, invited, opened.Cases);
        return decided.Refusal is { } no
            ? no.AsProblem()
            : await JointActs.Save(http, store, opened, decided.Event!, ct, StatusCodes.Status201Created);
    }
}
