using Dapper;
using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.JointComplaints;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// What follows from a recorded erasure. It may be done twice, or by two at once. The person's own key goes last: while
/// it lives, the erasure is not finished, and <see cref="ErasureRound"/> finds it.
/// </summary>
public static class ErasureRest
{
    private const int RacesMax = 4;

    private const string FilesOfPerson = """
        e.uploader = @person
        or e.id in (select re.evidence from report_evidence re
                    join reports r on r.id = re.report where r.reporter = @person)
        or e.id in (select ce.evidence from complaint_evidence ce
                    join complaints c on c.id = ce.complaint where c.claimant = @person)
        """;

    /// <summary>Destroys every key of a person whose erasure stands in the log, and what lies beside the log.</summary>
    public static async Task<Erasure.Result> Finish(Store store, Guid person, CancellationToken ct)
    {
        await RecordLate(store, person, ct);
        var of = new { person };
        var cases = await store.Query<(Guid Id, long Key)>(
            """
            select c.id, s.key from complaints c join streams s on s.stream = c.id where c.claimant = @person
              and exists (select 1 from events x where x.stream = c.id and x.kind = 'complaint.erased')
            """,
            of,
            ct
        );
        Guid[] ids = [.. cases.Select(one => one.Id)];
        var joint = await JointDesk.KeysOfErased(store, ids, ct);
        var evidence = await FileUse.FreeKeys(store, FilesOfPerson, of, ct);
        // Reports under the person's own name; an anonymous one is nobody's.
        var reports = await store.Query<long>(
            "select s.key from reports r join streams s on s.stream = r.id where r.reporter = @person and r.erased",
            of,
            ct
        );
        // While it can still be read what prints are made of; what a message brought there has keys of its own.
        var letters = await Traces.Remove(store, person, ct);
        Destroy(store, [.. cases.Select(one => one.Key), .. evidence, .. joint, .. reports, .. letters]);
        await Forget(store, ids, ct);
        await SessionRows.Clear(store, person, ct);
        var messages = await store.Write(
            (db, tx) =>
                db.ExecuteAsync(
                    "delete from outbox where account = @person or complaint in "
                        + "(select id from complaints where claimant = @person)",
                    of,
                    tx
                ),
            ct
        );
        Destroy(store, [await AccountDesk.PersonKey(store, person, ct) ?? 0]);
        return new Erasure.Result(person, ids.Length, evidence.Count, messages, reports.Count);
    }

    /// <summary>
    /// Records the erasure of what was filed between the question and the commit of an erasure. After that commit
    /// nothing more comes: <see cref="AccountDesk.Standing"/>.
    /// </summary>
    private static async Task RecordLate(Store store, Guid person, CancellationToken ct)
    {
        var recorded = (await store.Tell(AccountBook.Instance, person, ct)).LastOrDefault(told =>
            told.Event is AccountEvent.Erased
        );
        if (recorded is not { Event: AccountEvent.Erased { Because: var because }, Author: var author })
            return;
        var late = await store.Query<Guid>(
            """
            select c.id from complaints c where c.claimant = @person
              and not exists (select 1 from events x where x.stream = c.id and x.kind = 'complaint.erased')
            """,
            new { person },
            ct
        );
        foreach (var id in late)
            for (var tries = 0; tries < RacesMax; tries++)
            {
                var loaded = await store.Load(ComplaintBook.Instance, id, ct);
                // Held since: it waits, without its claimant's contact.
                if (loaded.State is not { IsErased: false } filed || filed.Erase(because).Event is not { } erased)
                    break;
                var change = store.Change(ComplaintBook.Instance, loaded, store.Now, author, [erased]);
                if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                    break;
            }
        var (reports, _) = await ReportKeeping.ErasedOf(store, person, because, author, ct);
        foreach (var change in reports)
            await store.Append(new Commit([change]), ct);
    }

    private static void Destroy(Store store, IEnumerable<long> slots)
    {
        foreach (var slot in slots.Where(slot => slot > 0).Distinct())
            store.Keys.Destroy(slot);
    }

    // The search index holds keyed codes only; they go all the same.
    private static async Task Forget(Store store, IReadOnlyList<Guid> cases, CancellationToken ct)
    {
        var index = TextIndex.For(store);
        await store.Write(
            async (db, tx) =>
            {
                foreach (var id in cases)
                    await index.Remove(id, db, tx);
                await ReplyPrints.Forget(cases, db, tx);
                return 0;
            },
            ct
        );
    }
}
