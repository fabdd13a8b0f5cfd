using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// What follows from a recorded erasure or lock, in every room. It may be done twice, or by two at once. The person's
/// own key goes last: while it lives, the erasure is not finished, and <see cref="ErasureRound"/> finds it.
/// </summary>
public static class ErasureRest
{
    private const int RacesMax = 4;

    /// <summary>Destroys every key of a person whose erasure stands in the log, or shuts it where a lock does; and
    /// removes what lies beside the log.</summary>
    public static async Task<Erasure.Result> Finish(Store store, Guid person, CancellationToken ct)
    {
        var how = await RecordLate(store, person, ct);
        var rooms = store.House.Persons;
        var gone = new List<Gone>();
        foreach (var room in rooms)
            gone.AddRange(await room.Keys(store, person, how.IsLock, ct));
        Guid[] streams = [.. gone.SelectMany(one => one.Streams)];
        var slots = gone.SelectMany(one => one.Slots).ToList();
        foreach (var room in rooms)
            slots.AddRange(await room.KeysAround(store, streams, how.IsLock, ct));
        End(store, slots, how);
        var messages = 0;
        foreach (var room in rooms)
            messages += await room.Forget(store, person, streams, ct);
        messages += await store.Write(
            (db, tx) => db.ExecuteAsync("delete from outbox where account = @person", new { person }, tx),
            ct
        );
        End(store, [await AccountDesk.PersonKey(store, person, ct) ?? 0], how);
        return Erasure.Result.Of(person, gone, messages);
    }

    /// <summary>
    /// Records the erasure of what was filed between the question and the commit of an erasure. After that commit
    /// nothing more comes: <see cref="AccountDesk.Standing"/>. What was held since waits, without its claimant's
    /// contact.
    /// </summary>
    private static async Task<Leaving> RecordLate(Store store, Guid person, CancellationToken ct)
    {
        var recorded = (await store.ReadStory(AccountBook.Instance, person, ct)).Last(one =>
            one.Event is AccountEvent.Erased or AccountEvent.Locked
        );
        var how = recorded.Event switch
        {
            AccountEvent.Erased e => new Leaving(e.Because),
            var e => new Leaving("request", ((AccountEvent.Locked)e).ErasesOn),
        };
        foreach (var room in store.House.Persons)
            for (var (tries, lost) = (0, true); lost && tries < RacesMax; tries++)
            {
                lost = false;
                var (late, _) = await room.Erase(store, person, how, recorded.Author, ct);
                foreach (var change in late)
                    lost |= await store.Append(new Commit([change]), ct) is not Outcome.Done;
            }
        return how;
    }

    private static void End(Store store, IEnumerable<long> slots, Leaving how)
    {
        foreach (var slot in slots.Where(slot => slot > 0).Distinct())
            if (how.IsLock)
                store.Keys.Shut(slot);
            else
                store.Keys.Destroy(slot);
    }
}
