namespace Hengping.App.Platform;

/// <summary>
/// At opening: rows of before a column are made again from their events, so that what asks by the column finds them.
/// Nobody is served before; a process killed on the way goes on at the next opening.
/// </summary>
internal static class Filling
{
    private const int StreamsPerSave = 1000;

    public static async Task Settle(Store store, CancellationToken ct)
    {
        foreach (var book in store.Books)
        {
            if (book.UnfilledStreams is not { } sql)
                continue;
            foreach (var some in (await store.Query<Guid>(sql, null, ct)).Chunk(StreamsPerSave))
                await store.Alone(session => Some(store, session, book, some).GetAwaiter().GetResult(), ct);
        }
    }

    private static async Task<int> Some(Store store, WriteSession session, Book book, Guid[] some)
    {
        var draft = new Draft();
        foreach (var story in await Reprinting.Stories(store, session, some))
            Reprinting.Put(store, book, story.Key, story, store.Keys.Prints, draft);
        session.Save(draft);
        return some.Length;
    }
}
