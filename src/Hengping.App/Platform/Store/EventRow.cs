namespace Hengping.App.Platform;

/// <summary>An event as a query of its own reads it, where streams are read by the row and not one by one.</summary>
/// <param name="Version">Whole numbers of either engine are read as the wider one.</param>
public sealed record EventRow(Guid Stream, long Version, string Kind, DateTimeOffset At, string Author, byte[] Body)
{
    /// <summary>What such a query selects, in this order.</summary>
    public const string Columns = "stream, version, kind, at, author, body";

    /// <summary>As the log has it; what was not asked for stays empty: its place, its instant there, key and chain.
    /// </summary>
    public StoredEvent ToStored() => new(0, Stream, (int)Version, Kind, At, At, Author, 0, Body, []);
}
