using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.JointComplaints;

/// <summary>A joint complaint with the complaints it is made of, as one caller opened it.</summary>
/// <param name="Party">What the caller is in it.</param>
/// <param name="Own">The caller's own complaint in it, of a claimant.</param>
public sealed record JointOpened(
    Loaded<Joint> Joint,
    IReadOnlyDictionary<Guid, Loaded<Complaint>> Loaded,
    Caller Caller,
    Party Party,
    Guid? Own,
    DateTimeOffset Now
) : IOpened
{
    /// <inheritdoc/>
    public FieldFaults Faults { get; } = new();

    /// <summary>The matter in the address; 0 where there is none.</summary>
    public int No { get; init; }

    /// <summary>Its facts.</summary>
    public Joint Facts => Joint.State!;

    /// <summary>The complaints' facts.</summary>
    public IReadOnlyDictionary<Guid, Complaint> Cases { get; } =
        Loaded.Where(l => l.Value.State is not null).ToDictionary(l => l.Key, l => l.Value.State!);

    /// <summary>
    /// Slot of the key for what the caller says: their own complaint's, so that their words go with it; for the
    /// respondent and the desk the joint complaint's.
    /// </summary>
    public long WordsKey => Own is { } own ? Loaded[own].KeySlot : Joint.KeySlot;
}

/// <summary>Open complaints of others that may be about the same dispute.</summary>
public sealed record AlikeCase(Guid Id, string Number, DateTimeOffset FiledAt, long? AmountCents, string Status);

/// <summary>Finds joint complaints and what could become one.</summary>
public static class JointDesk
{
    /// <summary>A dispute is looked for among complaints filed this long before or after.</summary>
    internal const int AlikeDays = 30;
    internal const int AlikeMax = 20;

    /// <summary>Opens a joint complaint for a caller, or null: unknown, or none of theirs.</summary>
    public static async Task<JointOpened?> Open(Store store, Guid id, Caller caller, CancellationToken ct)
    {
        var joint = await store.Load(JointBook.Instance, id, ct);
        if (joint.State is not { } facts)
            return null;
        var loaded = await Load(store, facts.Members.Select(m => m.Complaint), ct);
        if (caller.IsStaff)
            return new JointOpened(joint, loaded, caller, Party.Mediator, null, store.Now);
        foreach (var (one, found) in loaded.OrderBy(l => facts.Of(l.Key)!.State == MemberState.In ? 0 : 1))
            if (found.State is { } own && CaseAccess.PartyOf(own, caller) == Party.Claimant)
                return new JointOpened(joint, loaded, caller, Party.Claimant, one, store.Now);
        var opened = new JointOpened(joint, loaded, caller, Party.Respondent, null, store.Now);
        // Of what was not delivered to it a respondent knows nothing, not even that it is there.
        var delivered = facts.Standing(opened.Cases).Count(m => opened.Cases[m.Complaint].DeliveredAt is not null);
        var knows = facts.IsFormed(opened.Cases) && delivered >= Joint.MembersMin;
        // It is one matter for all of them: whoever is limited to some shops acts in it where all came from there.
        var isWithin = opened.Cases.Values.All(one => ShopLimits.Holds(one, caller));
        return caller.Merchant == facts.Respondent && knows && isWithin ? opened : null;
    }

    /// <summary>The same to read it: staff then have read the names in every complaint of it, which is noted.</summary>
    public static async Task<JointOpened?> Read(Store store, Guid id, Caller caller, CancellationToken ct)
    {
        var opened = await Open(store, id, caller, ct);
        if (opened is not null && caller.IsStaff)
            await AccessBook.Instance.Note(store, [.. opened.Cases.Keys], caller, ct);
        return opened;
    }

    /// <summary>Several complaints.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Loaded<Complaint>>> Load(
        Store store,
        IEnumerable<Guid> ids,
        CancellationToken ct
    )
    {
        var loaded = new Dictionary<Guid, Loaded<Complaint>>();
        foreach (var id in ids.Distinct())
            loaded.Add(id, await store.Load(ComplaintBook.Instance, id, ct));
        return loaded;
    }

    /// <summary>The joint complaint a complaint belongs to: the one it takes part in, else the newest.</summary>
    public static Task<Guid?> Of(Store store, Guid complaint, CancellationToken ct) =>
        store.First<Guid?>(
            """
            select j.id from joint_members m join joints j on j.id = m.joint where m.complaint = @complaint
            order by case m.state when 'in' then 0 when 'out' then 2 when 'removed' then 2 else 1 end,
              j.proposed_at desc
            limit 1
            """,
            new { complaint },
            ct
        );

    /// <summary>The joint complaint that open complaints alike take part in already.</summary>
    public static Task<Guid?> OfAlike(Store store, IReadOnlyList<AlikeCase> alike, CancellationToken ct) =>
        alike.Count == 0
            ? Task.FromResult<Guid?>(null)
            : store.First<Guid?>(
                "select joint from joint_members where state = 'in' and complaint in @ids order by joint limit 1",
                new { ids = alike.Select(a => a.Id).ToArray() },
                ct
            );

    /// <summary>
    /// Open complaints of other claimants against the same respondent with the same problem and, where known, the
    /// same shop, filed within a month of it; newest first. Whether it is the same dispute is for the desk to say. On
    /// a platform a complaint without a known shop has nothing in common with its neighbours but the platform: then
    /// only the desk is shown any. What was not delivered yet is the desk's alone to know of: anybody can file against
    /// a company of their own, to count who else complains of it.
    /// </summary>
    public static async Task<IReadOnlyList<AlikeCase>> Alike(
        Store store,
        Guid id,
        Complaint c,
        bool isStaff,
        CancellationToken ct
    )
    {
        if (!c.IsOpen || (c.Claimant ?? c.ClaimantMerchant) is not { } claimant)
            return [];
        var month = TimeSpan.FromDays(AlikeDays);
        return await store.Query<AlikeCase>(
            """
            select c.id as Id, c.number as Number, c.filed_at as FiledAt, c.amount_cents as AmountCents,
              c.status as Status
            from complaints c join merchants m on m.id = c.respondent
            where c.respondent = @respondent and c.filed_at between @from and @to and c.problem = @problem
              and c.side = @side and c.id <> @id
              and (@staff or c.delivered_at is not null)
              and c.status not in ('declined', 'terminated', 'withdrawn', 'closed')
              and coalesce(c.claimant_merchant, c.claimant) <> @claimant
              and (c.shop = @shop or (@shopless and c.shop is null and (@staff or not m.platform)))
            order by c.filed_at desc, c.id desc limit @most
            """,
            new
            {
                respondent = c.Respondent,
                from = (c.FiledAt - month).ToUnixTimeMilliseconds(),
                to = (c.FiledAt + month).ToUnixTimeMilliseconds(),
                problem = c.Problem,
                side = Words.Of(c.Side),
                id,
                claimant,
                shop = c.Shop ?? Guid.Empty,
                shopless = c.Shop is null,
                staff = isStaff,
                most = AlikeMax,
            },
            ct
        );
    }
}
