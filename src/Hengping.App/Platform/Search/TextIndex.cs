using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>What is kept of a document.</summary>
/// <param name="At">Its time, in milliseconds: the index lies in that order.</param>
/// <param name="About">Whom it is about: <see cref="TextIndex.Moved"/>.</param>
public sealed record IndexedText(Guid Id, long At, Guid About, int[] Codes);

/// <summary>An index of codes by document, on either engine: full text over code words, or arrays under GIN.</summary>
public abstract class TextIndex
{
    /// <summary>The index of a store.</summary>
    public static TextIndex For(Store store) => store.EngineName == "postgres" ? new ArrayIndex() : new FullTextIndex();

    /// <summary>
    /// Keeps the codes of a document, instead of what was kept before. Several are put in the order of their time.
    /// </summary>
    public abstract Task Put(IndexedText text, DbConnection db, DbTransaction transaction);

    /// <summary>SQL of the documents kept, of a table of rows with an id, that are about another by now.</summary>
    /// <param name="about">The column that says whom they are about.</param>
    public static string Moved(string table, string about) =>
        $"""
            select r.id from {table} r join search_documents d on d.document = r.id
            where r.id in @ids and d.about <> r.{about}
            """;

    /// <summary>Takes a document out.</summary>
    public abstract Task Remove(Guid document, DbConnection db, DbTransaction transaction);

