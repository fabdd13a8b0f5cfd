using System.CommandLine;
using Dapper;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// Erasing a person: the fact is written to the log first, then every key is destroyed, then what lies open beside
/// the log goes. Killed in between, the same call again finishes it.
/// </summary>
public static class Erasure
{
    /// <summary>What was erased.</summary>
    public sealed record Result(Guid Person, int Cases, int Evidence, int Messages, int Reports = 0);

    /// <summary>No such person.</summary>
    public static readonly Refusal Unknown = new("erase.unknown", "没有这个人", "No such person");

    /// <summary>An open case needs these data.</summary>
    public static readonly Refusal OpenCases = new(
        "erase.open-cases",
        "还有未办结的投诉；请先撤回或等待办结",
        "There are open complaints; withdraw them or wait until they are closed"
    );

    /// <summary><c>hengping erase --person ID</c> (the account's id, or a phone number).</summary>
    public static Command Create()
    {
        var person = new Option<string>("--person")
        {
            Required = true,
            Description = "账户 ID 或手机号 / account id or phone",
        };
        var command = new Command("erase", "销毁此人的密钥 / destroy a person's keys") { person };
        command.SetAction(
            (parsed, ct) =>
                Cli.WithStore(
                    parsed,
                    ct,
                    async store =>
                    {
                        var id = await Find(store, parsed.GetValue(person)!, ct) ?? throw new Refused(Unknown);
                        if (await HasOpen(store, id, ct))
                            throw new Refused(OpenCases);
                        var result = await Erase(store, id, "request", author: "cli", ct);
                        if (result.Refusal is { } no)
                            throw new Refused(no);
                        await store.Wipe(ct);
                        if (parsed.GetValue(Cli.Json))
                            Cli.Print(result.Event!);
                        else
                            Say(result.Event!);
                        return 0;
                    }
                )
        );
        return command;
    }

    private static void Say(Result gone) =>
        Cli.Say(
            $"已删除 {gone.Person:D}：案件 {gone.Cases}，举报 {gone.Reports}，证据 {gone.Evidence}，消息 {gone.Messages}"
                + " / erased: person, cases, reports, pieces of evidence, messages"
        );

    /// <summary>Whether a complaint of theirs still goes on: it needs their data.</summary>
    public static async Task<bool> HasOpen(Store store, Guid person, CancellationToken ct) =>
        (
            await store.Query<int>(
                "select 1 from complaints where claimant = @person and closed_at is null limit 1",
                new { person },
                ct
            )
        ).Count > 0;

    /// <summary>Erases everything sealed for one person: profile, cases, evidence, messages.</summary>
    public static async Task<Decided<Result>> Erase(
        Store store,
        Guid person,
        string because,
        string author,
        CancellationToken ct
    )
    {
        if (await Record(store, person, because, author, ct) is { } refused)
            return refused;
        var ids = await store.Query<Guid>("select id from complaints where claimant = @person", new { person }, ct);
        var cases = await store.Query<long>(
            "select s.key from complaints c join streams s on s.stream = c.id where c.claimant = @person",
            new { person },
            ct
        );
        var joint = await JointDesk.KeysOfErased(store, ids, ct);
        var evidence = await store.Query<long>(
            """
            select s.key from evidence e join streams s on s.stream = e.id
            where (e.uploader = @person
               or e.id in (select re.evidence from report_evidence re
                           join reports r on r.id = re.report where r.reporter = @person)
               or e.id in (select ce.evidence from complaint_evidence ce
                           join complaints c on c.id = ce.complaint where c.claimant = @person))
              -- What is evidence in a case or report of somebody else goes with that one.
              and not exists (
                select 1 from complaint_evidence o join complaints c on c.id = o.complaint
                where o.evidence = e.id and (c.claimant is null or c.claimant <> @person)
                  and not exists (select 1 from events x where x.stream = c.id and x.kind = 'complaint.erased'))
              and not exists (
                select 1 from report_evidence o join reports r on r.id = o.report
                where o.evidence = e.id and (r.reporter is null or r.reporter <> @person)
                  and not exists (select 1 from events x where x.stream = r.id and x.kind = 'report.erased'))
            """,
            new { person },
            ct
        );
        // Reports under the person's own name; an anonymous one is nobody's.
        var reports = await store.Query<long>(
            "select s.key from reports r join streams s on s.stream = r.id where r.reporter = @person",
            new { person },
            ct
        );
        var own = await AccountDesk.PersonKey(store, person, ct);
        // While it can still be read what prints are made of; what a message brought there has keys of its own.
        var letters = await Traces.Remove(store, person, ct);
        long[] slots = [.. cases, .. evidence, .. joint, .. reports, .. letters, own ?? 0];
        foreach (var slot in slots.Where(slot => slot > 0).Distinct())
            store.Keys.Destroy(slot);
        await Forget(store, person, ct);
        await SessionRows.Clear(store, person, ct);
        var messages = await store.Write(
            (db, tx) =>
                db.ExecuteAsync(
                    "delete from outbox where account = @person "
                        + "or complaint in (select id from complaints where claimant = @person)",
                    new { person },
                    tx
                ),
            ct
        );
        return new Result(person, cases.Count, evidence.Count, messages, reports.Count);
    }

    /// <summary>
    /// The person's erasure and that of each of their cases and reports, in one commit: a hold placed meanwhile moves
    /// its case or report, and then nothing is erased.
    /// </summary>
    private static async Task<Refusal?> Record(
        Store store,
        Guid person,
        string because,
        string author,
        CancellationToken ct
    )
    {
        var account = await store.Load(AccountBook.Instance, person, ct);
        if (account.State is null)
            return Problems.NotFound;
        var gone = Account.Erase(because);
        List<Change> changes = [store.Change(AccountBook.Instance, account, store.Now, author, [gone])];
        var cases = await store.Query<Guid>("select id from complaints where claimant = @person", new { person }, ct);
        foreach (var id in cases)
        {
            var loaded = await store.Load(ComplaintBook.Instance, id, ct);
            if (loaded.State is not { IsErased: false } complaint)
                continue;
            var erased = complaint.Erase(because);
            if (erased.Refusal is { } held)
                return held;
            changes.Add(store.Change(ComplaintBook.Instance, loaded, store.Now, author, [erased.Event!]));
        }
        var (reports, kept) = await ReportKeeping.ErasedOf(store, person, because, author, ct);
        if (kept is not null)
            return kept;
        changes.AddRange(reports);
        return await store.Append(new Commit(changes), ct) is Outcome.Done ? null : Problems.Raced;
    }

    // The search index holds keyed codes only; they go all the same.
    private static async Task Forget(Store store, Guid person, CancellationToken ct)
    {
        var index = TextIndex.For(store);
        var cases = await store.Query<Guid>("select id from complaints where claimant = @person", new { person }, ct);
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

    /// <summary>An account by id or by phone, whatever its role; erased ones by id only.</summary>
    private static async Task<Guid?> Find(Store store, string wanted, CancellationToken ct)
    {
        object args = Guid.TryParse(wanted, out var id)
            ? new { id, print = "" }
            : new { id = Guid.Empty, print = AccountDesk.PhonePrint(store, wanted) };
        var rows = await store.Query<Guid>("select id from accounts where id = @id or phone_print = @print", args, ct);
        return rows.Count == 0 ? null : rows[0];
    }
}
