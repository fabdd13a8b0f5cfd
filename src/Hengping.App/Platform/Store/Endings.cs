namespace Hengping.App.Platform;

/// <summary>The events by which a stream is erased or locked: <c>BOOK.erased</c> and <c>BOOK.locked</c>.</summary>
public static class Endings
{
    /// <summary>What was erased or locked last, the last first.</summary>
    /// <param name="kinds">Kinds of events, each of them one of the two.</param>
    /// <param name="few">How many at the most.</param>
    public static async Task<IReadOnlyList<Guid>> LastEnded(
        this Store store,
        IReadOnlyList<string> kinds,
        int few,
        CancellationToken ct
    )
    {
        var last = new List<Ending>();
        foreach (var kind in kinds)
            last.AddRange(await store.Query<Ending>(Sql, new { kind, few }, ct));
        return [.. last.OrderByDescending(one => one.Position).Select(one => one.Stream).Take(few)];
    }

    // What the index is made over is said word for word: else neither database knows that it holds the answer.
    internal const string Sql = """
        select stream, position from events
        where kind = @kind and (kind like '%.erased' or kind like '%.locked')
        order by position desc limit @few
        """;

    private sealed record Ending(Guid Stream, long Position);
}
