using System.Threading.Channels;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// The one queue of a process: a thread of its own takes all that waits and commits it in one transaction, so that
/// many requests share one write to disk. Nobody is answered before that commit; one's conflict is its own.
/// </summary>
internal sealed class Writer : IDisposable
{
    const int BatchMax = 512;
    const int QueueMax = 4096;
    internal static readonly TimeSpan AnswersKept = TimeSpan.FromHours(24);
    static readonly TimeSpan sweepEvery = TimeSpan.FromMinutes(10);

    readonly Engine engine;
    readonly KeyRing keys;
    readonly Func<DateTimeOffset> clock;
    readonly Action<List<StoredEvent>> landed;
    readonly Thread thread;
    readonly Channel<Job> queue = System.Threading.Channels.Channel.CreateBounded<Job>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    long sweptAtMs = Environment.TickCount64;

    abstract class Job(CancellationToken ct)
    {
        public CancellationToken Cancelled => ct;
        public abstract void Fail(Exception fault);
    }

    sealed class CommitJob(Commit commit, CancellationToken ct) : Job(ct)
    {
        readonly TaskCompletionSource<Outcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Commit Commit => commit;
        public Task<Outcome> Answer => answer.Task;

        public void Done(Outcome outcome) => answer.TrySetResult(outcome);

        public override void Fail(Exception fault) => answer.TrySetException(fault);
    }

    sealed class WorkJob(Func<WriteSession, object?> work, CancellationToken ct) : Job(ct)
    {
        readonly TaskCompletionSource<object?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Task<object?> Answer => answer.Task;

        public object? Run(WriteSession session) => work(session);

        public void Done(object? result) => answer.TrySetResult(result);

        public override void Fail(Exception fault) => answer.TrySetException(fault);
    }

    public Writer(Engine engine, KeyRing keys, Func<DateTimeOffset> clock, Action<List<StoredEvent>> landed)
    {
        this.engine = engine;
        this.keys = keys;
        this.clock = clock;
        this.landed = landed;
        thread = new Thread(Run) { IsBackground = true, Name = "store writer" };
        thread.Start();
    }

    /// <summary>Waits for room in the queue (then the caller may still leave) and for the commit.</summary>
    public async Task<Outcome> Append(Commit commit, CancellationToken ct)
    {
        var job = new CommitJob(commit, ct);
        await queue.Writer.WriteAsync(job, ct);
        return await job.Answer;
    }

    /// <summary>Work of its own under the log's lock, in a transaction of its own.</summary>
    public async Task<T> Work<T>(Func<WriteSession, T> work, CancellationToken ct)
    {
        var job = new WorkJob(session => work(session), ct);
        await queue.Writer.WriteAsync(job, ct);
        return (T)(await job.Answer)!;
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
    }

    void Run()
    {
        var batch = new List<CommitJob>(BatchMax);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            WorkJob? next = null;
            while (batch.Count < BatchMax && next is null && queue.Reader.TryRead(out var job))
            {
                if (job.Cancelled.IsCancellationRequested)
                    job.Fail(new OperationCanceledException(job.Cancelled));
                else if (job is CommitJob commit)
                    batch.Add(commit);
                else
                    next = (WorkJob)job;
            }
            Settle(batch);
            batch.Clear();
            if (next is not null)
                Settle(next);
            SweepAnswers();
        }
    }

    void Settle(IReadOnlyList<CommitJob> batch)
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
        catch (Unreachable fault)
        {
            foreach (var one in batch)
                one.Fail(fault.InnerException!);
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them is at fault, or the connection was lost: alone, each gets what is its own.
            foreach (var one in batch)
                Settle([one]);
        }
        catch (Exception fault)
        {
            batch[0].Fail(fault);
        }
    }

    (Outcome[], List<StoredEvent>) Attempt(IReadOnlyList<CommitJob> batch)
    {
        var flushed = Task.Run(keys.Flush);
        Outcome[] outcomes;
        Judge judge;
        Exception lost;
        using (var session = Begin())
        {
            var asked = new Asked();
            foreach (var job in batch)
                asked.Add(job.Commit);
            var now = clock();
            var ground = session.Survey(asked, now - AnswersKept);
            keys.TakePrints(ground.Prints);
            judge = new Judge(ground, now);
            outcomes = [.. batch.Select(job => judge.Take(job.Commit))];
            if (judge.Draft.IsEmpty)
            {
                flushed.GetAwaiter().GetResult();
                return (outcomes, []);
            }
            session.Save(judge.Draft);
            flushed.GetAwaiter().GetResult();
            try
            {
                session.Commit();
                return (outcomes, judge.Draft.Events);
            }
            catch (Exception fault) when (judge.Draft.Heads.Count > 0)
            {
                lost = fault;
            }
        }
        // The connection may have died after the commit was done: the log itself knows.
        return HasLanded(judge.Draft)
            ? (outcomes, judge.Draft.Events)
            : throw new IOException("The commit did not reach the log", lost);
    }

    // Nobody's fault in the batch: trying one by one would only keep everybody waiting longer.
    sealed class Unreachable(Exception cause) : Exception("The store cannot be reached", cause);

    WriteSession Begin()
    {
        try
        {
            return engine.Begin();
        }
        catch (System.Data.Common.DbException fault)
        {
            throw new Unreachable(fault);
        }
    }

    bool HasLanded(Draft draft)
    {
        using var session = engine.Begin();
        var asked = new Asked();
        asked.Streams.UnionWith(draft.Heads.Keys);
        var heads = session.Survey(asked, clock()).Heads;
        return draft.Heads.Any(head =>
            heads.TryGetValue(head.Key, out var there) && there.Hash.AsSpan().SequenceEqual(head.Value.Hash)
        );
    }

    void Settle(WorkJob job)
    {
        try
        {
            object? result;
            using (var session = engine.Begin())
            {
                result = job.Run(session);
                keys.Flush();
                session.Commit();
            }
            job.Done(result);
        }
        catch (Exception fault)
        {
            job.Fail(fault);
        }
    }

    void SweepAnswers()
    {
        if (Environment.TickCount64 - sweptAtMs < sweepEvery.TotalMilliseconds)
            return;
        sweptAtMs = Environment.TickCount64;
        var before = (clock() - AnswersKept).ToUnixTimeMilliseconds();
        Settle(
            new WorkJob(
                session =>
                    session.Connection.Execute(
                        "delete from idempotency where at <= @before",
                        new { before },
                        session.Transaction
                    ),
                CancellationToken.None
            )
        );
    }
}
