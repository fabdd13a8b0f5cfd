using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Importing;

/// <summary>What an import did, in rows and seconds; <c>--json</c> prints it.</summary>
/// <param name="Skipped">Loaded by an earlier run.</param>
/// <param name="Merchants">Respondents that were new.</param>
public sealed record ImportResult(
    long Read,
    long Imported,
    long Skipped,
    long Rejected,
    long Merchants,
    double Seconds
);

/// <summary>
/// Loads one file: one thread reads and maps, others put rows through the rules and seal them, the store's writer
/// commits hundreds at once. Only what is on its way is in memory. Interrupted, it goes on where it was.
/// </summary>
internal sealed class ImportRun(Store store, Mapping mapping, RejectsFile rejects, bool enrolled)
{
    private const int BatchRows = 512;
    private const int BatchesAhead = 4;
    private const int BatchesInFlight = 8;

    private readonly string author = Merchant.Imported + mapping.Source;
    private readonly SourceMerchants merchants = new(store, Merchant.Imported + mapping.Source, enrolled);
    private readonly SourceClaimants claimants = new(store, mapping.Source);
    private readonly Lock counting = new();
    private long read;
    private long imported;
    private long skipped;

    private sealed record Taken(SourceRow Row, SourceComplaint Complaint);

    /// <summary>Rows read so far, for progress.</summary>
    public long Read => Interlocked.Read(ref read);

