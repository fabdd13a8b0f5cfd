using System.Threading.Channels;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// The one queue of a process: a thread of its own takes all that waits and commits it in one transaction, so that
/// many requests share one write to disk. Nobody is answered before that commit; one's conflict is its own.
/// </summary>
internal sealed partial class Writer : IDisposable
{
    internal const int BatchMax = 512;
    internal const int QueueMax = 4096;

    /// <summary>Two batches: more wait where they come faster than they are kept.</summary>
    internal const int WaitingMost = 2 * BatchMax;
    internal static readonly TimeSpan AnswersKept = TimeSpan.FromHours(24);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    // Shorter than PostgreSQL waits for whoever holds the lock and is silent.
    private static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(1.5);

    private readonly Engine engine;
    private readonly KeyRing keys;
    private readonly string ring;
    private readonly Func<DateTimeOffset> clock;
    private readonly Func<bool> mayForget;
    private readonly Action<List<StoredEvent>> landed;
    private readonly Thread thread;
    private readonly Channel<Job> queue = System.Threading.Channels.Channel.CreateBounded<Job>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private long sweptAtMs = Environment.TickCount64;

    /// <summary>How long batches took and waited.</summary>
    public WriterFigures Figures { get; }

    private Task flushed = Task.CompletedTask;

    /// <param name="mayForget">The clock is believed: what is too old by it may go.</param>
    public Writer(
        Engine engine,
        KeyRing keys,
        Func<DateTimeOffset> clock,
        Func<bool> mayForget,
        Action<List<StoredEvent>> landed
    )
    {
        this.engine = engine;
        this.keys = keys;
        ring = keys.Print;
        this.clock = clock;
        this.mayForget = mayForget;
        this.landed = landed;
        Figures = new WriterFigures(() => queue.Reader.Count);
        thread = new Thread(Run) { IsBackground = true, Name = "store writer" };
        thread.Start();
    }

    /// <summary>Waits for room in the queue (then the caller may still leave) and for the commit.</summary>
    public async Task<Outcome> Append(Commit commit, CancellationToken ct)
    {
        var job = new CommitJob(commit, ct);
        await queue.Writer.WriteAsync(job, ct);
        TellGathering();
        return await job.Answer;
    }

    /// <summary>A write of its own under the log's lock, as short as a batch.</summary>
    public Task<T> Write<T>(Func<WriteSession, T> work, CancellationToken ct) =>
        Ask(() => Under(engine.Begin(), work), ct);

    /// <summary>Work of its own under the log's lock that takes as long as it takes.</summary>
    public Task<T> Work<T>(Func<WriteSession, T> work, CancellationToken ct) =>
        Ask(() => Under(engine.BeginWork(), work), ct);

    /// <summary>A short transaction that needs no lock of the log's, in this queue all the same.</summary>
    public Task<T> Beside<T>(Func<WriteSession, T> work, CancellationToken ct) =>
        Ask(() => Under(engine.BeginBeside(), work), ct);

    private async Task<T> Ask<T>(Func<T> ask, CancellationToken ct)
    {
        var job = new AskJob(() => ask(), ct);
        await queue.Writer.WriteAsync(job, ct);
        return (T)(await job.Answer)!;
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
    }

