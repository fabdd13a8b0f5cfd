namespace Hengping.App.Platform;

/// <summary>What waits in its queue.</summary>
internal sealed partial class Writer
{
    private static readonly TimeSpan GatherMax = TimeSpan.FromMilliseconds(3);
    private readonly object gathering = new();
    private volatile bool isGathering;
    private int awaited;
    private int coming;

    /// <summary>A commit is being made, and comes in a moment: until it does, or is not to come.</summary>
    public IDisposable Coming()
    {
        Interlocked.Increment(ref coming);
        return new Comer(this);
    }

    private bool IsGathered => queue.Reader.Count >= awaited && Volatile.Read(ref coming) == 0;

    // Who was answered together comes again together, a moment apart, and who is on the way is nearly there: one write
    // to disk then takes all of them, and not the first alone. Where one at a time came, nobody is waited for.
    private void Gather(int last)
    {
        if (last < 2)
            return;
        var until = Environment.TickCount64 + (long)GatherMax.TotalMilliseconds;
        lock (gathering)
        {
            awaited = last;
            isGathering = true;
            while (!IsGathered && until - Environment.TickCount64 is > 0 and var left)
                Monitor.Wait(gathering, (int)left);
            isGathering = false;
        }
    }

    private void TellGathering()
    {
        if (!isGathering || !IsGathered)
            return;
        lock (gathering)
            Monitor.Pulse(gathering);
    }

    private sealed class Comer(Writer writer) : IDisposable
    {
        private int isHere;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isHere, 1) != 0)
                return;
            Interlocked.Decrement(ref writer.coming);
            writer.TellGathering();
        }
    }

    private abstract class Job(CancellationToken ct)
    {
        public CancellationToken Cancelled => ct;
        public abstract void Fail(Exception fault);
    }

    private sealed class CommitJob(Commit commit, CancellationToken ct) : Job(ct)
    {
        private readonly TaskCompletionSource<Outcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Commit Commit => commit;
        public Task<Outcome> Answer => answer.Task;

        public void Done(Outcome outcome) => answer.TrySetResult(outcome);

        public override void Fail(Exception fault) => answer.TrySetException(fault);
    }

    /// <summary>Anything that is done on this thread, between two batches.</summary>
    private sealed class AskJob(Func<object?> ask, CancellationToken ct) : Job(ct)
    {
        private readonly TaskCompletionSource<object?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Task<object?> Answer => answer.Task;

        public void Run() => answer.TrySetResult(ask());

        public override void Fail(Exception fault) => answer.TrySetException(fault);
    }
}
