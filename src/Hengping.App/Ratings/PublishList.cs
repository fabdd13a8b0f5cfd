using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>Freezes and publishes a list with its case file.</summary>
public static class PublishList
{
    /// <summary>Two who publish at once: the second looks again, a few times.</summary>
    private const int TriesMax = 5;

    /// <summary>
    /// The published list, as an event of the log; the one that stands already, when there is one and no correction is
    /// asked for. With the consumers' list of a period that of the merchants' complaints is frozen, in one commit: a
    /// closed period is closed on both sides.
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
        // A sector's list is frozen and corrected with the whole.
        if (await WholeOf(store, asked, ct) is { } whole)
        {
            var all = correct is null ? null : (await Run(store, whole, correct, author, ct)).Refusal;
            return all is { } refused ? refused : (await Published.Latest(store, asked, ct))!;
        }
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
            var before = await Chain.Read(store, ct);
            var frozen = await Frozen(store, asked, before, now, ct);
            var published = Keep(store, frozen, (from.State?.Versions.Count ?? 0) + 1, correct, before.Tip);
            List<Change> changes = [store.Change(ListBook.Instance, from, now, author, [published])];
            if (correct is null && await OtherSide(store, asked, before, published, author, now, ct) is { } beside)
                changes.Add(beside);
            switch (await store.Append(new Commit([.. changes]), ct))
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
    public static Task<ListEvent.Published?> Find(Store store, ListRequest asked, CancellationToken ct) =>
        Published.Latest(store, asked, ct);

    /// <summary>
    /// A list of format 1 once more in format 2, from its own case file: the same numbers as of the same instant. One
    /// that has format 2 already is given as it is.
    /// </summary>
    public static async Task<Decided<ListEvent.Published>> Again(
        Store store,
        ListRequest asked,
        string author,
        CancellationToken ct
    )
    {
        if (await WholeOf(store, asked, ct) is { } whole)
        {
            var all = (await Again(store, whole, author, ct)).Refusal;
            return all is { } refused ? refused : (await Published.Latest(store, asked, ct))!;
        }
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var from = await store.Load(ListBook.Instance, ListBook.IdOf(asked), ct);
            if (from.State is not { } stands)
                return ListHistory.NotPublished;
            if (PublishedFormat.Of(stands.Latest.Json) > 1)
                return stands.Latest;
            var before = await Chain.Read(store, ct);
            var frozen = PublishedFormat.Renewed(stands.Latest, asked, store.Place.Data);
            var published = Keep(store, frozen, stands.Versions.Count + 1, PublishedFormat.Reason, before.Tip);
            var change = store.Change(ListBook.Instance, from, store.Now, author, [published]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                return published;
        }
        return Problems.Raced;
    }

    /// <summary>The list over all sectors, where one of a sector is asked for and that one is published.</summary>
    private static async Task<ListRequest?> WholeOf(Store store, ListRequest asked, CancellationToken ct)
    {
        var whole = asked with { Sector = null };
        return asked.Sector is not null && await Published.Latest(store, whole, ct) is not null ? whole : null;
    }

    // Null where it is published already, and where nobody of that side complained: an empty list says nothing.
    private static async Task<Change?> OtherSide(
        Store store,
        ListRequest asked,
        Chain before,
        ListEvent.Published published,
        string author,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (asked is not { Side: Side.Consumer, Sector: null })
            return null;
        var other = asked with { Side = Side.Merchant };
        var from = await store.Load(ListBook.Instance, ListBook.IdOf(other), ct);
        if (from.State is not null)
            return null;
        var frozen = await Frozen(store, other, before, now, ct);
        if (frozen.Frozen.List.Rows.Count == 0)
            return null;
        var beside = Keep(store, frozen, 1, null, published.Hash);
        return store.Change(ListBook.Instance, from, now, author, [beside]);
    }

    private static async Task<Renewed> Frozen(
        Store store,
        ListRequest asked,
        Chain before,
        DateTimeOffset asOf,
        CancellationToken ct
    )
    {
        var position = await store.First<long>(
            "select coalesce(max(position), 0) from checkpoints where name = @name",
            new { name = RatingsListener.Instance.Name },
            ct
        );
        var (_, cases, merchants) = await ExactLists.Frozen(store, asked, asOf, ct);
        var words = await Told.Words(store, asked, before, asOf, merchants, ct);
        var frozen = FrozenList.Of(
            new FrozenAs(asked.Period, asked.Sector, asked.Side, asked.Policy, asOf),
            cases,
            id => merchants[id],
            words
        );
        return new Renewed(frozen, position);
    }

    private static ListEvent.Published Keep(Store store, Renewed renewed, int version, string? reason, string? previous)
    {
        var ((list, tables), position) = renewed;
        var file = OpenFiles.Keep(store.Place.Data, tables);
        var digests = TableDigests.Of(tables);
        var json = new PublishedList(
            list,
            position,
            version,
            reason,
            tables.Digest(),
            file,
            previous,
            digests
        ).ToJson();
        using var document = JsonDocument.Parse(json);
        var hash = document.RootElement.GetProperty("hash").GetString()!;
        return new ListEvent.Published(
            list.Period,
            list.Sector,
            list.Side,
            list.Policy.Version,
            version,
            reason,
            list.AsOf,
            file,
            previous,
            hash,
            json
        );
    }
}

/// <summary>A frozen list and the position of the log it was computed at.</summary>
internal sealed record Renewed(FrozenList Frozen, long LogPosition);
