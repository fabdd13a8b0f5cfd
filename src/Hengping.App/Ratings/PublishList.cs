using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>Freezes and publishes a list with its case file.</summary>
public static class PublishList
{
    /// <summary>Two who publish at once: the second looks again, a few times.</summary>
    private const int TriesMax = 5;

    /// <summary>
    /// The published list, as an event of the log; the one that stands already, when there is one and no correction is
    /// asked for.
    /// </summary>
    /// <param name="correct">Reason of a correction, or null.</param>
    public static async Task<Decided<ListEvent.Published>> Run(
        Store store,
        ListRequest asked,
        string? correct,
        string author,
        CancellationToken ct
    )
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var from = await store.Load(ListBook.Instance, ListBook.IdOf(asked), ct);
            if (from.State is { } stands && correct is null)
                return stands.Latest;
            if (from.State is null && correct is not null)
                return ListHistory.NothingToCorrect;
            var now = store.Now;
            if (ListHistory.MayFreeze(asked.Period, now) is { } no)
                return no;
            var published = await Freeze(store, asked, from.State?.Versions.Count ?? 0, correct, now, ct);
            var change = store.Change(ListBook.Instance, from, now, author, [published]);
            switch (await store.Append(new Commit([change]), ct))
            {
                case Outcome.Done:
                    return published;
                case Outcome.Raced or Outcome.Taken:
                    continue;
                case var other:
                    throw new InvalidOperationException($"publishing a list gave {other}");
            }
        }
        return Problems.Raced;
    }

    /// <summary>The latest version of a list, or null.</summary>
    public static async Task<ListEvent.Published?> Find(Store store, ListRequest asked, CancellationToken ct) =>
        (await store.Load(ListBook.Instance, ListBook.IdOf(asked), ct)).State?.Latest;

    private static async Task<ListEvent.Published> Freeze(
        Store store,
        ListRequest asked,
        int versions,
        string? correct,
        DateTimeOffset asOf,
        CancellationToken ct
    )
    {
        var position = await store.First<long>(
            "select coalesce(max(position), 0) from checkpoints where name = @name",
            new { name = RatingsListener.Instance.Name },
            ct
        );
        var (list, cases) = await Standing.Frozen(store, asked, asOf, ct);
        var (file, digest, all) = OpenFiles.Write(store.Place.Data, cases, asOf);
        var previous = await Tip(store, ct);
        var json = new PublishedList(list, position, versions + 1, correct, digest, all, file, previous).ToJson();
        using var document = JsonDocument.Parse(json);
        return new ListEvent.Published(
            asked.Period.Code,
            asked.Sector,
            asked.Side,
            asked.Policy.Version,
            versions + 1,
            correct,
            asOf,
            file,
            previous,
            document.RootElement.GetProperty("hash").GetString()!,
            json
        );
    }

    /// <summary>The list that no other one follows yet; null where nothing is published.</summary>
    private static Task<string?> Tip(Store store, CancellationToken ct) =>
        store.First<string?>(
            """
            select hash from rating_lists l
            where not exists (select 1 from rating_lists n where n.previous_hash = l.hash)
            """,
            null,
            ct
        );
}
