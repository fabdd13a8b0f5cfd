using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>Who is in a list, at its as-of: names, sectors, enrolment, and which entries count as one.</summary>
public sealed class RatedMerchants
{
    private readonly Dictionary<Guid, Entry> entries;
    private readonly string? sector;

    private RatedMerchants(IEnumerable<Entry> entries, string? sector)
    {
        this.entries = entries.ToDictionary(e => e.Id);
        this.sector = sector;
    }

    /// <summary>Reads all entries as they are, or as they were.</summary>
    /// <param name="sector">Only this sector and its children; null for all.</param>
    /// <param name="asOf">A past instant, or null for now.</param>
    public static async Task<RatedMerchants> Read(
        Store store,
        string? sector,
        DateTimeOffset? asOf,
        CancellationToken ct
    )
    {
        var entries = await store.Query<Entry>(
            "select id, name, sector, enrolled, has_contact, merged_into, origin from merchants",
            null,
            ct
        );
        if (asOf is not { } then)
            return new RatedMerchants(entries, sector);
        var byId = entries.ToDictionary(e => e.Id);
        var moved = await store.Query<Guid>(
            "select distinct m.id from merchants m join events e on e.stream = m.id where e.at > @then",
            new { then = then.ToUnixTimeMilliseconds() },
            ct
        );
        foreach (var id in moved)
            byId[id] = await Then(store, byId[id], then, ct);
        return new RatedMerchants(byId.Values, sector);
    }

    /// <summary>The entry a merchant's cases count for.</summary>
    public Guid Root(Guid merchant)
    {
        // A chain of merges is short; a ring, which no rule allows, must not hang a list.
        for (var hops = 0; hops < 16 && entries.TryGetValue(merchant, out var entry); hops++)
        {
            if (entry.MergedInto is not { } into)
                break;
            merchant = into;
        }
        return merchant;
    }

    /// <summary>The entries that count for a merchant, itself included.</summary>
    public IReadOnlyList<Guid> Under(Guid merchant) =>
        [merchant, .. entries.Keys.Where(id => id != merchant && Root(id) == merchant)];

    /// <summary>Whether it is in the list's sector.</summary>
    public bool IsIn(Guid root) =>
        sector is null || (entries.TryGetValue(root, out var entry) && IsOf(entry.Sector, sector));

    /// <summary>Whether a merchant's sector is this one or a child of it.</summary>
    public static bool IsOf(string sector, string asked) => sector == asked || ParentOf(sector) == asked;

    /// <summary>What a list says of it.</summary>
    public RatedMerchant this[Guid root] =>
        entries.TryGetValue(root, out var e)
            // The contact of an imported merchant is unknown, which is not the same as none.
            ? new RatedMerchant(e.Id, e.Name, e.Sector, e.Enrolled, e.HasContact || IsImported(e))
            : new RatedMerchant(root, "?", "other", Enrolled: false, HasContact: false);

    /// <summary>It is known.</summary>
    public bool Knows(Guid merchant) => entries.ContainsKey(merchant);

    private static bool IsImported(Entry e) => e.Origin.StartsWith("import", StringComparison.Ordinal);

    private static string? ParentOf(string sector) =>
        Taxonomies.Taxonomies.Find(Taxonomies.Taxonomies.Current.Sectors, sector)?.Parent;

    private static async Task<Entry> Then(Store store, Entry now, DateTimeOffset then, CancellationToken ct)
    {
        Merchant? state = null;
        foreach (var one in await store.ReadStory(MerchantBook.Instance, now.Id, ct))
        {
            // An entry made later than its cases (an import) is taken as it began.
            if (one.At <= then || state is null)
                state = Merchant.Apply(state, one.Event, one.At);
        }
        return now with
        {
            Name = state!.Name,
            Sector = state.Sector,
            Enrolled = state.Enrolled,
            HasContact = state.HasContact,
            MergedInto = state.MergedInto,
        };
    }

    private sealed record Entry(
        Guid Id,
        string Name,
        string Sector,
        bool Enrolled,
        bool HasContact,
        Guid? MergedInto,
        string Origin
    );
}
