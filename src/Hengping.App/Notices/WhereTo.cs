using System.Data.Common;
using System.Globalization;
using Dapper;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.App.Notices;

/// <content>Where a message goes, where its link leads, and what is filled into it.</content>
public sealed partial class NoticeListener
{
    private sealed record CaseRow(Guid Id, string Number, Guid? Claimant, Guid Respondent, long? DeliveredAt);

    private const string CaseSql = """
        select id as Id, number as Number, claimant as Claimant, respondent as Respondent, delivered_at as DeliveredAt
        from complaints
        """;

    // Of one batch, looked up before its transaction; what is not here is looked up in it. And what it queues.
    private readonly Dictionary<Guid, CaseRow> cases = [];
    private readonly Dictionary<(Guid, Party), (Channel, string, long)?> addresses = [];
    private readonly Dictionary<Guid, Letterhead> heads = [];
    private readonly List<Message> queued = [];

    /// <inheritdoc/>
    public override async Task Prepare(Store store, IReadOnlyList<StoredEvent> batch, CancellationToken ct)
    {
        cases.Clear();
        addresses.Clear();
        heads.Clear();
        var told = batch.Where(one => Told.Contains(one.Kind) && !IsHistory(one, store.Now));
        foreach (var some in told.Select(one => one.Stream).Distinct().Chunk(AskedAtOnce))
        foreach (var row in await store.Query<CaseRow>(CaseSql + " where id in @some", new { some }, ct))
            cases[row.Id] = row;
        foreach (var one in cases.Values.Where(one => one.Claimant is not null).DistinctBy(one => one.Claimant))
            await AddressOf(store, one, Party.Claimant, ct);
        foreach (var some in cases.Values.Select(one => one.Claimant).OfType<Guid>().Distinct().Chunk(AskedAtOnce))
        foreach (var (reader, head) in await Letterhead.OfMany(store, some, ct))
            heads[reader] = head;
    }

    private const int AskedAtOnce = 64;

    private async Task<CaseRow?> CaseOf(Guid id, DbConnection db, DbTransaction transaction) =>
        cases.GetValueOrDefault(id)
        ?? await db.QueryFirstOrDefaultAsync<CaseRow>(CaseSql + " where id = @id", new { id }, transaction);

    private async Task<(Channel, string, long)?> AddressOf(Store store, CaseRow told, Party to, CancellationToken ct)
    {
        var whose = (to == Party.Claimant ? told.Claimant ?? Guid.Empty : told.Respondent, to);
        if (!addresses.TryGetValue(whose, out var address))
            addresses[whose] = address =
                to == Party.Claimant ? await OfClaimant(store, told, ct) : await OfMerchant(store, told.Respondent, ct);
        return address;
    }

    private async Task<Letterhead> HeadOf(Store store, Guid reader, CancellationToken ct)
    {
        if (!heads.TryGetValue(reader, out var head))
            heads[reader] = head = await Letterhead.Of(store, [reader], ct);
        return head;
    }

    /// <summary>How long an answer counts in full.</summary>
    private static string HoursOf(CaseRow told, DateTimeOffset at) =>
        ReplyHours.At(told.DeliveredAt ?? at.ToUnixTimeMilliseconds()).Full.ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks for a score without a sign-in; works once.</summary>
    private static async Task<string> ScorePath(Store store, Guid id, DbConnection db, DbTransaction transaction)
    {
        var scores = await db.ExecuteScalarAsync<long>(
            "select count(*) from events where stream = @id and kind = 'complaint.scored'",
            new { id },
            transaction
        );
        return ScoreComplaint.PathOf(store, id, (int)scores);
    }

    /// <summary>Opens the one case for a respondent without accounts; null where no link is in force.</summary>
    private static async Task<string?> AnswerPath(
        Store store,
        Guid complaint,
        CaseRow told,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var no = await db.ExecuteScalarAsync<long?>(
            """
            select l.no from answer_links l join merchants m on m.id = l.merchant
            where l.complaint = @complaint and l.merchant = @merchant and not l.revoked and l.expires_at > @now
              and not m.enrolled
            """,
            new
            {
                complaint,
                merchant = told.Respondent,
                now = store.Now.ToUnixTimeMilliseconds(),
            },
            transaction
        );
        return no is { } n ? AnswerLinks.PathOf(store, complaint, told.Respondent, n) : null;
    }

    private static async Task<(Channel, string, long)?> OfClaimant(Store store, CaseRow told, CancellationToken ct)
    {
        if (told.Claimant is not { } account || await AccountDesk.ProfileOf(store, account, ct) is not { } profile)
            return null;
        var slot = await AccountDesk.PersonKey(store, account, ct) ?? 0;
        if (profile.Phone is { Length: > 0 } phone)
            return (Channel.Sms, phone, slot);
        return profile.Email is { Length: > 0 } email ? (Channel.Email, email, slot) : null;
    }

    private static async Task<(Channel, string, long)?> OfMerchant(Store store, Guid merchant, CancellationToken ct)
    {
        var contact = await MerchantDirectory.ContactOf(store, merchant, ct);
        var slot = await AccountDesk.PersonKey(store, merchant, ct) ?? 0;
        if (contact?.Phone is { Length: > 0 } phone)
            return (Channel.Sms, phone, slot);
        return contact?.Email is { Length: > 0 } email ? (Channel.Email, email, slot) : null;
    }
}
