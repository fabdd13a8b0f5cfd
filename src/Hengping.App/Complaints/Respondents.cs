using System.Collections.Concurrent;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Publishing;

namespace Hengping.App.Complaints;

/// <summary>
/// Finds whom a complaint is against: an entry by id, by exact name, or a new one that is not enrolled.
/// </summary>
public sealed class Respondents(Store store, Side side, FieldFaults faults)
{
    /// <summary>The respondent, and the change that adds it where nobody knew the name, or holds the commit to the
    /// entry as it was read.</summary>
    public async Task<(Guid Id, Change? Beside)> Of(
        FilingRequest.Whom? whom,
        string sector,
        string author,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (whom?.Id is { } id)
            return await Standing(id, "respondent.id", ct);
        var name = faults.Line("respondent.name", whom?.Name, 200);
        if (name is null)
        {
            faults.Add("respondent", Fault.Required);
            return default;
        }
        if (await MerchantDirectory.Named(store, name, ct) is { } found)
            return (await Known(found.Id, "respondent.name", ct), null);
        // It will stand on a public page.
        faults.If(Masking.Mask(name) != name, "respondent.name", Merchant.NameHasNumber);
        if (!faults.None)
            return default;
        var entry = new NewMerchant(name, sector, MerchantDirectory.OfFiling) { IsPlatform = side == Side.Merchant };
        var added = MerchantDirectory.Add(store, entry, author, now);
        if (added.Refusal is { } no)
            faults.Add("respondent.name", no);
        return (added.Id, added.Change);
    }

    // Most are filed against an entry that counts for itself: nothing is asked then.
    private async Task<(Guid, Change?)> Standing(Guid id, string field, CancellationToken ct) =>
        await MerchantDirectory.FindKnown(store, id, ct) is { What: { MergedInto: null } row } known
        && (side == Side.Consumer || row.Platform)
            ? (id, known.Stands)
            : (await Known(id, field, ct), null);

    /// <summary>An entry by id, followed to the one it counts for; a fault where there is none.</summary>
    public async Task<Guid> Known(Guid id, string field, CancellationToken ct)
    {
        if (await MerchantDirectory.Find(store, id, ct) is not { } named)
        {
            faults.Add(field, Fault.Unknown);
            return id;
        }
        var row = await MerchantDirectory.Root(store, named, ct);
        faults.If(side == Side.Merchant && !row.Platform, field, Fault.NotAPlatform);
        return row.Id;
    }

    /// <summary>The shop's own entry where it takes part under exactly this name.</summary>
    public static async Task<Guid?> ShopOf(string? name, Guid respondent, Store store, CancellationToken ct) =>
        name is not null
        && await MerchantDirectory.Named(store, name, ct) is { Enrolled: true } shop
        && shop.Id != respondent
            ? shop.Id
            : null;
}

/// <summary>
/// How many different claimants filed against one respondent within a day, for triage. Remembered for some seconds:
/// it orders a queue, and a burst is when filing must stay cheap.
/// </summary>
public sealed class AlikeCounts
{
    private const int EntriesMax = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, int Count)> known = new();

    /// <summary>Counts among the latest 50 cases at most: more than a burst needs.</summary>
    public async Task<int> Of(Store store, Guid respondent, DateTimeOffset now, CancellationToken ct)
    {
        if (known.TryGetValue(respondent, out var hit) && (now - hit.At).Duration() < Remembered)
            return hit.Count;
        var count = await store.First<long>(
            """
            select count(distinct claimant) from (
              select claimant from complaints
              where respondent = @respondent and filed_at > @since order by filed_at desc limit 50) latest
            """,
            new { respondent, since = now.AddDays(-1).ToUnixTimeMilliseconds() },
            ct
        );
        if (known.Count >= EntriesMax)
            known.Clear();
        known[respondent] = (now, (int)count);
        return (int)count;
    }
}
