namespace Hengping.App.Platform;

/// <summary>What an erasure leaves to do when the rows are gone.</summary>
public sealed partial class Store
{
    /// <summary>Takes what was deleted out of index and files, as far as the engine can.</summary>
    public async Task Wipe(CancellationToken ct)
    {
        await TextIndex.For(this).Wipe(this, ct);
        await engine.Wipe(ct);
    }
}