    private void Run()
    {
        var batch = new List<CommitJob>(BatchMax);
        var last = 0;
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Gather(last);
            AskJob? next = null;
            while (batch.Count < BatchMax && next is null && queue.Reader.TryRead(out var job))
            {
                if (job.Cancelled.IsCancellationRequested)
                    job.Fail(new OperationCanceledException(job.Cancelled));
                else if (job is CommitJob commit)
                    batch.Add(commit);
                else
                    next = (AskJob)job;
            }
            Settle(batch, mayAskAgain: true);
            last = batch.Count;
            batch.Clear();
            if (next is not null)
                Settle(next);
            SweepAnswers();
        }
    }

    private void Settle(IReadOnlyList<CommitJob> batch, bool mayAskAgain)
    {
        if (batch.Count == 0)
            return;
        try
        {
            var (outcomes, events) = Attempt(batch);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Done(outcomes[i]);
            if (events.Count > 0)
                landed(events);
        }
        catch (Exception fault) when (engine.Away(fault) is { } away)
        {
            // Nobody's fault in the batch: trying one by one would only keep everybody waiting longer.
            if (mayAskAgain && engine.MayAskAgain(fault))
                Settle(batch, mayAskAgain: false);
            else
                foreach (var one in batch)
                    one.Fail(away);
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them is at fault: alone, each gets what is its own.
            foreach (var one in batch)
                Settle([one], mayAskAgain);
        }
        catch (Exception fault)
        {
            batch[0].Fail(fault);
        }
    }

    private (Outcome[], List<StoredEvent>) Attempt(IReadOnlyList<CommitJob> batch)
    {
        using var commit = Figures.Commits.Begin();
        // While the disk of the keys hangs the log's lock is not even asked for: other nodes may have another way.
        if (IsFlushHanging())
            throw KeysAway();
        flushed = Task.Run(keys.Flush);
        Draft draft;
        Outcome[] outcomes;
        Exception lost;
        var asked = new Asked();
        foreach (var job in batch)
            asked.Add(job.Commit);
        var (session, ground, now) = Locked(asked);
        using (session)
        {
            // A restore or --new-keys beside this process: what it sealed would lie under slots of another ring.
            if (ground.Ring != ring)
                throw new StoreAway(RingOfStore.Changed);
            keys.TakePrints(ground.Prints);
            var judge = new Conflicts(ground, now);
            outcomes = [.. batch.Select(job => judge.Take(job.Commit))];
            draft = judge.Draft;
            if (!draft.IsEmpty)
                session.Save(draft);
            if (IsFlushHanging())
                throw KeysAway();
            try
            {
                flushed.GetAwaiter().GetResult();
            }
            catch (IOException fault)
            {
                throw new StoreAway(StoreAway.Away, fault);
            }
            if (draft.IsEmpty)
                return (outcomes, []);
            try
            {
                session.Commit();
                return (outcomes, draft.Events);
            }
            catch (Exception fault)
            {
                lost = fault;
            }
        }
        // The connection may have died after the commit was done: the log itself knows.
        return HasLanded(draft, lost) ? (outcomes, draft.Events) : throw lost;
    }

    private (WriteSession, BatchState, DateTimeOffset) Locked(Asked asked)
    {
        using var wait = Figures.Locks.Begin();
        var session = engine.Begin();
        try
        {
            var now = clock();
            return (session, session.Survey(asked, now - AnswersKept), now);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // One that has not begun yet lacks a thread and not a disk: whoever waits for it does it.
    private bool IsFlushHanging() => Task.WaitAny([flushed], FlushMax) < 0 && flushed.Status == TaskStatus.Running;

    private static StoreAway KeysAway() =>
        new(StoreAway.Away, new TimeoutException("The disk of the keys directory does not answer"));

    /// <summary>
    /// Whoever holds the lock sees what became of every commit before: one that is still on its way holds it itself.
    /// </summary>
    private bool HasLanded(Draft draft, Exception lost)
    {
        if (draft.Heads.Count == 0)
            return engine.IsAway(lost) ? throw new StoreAway(StoreAway.Unknown, lost) : false;
        try
        {
            using var session = engine.Begin();
            var asked = new Asked();
            asked.Streams.UnionWith(draft.Heads.Keys);
            var heads = session.Survey(asked, clock()).Heads;
            return draft.Heads.Any(head =>
                heads.TryGetValue(head.Key, out var there) && there.Hash.AsSpan().SequenceEqual(head.Value.Hash)
            );
        }
        catch (Exception fault) when (engine.IsAway(fault))
        {
            throw new StoreAway(StoreAway.Unknown, lost);
        }
    }

    private T Under<T>(WriteSession begun, Func<WriteSession, T> work)
    {
        using var session = begun;
        var result = work(session);
        keys.Flush();
        session.Commit();
        return result;
    }

    private void Settle(AskJob job)
    {
        try
        {
            job.Run();
        }
        catch (Exception fault)
        {
            job.Fail(engine.Away(fault) ?? fault);
        }
    }

    private void SweepAnswers()
    {
        if (Environment.TickCount64 - sweptAtMs < SweepEvery.TotalMilliseconds || !mayForget())
            return;
        sweptAtMs = Environment.TickCount64;
        var before = (clock() - AnswersKept).ToUnixTimeMilliseconds();
        int Sweep(WriteSession session) =>
            session.Connection.Execute(
                "delete from idempotency where at <= @before",
                new { before },
                session.Transaction
            );
        Settle(new AskJob(() => Under(engine.Begin(), Sweep), CancellationToken.None));
    }
}
