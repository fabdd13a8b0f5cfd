namespace Hengping.App.Platform;

/// <summary>What waits in its queue.</summary>
internal sealed partial class Writer
{
    private static readonly TimeSpan GatherMax = TimeSpan.FromMilliseconds(2);
    private readonly object gathering = new();
    private int awaited;

    // Who was answered together comes again together, a moment apart: one write to disk then takes all of them, and not
    // the first alone. Where one at a time came, nobody is waited for.
    private void Gather(int last)
    {
        if (last < 2)
            return;
        lock (gathering)
        {
            awaited = last;
            if (queue.Reader.Count < last)
                Monitor.Wait(gathering, GatherMax);
            awaited = 0;
        }
    }

    private void TellGathering()
    {
        if (Volatile.Read(ref awaited) is not (> 0 and var many) || queue.Reader.Count < many)
            return;
        lock (gathering)
            Monitor.Pulse(gathering);
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
