namespace Hengping.App.Platform;

/// <summary>How the writer of this process is doing.</summary>
public sealed class WriterFigures(Func<int> waiting)
{
    /// <summary>Writes that wait in its queue now.</summary>
    public int Waiting => waiting();

    /// <summary>How long batches took, with their wait for the lock, whether they were kept or not.</summary>
    public Durations Commits { get; } = new();

    /// <summary>How long until a batch had the log's lock, and had read what it is judged on; or did not get it.
    /// </summary>
    public Durations Locks { get; } = new();
}