    /// <summary>Loads the table to its end.</summary>
    public async Task<ImportResult> Load(SourceTable table, ImportAsk ask, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var batches = System.Threading.Channels.Channel.CreateBounded<List<Taken>>(BatchesAhead);
        var reading = Task.Run(() => ReadAll(table, ask, batches.Writer, stop.Token), CancellationToken.None);
        var flying = new List<Task>(BatchesInFlight);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                var fresh = await NotYetLoaded(batch, ct);
                await merchants.Ready(batch.Select(taken => taken.Complaint), ct);
                if (flying.Count == BatchesInFlight)
                    await Landed(flying);
                if (fresh.Count > 0)
                    flying.Add(Task.Run(() => Commit(fresh, ask, ct), ct));
            }
            while (flying.Count > 0)
                await Landed(flying);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([reading, .. flying]);
        }
        var seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        return new ImportResult(read, imported, skipped, rejects.Count, merchants.Added, seconds);
    }

    private static async Task Landed(List<Task> flying)
    {
        var one = await Task.WhenAny(flying);
        flying.Remove(one);
        await one;
    }

    private async Task ReadAll(
        SourceTable table,
        ImportAsk ask,
        ChannelWriter<List<Taken>> batches,
        CancellationToken ct
    )
    {
        try
        {
            var mapper = new RowMapper(mapping, table, ask);
            var keys = new RowKeys();
            var batch = new List<Taken>(BatchRows);
            foreach (var row in table.Rows())
            {
                Interlocked.Increment(ref read);
                if (Accept(row, mapper, keys) is { } complaint)
                    batch.Add(new Taken(row, complaint));
                if (batch.Count < BatchRows)
                    continue;
                await batches.WriteAsync(batch, ct);
                batch = new List<Taken>(BatchRows);
            }
            if (batch.Count > 0)
                await batches.WriteAsync(batch, ct);
            batches.Complete();
        }
        catch (OperationCanceledException)
        {
            batches.TryComplete();
        }
        catch (Exception fault)
        {
            batches.TryComplete(fault);
        }
    }

    private SourceComplaint? Accept(SourceRow row, RowMapper mapper, RowKeys keys)
    {
        var made = mapper.Map(row, "");
        if (made.Refusal is { } no)
        {
            Reject(row, no);
            return null;
        }
        var id = mapper.IdOf(row);
        if (RowKeys.IsRounded(id))
        {
            Reject(row, Importing.Reject.RoundedId);
            return null;
        }
        if (id.Length > Importing.Reject.IdLimit)
        {
            Reject(row, Importing.Reject.LongId);
            return null;
        }
        if (keys.Next(id, row) is { } key)
            return made.Event! with { Key = key };
        Reject(row, Importing.Reject.Duplicate);
        return null;
    }

    private void Reject(SourceRow row, Rules.Refusal why)
    {
        lock (counting)
            rejects.Add(row, why);
    }

    private async Task<List<Taken>> NotYetLoaded(List<Taken> batch, CancellationToken ct)
    {
        var claims = batch.ConvertAll(taken => ComplaintBook.ImportReservation(mapping.Source, taken.Complaint.Key));
        var loaded = await store.Held(ComplaintBook.ImportScope, claims.ConvertAll(claim => claim.Key), ct);
        if (loaded.Count == 0)
            return batch;
        var fresh = batch.Where((_, i) => !loaded.Contains(claims[i].Key)).ToList();
        Interlocked.Add(ref skipped, batch.Count - fresh.Count);
        return fresh;
    }

    private async Task Commit(List<Taken> batch, ImportAsk ask, CancellationToken ct)
    {
        var changes = new List<Change>(batch.Count);
        var takens = new List<Taken>(batch.Count);
        var keys = new long[batch.Count];
        store.Keys.Create(keys);
        await claimants.Ready(batch.Select(taken => taken.Complaint.Claimant), ct);
        for (var i = 0; i < batch.Count; i++)
        {
            if (Decide(batch[i], keys[i], ask) is not { } change)
                continue;
            changes.Add(change);
            takens.Add(batch[i]);
        }
        if (changes.Count == 0)
            return;
        if (await store.Append(new Commit(changes), ct) is Outcome.Done)
        {
            Interlocked.Add(ref imported, changes.Count);
            return;
        }
        // Another import of the same file got ahead of us with one of these rows: the others are not its matter.
        for (var i = 0; i < changes.Count; i++)
            await CommitAlone(takens[i], changes[i], ask, ct);
    }

    private async Task CommitAlone(Taken taken, Change change, ImportAsk ask, CancellationToken ct)
    {
        while (true)
        {
            switch (await store.Append(new Commit([change]), ct))
            {
                case Outcome.Done:
                    Interlocked.Increment(ref imported);
                    return;
                case Outcome.Taken { Reservation.Scope: ComplaintBook.ImportScope }:
                    claimants.Forget(taken.Complaint.Claimant, change.Stream);
                    Interlocked.Increment(ref skipped);
                    return;
                case Outcome.Taken { Reservation.Scope: ComplaintBook.ImportClaimantScope } lost:
                    claimants.Belongs(taken.Complaint.Claimant!, lost.By);
                    change = Decide(taken, key: 0, ask)!;
                    break;
                default:
                    // A case number was drawn that somebody has, or print keys were changed: again.
                    claimants.Forget(taken.Complaint.Claimant, change.Stream);
                    change = Decide(taken, key: 0, ask)!;
                    break;
            }
        }
    }

    private Change? Decide(Taken taken, long key, ImportAsk ask)
    {
        var source = taken.Complaint;
        var id = StreamId.Next();
        var claimant = source.Claimant is { } name ? claimants.Of(name, id) : (Guid?)null;
        var filing = new SourceFiling
        {
            Number = CaseNumber.From(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
            Respondent = merchants[source.Respondent],
            Sector = "other",
            Problem = source.Problem,
            Source = new Imported(mapping.Source, source.Key, source.Tags),
            Claimant = claimant,
            ClaimantName = claimant == id ? source.Claimant : null,
            Amount = source.Amount,
            Demands = source.Demands,
            Story = source.Text,
        };
        var events = new List<(DateTimeOffset At, ComplaintEvent Event)>(1 + source.Course.Count);
        if (SourceHistory.Tell(source, filing, author, ask.Now, events) is { } no)
        {
            claimants.Forget(source.Claimant, id);
            Reject(taken.Row, no);
            return null;
        }
        var stream = new Loaded<Complaint>(id, 0, key, null);
        var story = events.Select(e => new Stamped<ComplaintEvent>(e.Event, e.At, author)).ToList();
        return store.Change(ComplaintBook.Instance, stream, story);
    }
}