    /// <summary>Writes anew what still holds words of documents that were taken out, in short steps.</summary>
    public virtual Task Wipe(Store store, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Empties the index.</summary>
    public abstract Task Clear(DbConnection db, DbTransaction transaction);

    /// <summary>
    /// SQL of the documents that hold all codes, and its parameter <c>@held</c>; candidates, to be checked against the
    /// text itself.
    /// </summary>
    public abstract (string Sql, object Held) Holding(int[] codes);

    /// <summary>
    /// Tables, as <c>from</c> has them, in which documents that hold all codes are joined with their
    /// rows <c>c</c>; candidates.
    /// </summary>
    public abstract IndexWalk Walk(int[] codes, bool isNewestFirst);

    private sealed class ArrayIndex : TextIndex
    {
        public override Task Put(IndexedText text, DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync(
                """
                insert into search_documents (document, at, about, codes) values (@Id, @At, @About, @Codes)
                on conflict (document) do update set at = excluded.at, about = excluded.about, codes = excluded.codes
                """,
                text,
                transaction
            );

        public override Task Remove(Guid document, DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync("delete from search_documents where document = @document", new { document }, transaction);

        public override Task Clear(DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync("delete from search_documents", transaction: transaction);

        public override (string Sql, object Held) Holding(int[] codes) =>
            ("select document from search_documents where codes @> @held", codes);

        // The server must not walk through all rows in their order to find few that hold the codes.
        public override IndexWalk Walk(int[] codes, bool isNewestFirst) =>
            new(
                """
                with held as materialized (
                  select document, at from search_documents
                  where codes @> @indexheld and at >= @indexfrom and at <= @indexuntil
                )
                """,
                "held h join {0} c on c.id = h.document",
                "1 = 1",
                isNewestFirst ? "h.at desc, c.id desc" : "h.at, c.id",
                (from, until) =>
                    [("indexheld", codes), ("indexfrom", from ?? long.MinValue), ("indexuntil", until ?? long.MaxValue)]
            );
    }

    private sealed class FullTextIndex : TextIndex
    {
        private const int PagesPerStep = 64;

        // A row's number is its millisecond and a number within it: the full text is walked through in order of time.
        private const int WithinBits = 20;

        public override async Task Put(IndexedText text, DbConnection db, DbTransaction transaction)
        {
            var row = await db.ExecuteScalarAsync<long?>(
                "select id from search_documents where document = @Id",
                new { text.Id },
                transaction
            );
            if (row is { } before && before >> WithinBits == text.At)
                await db.ExecuteAsync(
                    """
                    delete from search_text where rowid = @before;
                    update search_documents set about = @About where id = @before
                    """,
                    new { before, text.About },
                    transaction
                );
            else
            {
                await Take(text.Id, db, transaction);
                row = await db.ExecuteScalarAsync<long>(
                    """
                    insert into search_documents (id, document, about)
                    values (coalesce((select max(id) from search_documents where id >= @low and id < @high), @low) + 1,
                            @Id, @About)
                    returning id
                    """,
                    new
                    {
                        low = text.At << WithinBits,
                        high = ((text.At + 1) << WithinBits) - 1,
                        text.Id,
                        text.About,
                    },
                    transaction
                );
            }
            await db.ExecuteAsync(
                "insert into search_text (rowid, codes) values (@row, @words)",
                new { row, words = Words(text.Codes) },
                transaction
            );
        }

        public override async Task Remove(Guid document, DbConnection db, DbTransaction transaction)
        {
            // The last id is given out again: it may have been taken out before.
            const string Note = "insert into search_removed (id) values (@id) on conflict (id) do nothing";
            foreach (var id in await Take(document, db, transaction))
                await db.ExecuteAsync(Note, new { id }, transaction);
        }

        public override async Task Wipe(Store store, CancellationToken ct)
        {
            var removed = await store.First<long>("select coalesce(max(id), 0) from search_removed", null, ct);
            if (removed == 0)
                return;
            // A negative number begins: everything into one part (FTS5, the merge command).
            for (var pages = -PagesPerStep; await Merge(store, pages, ct); pages = PagesPerStep) { }
            await store.Write(
                (db, tx) => db.ExecuteAsync("delete from search_removed where id <= @removed", new { removed }, tx),
                ct
            );
        }

        // Fewer than two changed rows: there is nothing left to merge.
        private static Task<bool> Merge(Store store, int pages, CancellationToken ct) =>
            store.Write(
                async (db, tx) =>
                {
                    const string Changes = "select total_changes()";
                    var before = await db.ExecuteScalarAsync<long>(Changes, transaction: tx);
                    await db.ExecuteAsync(
                        "insert into search_text (search_text, rank) values ('merge', @pages)",
                        new { pages },
                        tx
                    );
                    return await db.ExecuteScalarAsync<long>(Changes, transaction: tx) - before >= 2;
                },
                ct
            );

        private static async Task<IReadOnlyList<long>> Take(Guid document, DbConnection db, DbTransaction transaction)
        {
            var rows = await db.QueryAsync<long>(
                "delete from search_documents where document = @document returning id",
                new { document },
                transaction
            );
            foreach (var row in rows)
                await db.ExecuteAsync("delete from search_text where rowid = @row", new { row }, transaction);
            return [.. rows];
        }

        public override Task Clear(DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync(
                """
                insert into search_text (search_text) values ('delete-all');
                delete from search_documents;
                delete from search_removed
                """,
                transaction: transaction
            );

        public override (string Sql, object Held) Holding(int[] codes) =>
            (
                """
                select d.document from search_text t join search_documents d on d.id = t.rowid
                where search_text match @held
                """,
                Words(codes)
            );

        public override IndexWalk Walk(int[] codes, bool isNewestFirst) =>
            new(
                "",
                """
                search_text t cross join search_documents h on h.id = t.rowid cross join {0} c on c.id = h.document
                """,
                "search_text match @indexheld and t.rowid >= @indexfrom and t.rowid <= @indexuntil",
                isNewestFirst ? "t.rowid desc" : "t.rowid",
                (from, until) =>
                    [
                        ("indexheld", Words(codes)),
                        ("indexfrom", from is { } since ? since << WithinBits : long.MinValue),
                        ("indexuntil", until is { } at ? ((at + 1) << WithinBits) - 1 : long.MaxValue),
                    ]
            );

        // A code as a word of letters only, so that no tokenizer splits it.
        private static string Words(int[] codes) =>
            string.Join(
                ' ',
                codes.Select(c =>
                    string.Concat(c.ToString("x8", CultureInfo.InvariantCulture).Select(h => (char)('a' + Hex(h))))
                )
            );

        private static int Hex(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;
    }
}
