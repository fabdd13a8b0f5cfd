using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Complaints;

/// <summary>Tells a circular from an answer: keyed hashes of a respondent's replies of the last minutes.</summary>
public static class ReplyPrints
{
    private static readonly Table<(string Print, Opened Of)> Prints = new(
        "reply_prints",
        ["respondent", "print", "complaint"],
        [
            ("respondent", ColumnType.Guid, r => r.Of.Case.Respondent),
            ("print", Text, r => r.Print),
            ("complaint", ColumnType.Guid, r => r.Of.Id),
            ("at", Long, r => r.Of.Now),
        ]
    );

    /// <summary>Cases of the respondent with the same words within the window, this one included.</summary>
    public static Task<int> Alike(Opened opened, string text, CancellationToken ct) =>
        Alike(opened.Store, opened.Case.Respondent, opened.Id, text, opened.Now, ct);

    /// <summary>The same before anything is sent.</summary>
    public static async Task<int> Alike(
        Store store,
        Guid respondent,
        Guid complaint,
        string text,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var others = await store.First<long>(
            """
            select count(*) from reply_prints
            where respondent = @respondent and print = @print and complaint <> @complaint and at > @since
            """,
            new
            {
                respondent,
                print = PrintOf(store, text),
                complaint,
                since = (now - ReplyValidity.AlikeWithin).ToUnixTimeMilliseconds(),
            },
            ct
        );
        return (int)others + 1;
    }

    /// <summary>The row a reply leaves, in its own commit.</summary>
    internal static RowChange? RowOf(Opened opened, ComplaintEvent happened) =>
        happened is ComplaintEvent.Replied { Text: { } text }
            ? Prints.Put((PrintOf(opened.Store, text), opened))
            : null;

    /// <summary>Forgets those older than a day.</summary>
    public static Task Forget(Store store, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                await using var drop = db.CreateCommand();
                drop.Transaction = transaction;
                drop.CommandText = "delete from reply_prints where at < @before";
                var before = drop.CreateParameter();
                (before.ParameterName, before.Value) = ("before", (store.Now.AddDays(-1)).ToUnixTimeMilliseconds());
                drop.Parameters.Add(before);
                return await drop.ExecuteNonQueryAsync(ct);
            },
            ct
        );

    /// <summary>Forgets those of cases that are erased.</summary>
    public static async Task Forget(IReadOnlyList<Guid> cases, DbConnection db, DbTransaction transaction)
    {
        foreach (var complaint in cases)
            await db.ExecuteAsync(
                "delete from reply_prints where complaint = @complaint",
                new { complaint },
                transaction
            );
    }

    private static string PrintOf(Store store, string text) =>
        store.Keys.Fingerprint(ComplaintPurposes.Reply, ReplyValidity.Print(text));
}
