using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Evidence;

namespace Hengping.App.Evidence;

/// <summary>Where evidence is put: streamed to disk, sealed on the way, judged by content and by the day's share.
/// </summary>
public sealed class EvidenceShelf(Store store, EvidenceQuota quota)
{
    private const int RacesMax = 3;

    /// <summary>What the uploader gets.</summary>
    /// <param name="Held">Nobody but its uploader and staff is shown it; absent where others are.</param>
    public sealed record Receipt(Guid Id, string Sha256, string MediaType, long Bytes, bool? Held);

    /// <summary>Who brings something.</summary>
    /// <param name="Address">Counted where nobody has signed in; null for an account.</param>
    public sealed record Bringer(Caller Caller, string? Address)
    {
        /// <summary>Somebody with an account.</summary>
        public static Bringer Known(Caller caller) => new(caller, Address: null);

        /// <summary>Nobody is to learn the instant it came: its id and its times say no more than the day.</summary>
        public bool IsCoarse { get; init; }
    }

    /// <summary>Keeps one file. Its change must be appended, or the file forgotten.</summary>
    /// <exception cref="Refused">Not an accepted kind, empty, too large, or too much for a day.</exception>
    public async Task<(Receipt Receipt, Change Change)> Keep(
        Bringer who,
        string? name,
        Stream content,
        CancellationToken ct
    )
    {
        Guid? account = who.Address is null ? who.Caller.Account : null;
        var left = await quota.Left(account, who.Address ?? "", ct);
        // An id that grows with time tells the millisecond.
        var id = who.IsCoarse ? Guid.NewGuid() : StreamId.Next();
        var slot = store.Keys.Create();
        MediaKind? kind = null;
        var written = await SealedFile.Write(
            store.Keys,
            slot,
            id,
            content,
            UploadEvidence.Directory(store.Place),
            head =>
            {
                if (head.Length == 0)
                    throw new Refused(MediaKind.Empty);
                kind = MediaKind.Of(head.Span[..Math.Min(head.Length, MediaKind.HeadBytes)]);
                return Math.Min(kind?.BytesMax ?? throw new Refused(MediaKind.NotAccepted), left);
            },
            () => kind!.BytesMax <= left ? MediaKind.TooLarge : quota.Over(),
            ct
        );
        try
        {
            await quota.Take(account, who.Address ?? "", written.Bytes, ct);
            var held = !CanBeShown(id, kind!, written);
            var uploaded = new EvidenceEvent.Uploaded(
                who.Caller.Account,
                kind!.MediaType,
                written.Bytes,
                written.Sha256,
                written.File
            )
            {
                Name = name is { Length: > 200 } ? name[..200] : name,
                Held = held,
            };
            var fresh = new Loaded<EvidenceItem>(id, 0, slot, null);
            var at = who.IsCoarse ? Shanghai.StartOf(Shanghai.DayOf(store.Now)).ToUniversalTime() : store.Now;
            var change = store.Change(EvidenceBook.Instance, fresh, at, who.Caller.Author, [uploaded]) with
            {
                IsCoarse = who.IsCoarse,
            };
            var receipt = new Receipt(id, written.Sha256, kind.MediaType, written.Bytes, held ? true : null);
            return (receipt, change);
        }
        catch
        {
            Forget(written.File);
            throw;
        }
    }

    /// <summary>Appends what was kept; of somebody with an account only while that stands.</summary>
    public async Task<Outcome> Append(Bringer who, Change kept, Idempotent? once, CancellationToken ct)
    {
        if (who.Address is not null)
            return await store.Append(new Commit([kept], once), ct);
        var account = who.Caller.Account;
        for (var tries = 0; await AccountDesk.Standing(store, account, ct) is { } standing; tries++)
            if (await store.Append(new Commit([standing, kept], once), ct) is var outcome)
                if (tries >= RacesMax || outcome is not Outcome.Raced raced || raced.Stream != account)
                    return outcome;
        return new Outcome.Raced(account);
    }

    /// <summary>Takes a file away whose change was not appended after all.</summary>
    public void Forget(Change change)
    {
        foreach (var row in change.Rows)
            if (row.Table.Name == "evidence")
                Forget((string)row.Values[5]!);
    }

    // In a backup that is being taken it stays, as a file that nothing names.
    private void Forget(string file)
    {
        using var go = FilesStay.MayGo(store.Place);
        if (go is not null)
            SealedFile.Delete(UploadEvidence.Directory(store.Place), file);
    }

    private bool CanBeShown(Guid id, MediaKind kind, SealedFile.Written written)
    {
        var path = SealedFile.PathOf(UploadEvidence.Directory(store.Place), written.File);
        using var content = SealedFile.Read(store.Keys, id, path, written.Bytes);
        return content is not null && CleanCopy.Pieces(kind.MediaType, content) is not null;
    }
}
