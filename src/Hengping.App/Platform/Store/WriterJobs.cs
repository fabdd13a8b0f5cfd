namespace Hengping.App.Platform;

/// <summary>What waits in its queue.</summary>
internal sealed partial class Writer
{
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
