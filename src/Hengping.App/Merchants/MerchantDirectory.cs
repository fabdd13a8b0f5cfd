using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>An entry as other rooms need it.</summary>
public sealed record MerchantRow(
    Guid Id,
    string Name,
    string Sector,
    bool Platform,
    bool Enrolled,
    bool HasContact,
    Guid? MergedInto
);

/// <summary>Finds merchants, and adds those that a complaint or an import names for the first time.</summary>
public static class MerchantDirectory
{
    /// <summary>What a <see cref="MerchantRow"/> is read from.</summary>
    internal const string Columns =
        "id, name, sector, platform, enrolled, has_contact as HasContact, merged_into as MergedInto";

    /// <summary>
    /// SQL about <c>merchants m</c>: the caller may know that it is there. An entry that a filing made is public from
    /// the first delivery on: before, it would tell the company, and everybody, that somebody complains. Staff see it,
    /// and so does whoever filed. <c>@account</c> is the caller's.
    /// </summary>
    internal static string Known(Caller? caller) =>
        caller is { IsStaff: true }
            ? "1 = 1"
            : $"""
                (m.origin <> '{OfFiling}' or m.enrolled
                 or exists (select 1 from complaints c where c.respondent = m.id
                              and (c.delivered_at is not null or c.claimant = @account))
                 or exists (select 1 from rating_cases r where r.merchant = m.id)
                 or exists (select 1 from merchants f where f.merged_into = m.id))
                """;

    /// <summary>Origin of an entry that a filing made.</summary>
    public const string OfFiling = "complaint";

    /// <summary>By id, or null where the caller does not know of it.</summary>
    public static Task<MerchantRow?> Find(Store store, Guid id, Caller? caller, CancellationToken ct) =>
        store.First<MerchantRow>(
            $"select {Columns} from merchants m where m.id = @id and {Known(caller)}",
            new { id, account = caller?.Account ?? Guid.Empty },
            ct
        );

    /// <summary>By id, or null.</summary>
    public static Task<MerchantRow?> Find(Store store, Guid id, CancellationToken ct) =>
        store.First<MerchantRow>($"select {Columns} from merchants where id = @id", new { id }, ct);

    private sealed record HeadRow(long Version, long KeySlot);

    /// <summary>
    /// By id as it was known last, or null: for a commit that holds what stands beside it. Where that is raced, it is
    /// looked up at the next try. Whoever would say no on it asks <see cref="Find(Store, Guid, CancellationToken)"/>.
    /// </summary>
    public static async ValueTask<Stood<MerchantRow>?> FindKnown(Store store, Guid id, CancellationToken ct)
    {
        if (store.Memory.Of<MerchantRow>(id) is { } known)
            return known;
        // The version first: an entry that moves meanwhile is read too new for it, and the writer sees that.
        var head = await store.First<HeadRow>(
            "select version as Version, key as KeySlot from streams where stream = @id",
            new { id },
            ct
        );
        return head is not null && await Find(store, id, ct) is { } row
            ? store.Memory.Keep(
                new Stood<MerchantRow>(row, new Change(id, (int)head.Version, head.KeySlot, [], [], [], []))
            )
            : null;
    }

    /// <summary>
    /// By name, however it is written, or null. Entries from before may share one: the name written just so is meant,
    /// then one that is not merged, then the oldest.
    /// </summary>
    public static Task<MerchantRow?> Named(Store store, string name, CancellationToken ct) =>
        store.First<MerchantRow>(
            $"""
            select {Columns} from merchants where folded = @folded
            order by case when name = @name then 0 when merged_into is null then 1 else 2 end, added_at, id limit 1
            """,
            new { name = PlainText.Name(name) ?? "", folded = FoldedName.Of(name) },
            ct
        );

    /// <summary>The entries of one firm by its unified credit code; what was merged counts for what it was merged into.
    /// </summary>
    public static Task<IReadOnlyList<MerchantRow>> OfCode(Store store, string code, CancellationToken ct) =>
        store.Query<MerchantRow>(
            $"""
            select {Columns} from merchants
            where uscc = @code and merged_into is null order by name, id limit {OfCodeMax}
            """,
            new { code },
            ct
        );

    /// <summary>As many entries of one firm as anybody looks through.</summary>
    private const int OfCodeMax = 50;

    /// <summary>The unified credit code of an entry, or null.</summary>
    public static Task<string?> CodeOf(Store store, Guid id, CancellationToken ct) =>
        store.First<string?>("select uscc from merchants where id = @id", new { id }, ct);

    /// <summary>Another entry than this one has the name, however it is written.</summary>
    public static Task<bool> IsNamed(Store store, string name, Guid but, CancellationToken ct) =>
        store.First<bool>(
            "select exists (select 1 from merchants where folded = @folded and id <> @but)",
            new { folded = FoldedName.Of(name), but },
            ct
        );

    /// <summary>The entry that one counts for: itself, or the last of those it was merged into.</summary>
    public static async Task<MerchantRow> Root(Store store, MerchantRow row, CancellationToken ct)
    {
        // A chain of merges is short; a ring, which no rule allows, must not hang a request.
        for (var steps = 0; steps < MergesMax && row.MergedInto is { } into; steps++)
            row = await Find(store, into, ct) ?? throw new InvalidOperationException($"{row.Id}: merged into nothing");
        return row;
    }

    private const int MergesMax = 100;

    /// <summary>The after-sales contact on file, while it is readable.</summary>
    public static async Task<AfterSalesContact?> ContactOf(Store store, Guid merchant, CancellationToken ct)
    {
        var contact = default(ContactOnFile);
        foreach (var one in await store.ReadStory(MerchantBook.Instance, merchant, ct))
            contact = contact.After(one.Event);
        return contact.Now;
    }

    /// <summary>
    /// The change that adds a merchant, to be committed beside the event that names it. When somebody else adds the
    /// name meanwhile the commit answers <see cref="Outcome.Taken"/> with scope <see cref="MerchantBook.NameScope"/>:
    /// look it up again and retry.
    /// </summary>
    public static (Guid Id, Change? Change, Refusal? Refusal) Add(
        Store store,
        NewMerchant entry,
        string author,
        DateTimeOffset at
    )
    {
        var added = Merchant.Add(entry);
        if (added.Refusal is { } no)
            return (default, null, no);
        // The id stands in addresses: it says nothing of when somebody filed.
        var id = entry.Origin == OfFiling ? StreamId.Undated() : StreamId.Next();
        IReadOnlyList<MerchantEvent> events = entry.Enrolled
            ? [added.Event!, new MerchantEvent.Enrolled()]
            : [added.Event!];
        var fresh = new Loaded<Merchant>(id, 0, 0, null);
        return (id, store.Change(MerchantBook.Instance, fresh, at, author, events), null);
    }
}
