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

    /// <summary>Empties the index.</summary>
    public abstract Task Clear(DbConnection db, DbTransaction transaction);

    /// <summary>Documents that hold all codes; candidates, to be checked against the text itself.</summary>
    public abstract Task<IReadOnlyList<Guid>> Find(Store store, int[] codes, int limit, CancellationToken ct);

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

        public override Task<IReadOnlyList<Guid>> Find(Store store, int[] codes, int limit, CancellationToken ct) =>
            store.Query<Guid>(
                "select document from search_documents where codes @> @codes limit @limit",
                new { codes, limit },
                ct
            );
    }

    private sealed class FullTextIndex : TextIndex
    {
        public override async Task Put(Guid document, int[] codes, DbConnection db, DbTransaction transaction)
        {
            await Remove(document, db, transaction);
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
            var rows = await db.QueryAsync<long>(
                "delete from search_documents where document = @document returning id",
                new { document },
                transaction
            );
            foreach (var row in rows)
                await db.ExecuteAsync("delete from search_text where rowid = @row", new { row }, transaction);
        }

        public override Task Clear(DbConnection db, DbTransaction transaction) =>
            db.ExecuteAsync(
                "insert into search_text (search_text) values ('delete-all'); delete from search_documents",
                transaction: transaction
            );

        public override Task<IReadOnlyList<Guid>> Find(Store store, int[] codes, int limit, CancellationToken ct) =>
            store.Query<Guid>(
                """
                select d.document from search_text t join search_documents d on d.id = t.rowid
                where search_text match @words limit @limit
                """,
                new { words = Words(codes), limit },
                ct
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
