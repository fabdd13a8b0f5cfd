using System.Collections.Concurrent;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Importing;

/// <summary>
/// The respondents of one import by their names, however they are written. New ones are added before the complaints
/// that name them; with <c>--enrolled</c> those an import added, now or before, take part.
/// </summary>
internal sealed class SourceMerchants(Store store, string author, bool enrolled)
{
    private const int NamesAtOnce = 200;

    // A source does not say since when a merchant is there, and its rows come in any order: entries are dated before
    // the history, so that a list of any past day finds them.
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    // Read by the threads that decide rows while the next names are made ready.
    private readonly ConcurrentDictionary<string, Guid> known = new(StringComparer.Ordinal);

    private sealed record Entry(Guid Id, string Name, bool Enrolled, string Origin)
    {
        public bool IsImported => Origin.StartsWith(Merchant.Imported, StringComparison.Ordinal);
    }

    /// <summary>How many were new.</summary>
    public long Added { get; private set; }

    /// <summary>The id of a name that was made ready.</summary>
    public Guid this[string name] => known[name];

    /// <summary>Makes sure that all these names have an entry.</summary>
    public Task Ready(IEnumerable<SourceComplaint> complaints, CancellationToken ct) =>
        Ready(complaints.Select(complaint => (complaint.Respondent, complaint.FiledAt)), ct);

    /// <summary>The same of names, with when each was there.</summary>
    public async Task Ready(IEnumerable<(string Name, DateTimeOffset At)> named, CancellationToken ct)
    {
        var first = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (name, at) in named)
        {
            if (known.ContainsKey(name))
                continue;
            if (!first.TryGetValue(name, out var before) || at < before)
                first[name] = at;
        }
        foreach (var names in first.Chunk(NamesAtOnce))
            await Ready(names, ct);
    }

    private async Task Ready(IReadOnlyList<KeyValuePair<string, DateTimeOffset>> names, CancellationToken ct)
    {
        await Find(names, ct);
        var changes = new List<Change>();
        var fresh = new Dictionary<string, Guid>(StringComparer.Ordinal);
        // Two written alike but for width, brackets and spaces are one; it is there since the earlier case of theirs.
        foreach (var one in names.Where(n => !known.ContainsKey(n.Key)).GroupBy(n => FoldedName.Cased(n.Key)))
        {
            var (id, change) = Add(one.First().Key, one.Min(n => n.Value));
            foreach (var (name, _) in one)
                fresh[name] = id;
            changes.Add(change);
        }
        if (changes.Count == 0)
            return;
        if (await store.Append(new Commit(changes), ct) is Outcome.Done)
        {
            Added += changes.Count;
            foreach (var (name, id) in fresh)
                known[name] = id;
            return;
        }
        // Somebody added one of these names meanwhile: that entry holds, the others are added one by one.
        foreach (var (name, filed) in names)
            await ReadyAlone(name, filed, ct);
    }

    private async Task ReadyAlone(string name, DateTimeOffset filed, CancellationToken ct)
    {
        await Find([new(name, filed)], ct);
        while (!known.ContainsKey(name))
        {
            var (id, change) = Add(name, filed);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
            {
                Added++;
                known[name] = id;
            }
            else
            {
                await Find([new(name, filed)], ct);
            }
        }
    }

    private (Guid Id, Change Change) Add(string name, DateTimeOffset filed)
    {
        var at = filed < Beginning ? filed : Beginning;
        var entry = new NewMerchant(name, "other", author, enrolled);
        var (id, change, no) = MerchantDirectory.Add(store, entry, author, at);
        return no is null ? (id, change!) : throw new Refused(no);
    }

    private async Task Find(IEnumerable<KeyValuePair<string, DateTimeOffset>> names, CancellationToken ct)
    {
        var folded = names.ToLookup(entry => FoldedName.Of(entry.Key), entry => entry.Key, StringComparer.Ordinal);
        var rows = await store.Query<Entry>(
            """
            select id as Id, name as Name, enrolled as Enrolled, origin as Origin from merchants where folded in @folded
            order by case when merged_into is null then 0 else 1 end, added_at, id
            """,
            new { folded = folded.Select(entry => entry.Key).ToArray() },
            ct
        );
        // Entries may share a folded name: the one written just so is meant, then the first; capitals are nothing to
        // one that registered here, but keep apart what sources name.
        foreach (var row in rows)
        foreach (var name in folded[FoldedName.Of(row.Name)])
            if (row.Name == name)
                known[name] = row.Id;
            else if (!row.IsImported || FoldedName.Cased(row.Name) == FoldedName.Cased(name))
                known.TryAdd(name, row.Id);
        foreach (var row in enrolled ? rows.Where(row => !row.Enrolled && known.Values.Contains(row.Id)) : [])
            await Enrol(row.Id, ct);
    }

    // Only entries that imports made: who registered here enrols by himself.
    private async Task Enrol(Guid id, CancellationToken ct)
    {
        var loaded = await store.Load(MerchantBook.Instance, id, ct);
        if (
            loaded.State is not { Enrolled: false, MergedInto: null } state
            || !state.Origin.StartsWith(Merchant.Imported, StringComparison.Ordinal)
        )
            return;
        var at = state.AddedAt;
        var change = store.Change(MerchantBook.Instance, loaded, at, author, [new MerchantEvent.Enrolled()]);
        await store.Append(new Commit([change]), ct);
    }
}
