using System.Collections.Concurrent;
using Hengping.App.Complaints;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>
/// Whom a source names, counted without being found: the first case of theirs holds their name, sealed, and a claim on
/// its print; its id is theirs from then on. An id drawn from nothing stays in the log when the name is erased, and
/// tells nothing.
/// </summary>
internal sealed class SourceClaimants(Store store, string source)
{
    private const int ReadMax = 400;
    private readonly ConcurrentDictionary<string, Guid> known = new(StringComparer.Ordinal);

    private sealed record Held(string Key, Guid Stream);

    /// <summary>Learns the ids of those who have one.</summary>
    public async Task Ready(IEnumerable<string?> names, CancellationToken ct)
    {
        var prints = store.Keys.Prints;
        var asked = names
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Where(name => !known.ContainsKey(name))
            .ToDictionary(
                name => ComplaintBook.ImportClaimantReservation(prints, source, name).Key,
                name => name,
                StringComparer.Ordinal
            );
        foreach (var keys in asked.Keys.Chunk(ReadMax))
        foreach (
            var held in await store.Query<Held>(
                "select key as Key, stream as Stream from claims where scope = @scope and key in @keys",
                new { scope = ComplaintBook.ImportClaimantScope, keys },
                ct
            )
        )
            known.TryAdd(asked[held.Key], held.Stream);
    }

    /// <summary>The id of a name; that of this case where it is the first of theirs.</summary>
    public Guid Of(string name, Guid stream) => known.GetOrAdd(name, stream);

    /// <summary>Another import was first with this name.</summary>
    public void Belongs(string name, Guid stream) => known[name] = stream;

    /// <summary>The case that was to be the first of theirs is not in the log.</summary>
    public void Forget(string? name, Guid stream)
    {
        if (name is not null)
            known.TryRemove(KeyValuePair.Create(name, stream));
    }
}
