using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>An index of codes by document, on either engine: full text over code words, or arrays under GIN.</summary>
public abstract class TextIndex
{
    /// <summary>The index of a store.</summary>
    public static TextIndex For(Store store) => store.EngineName == "postgres" ? new ArrayIndex() : new FullTextIndex();

    /// <summary>Keeps the codes of a document, instead of what was kept before.</summary>
    public abstract Task Put(Guid document, int[] codes, DbConnection db, DbTransaction transaction);

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

    private sealed class ArrayIndex : TextIndex
    {
        public override Task Put(Guid document, int[] codes, DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync(
                """
                insert into search_documents (document, codes) values (@document, @codes)
                on conflict (document) do update set codes = excluded.codes
                """,
                new { document, codes },
                transaction
            );

        public override Task Remove(Guid document, DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync("delete from search_documents where document = @document", new { document }, transaction);

        public override Task Clear(DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync("delete from search_documents", transaction: transaction);

        public override (string Sql, object Held) Holding(int[] codes) =>
            ("select document from search_documents where codes @> @held", codes);
    }

    private sealed class FullTextIndex : TextIndex
    {
        private const int PagesPerStep = 64;

        public override async Task Put(Guid document, int[] codes, DbConnection db, DbTransaction transaction)
        {
            await Take(document, db, transaction);
            var row = await db.ExecuteScalarAsync<long>(
                "insert into search_documents (document) values (@document) returning id",
                new { document },
                transaction
            );
            await db.ExecuteAsync(
                "insert into search_text (rowid, codes) values (@row, @words)",
                new { row, words = Words(codes) },
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
