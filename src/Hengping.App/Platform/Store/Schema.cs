using System.Data.Common;
using System.Reflection;
using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// Schema changes: embedded files <c>schema/NNN.room.sql</c>, each applied once, in order of name. A file whose name
/// ends in <c>.sqlite.sql</c> or <c>.postgres.sql</c> is for that engine alone. Applied files are never edited.
/// </summary>
internal static class Schema
{
    private const string Folder = "schema/";
    private const string FormatSql = "select format from store_state where one = 1";

    /// <summary>
    /// The format this program writes. Raise it with whatever a program of before could not go on beside: a kind of
    /// event it has no book for, a table it fills that is another now. Programs that know less then refuse to start,
    /// and those that run say that they are not ready. 2: print keys are slots of the ring, and can be rotated.
    /// 3: merchants have a folded name. 4: the chain counts a sealed box by its hash.
    /// </summary>
    public const long Format = 7;

    /// <summary>The store was opened by a newer program that writes what this one cannot read.</summary>
    public static Refusal Newer(long format) =>
        new(
            "store.newer",
            $"本库的格式（{format}）比本程序所知的（{Format}）新：请换用新版程序",
            $"The store's format ({format}) is newer than this program knows ({Format}): run the newer program"
        );

    /// <exception cref="Refused">The store's format is newer than this program; nothing was changed.</exception>
    public static async Task Apply(Engine engine, DateTimeOffset now, CancellationToken ct)
    {
        var files = Files(engine.Name);
        var (applied, format) = await Found(engine, ct);
        if (format > Format)
            throw new Refused(Newer(format));
        if (files.All(applied.Contains) && format == Format)
            return;
        await Bring(engine, files, now, ct);
    }

    private static async Task Bring(Engine engine, List<string> files, DateTimeOffset now, CancellationToken ct)
    {
        var (connection, transaction) = engine.BeginSchema();
        await using (connection)
        await using (transaction)
        {
            await connection.ExecuteAsync(
                "create table if not exists schema_files (name text not null primary key, at bigint not null)",
                transaction: transaction
            );
            var applied = (
                await connection.QueryAsync<string>("select name from schema_files", transaction: transaction)
            ).ToHashSet(StringComparer.Ordinal);
            foreach (var file in files.Where(file => !applied.Contains(file)))
            {
                await using (var change = connection.CreateCommand())
                {
                    change.Transaction = transaction;
                    change.CommandText = await Text(file, ct);
                    await change.ExecuteNonQueryAsync(ct);
                }
                await connection.ExecuteAsync(
                    "insert into schema_files (name, at) values (@file, @at)",
                    new { file, at = now.ToUnixTimeMilliseconds() },
                    transaction
                );
            }
            var format = await connection.ExecuteScalarAsync<long>(RaiseSql, new { Format }, transaction);
            // Somebody newer was here while this one waited.
            if (format > Format)
                throw new Refused(Newer(format));
            await transaction.CommitAsync(ct);
        }
    }

    private const string RaiseSql = """
        insert into store_state (one, format, pulse_at) values (1, @Format, 0)
        on conflict (one) do update set format = case
          when store_state.format < excluded.format then excluded.format else store_state.format end
        returning format
        """;

    private static List<string> Files(string engine)
    {
        var other = engine == "sqlite" ? ".postgres.sql" : ".sqlite.sql";
        return
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Select(name => name[Folder.Length..])
                .Where(name => !name.EndsWith(other, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<string> Text(string file, CancellationToken ct)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    // Most starts find nothing to do and must not wait for a writer to learn it.
    private static async Task<(HashSet<string> Applied, long Format)> Found(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        HashSet<string> applied = [];
        try
        {
            foreach (var name in await connection.QueryAsync<string>("select name from schema_files"))
                applied.Add(name);
            return (applied, await connection.QueryFirstOrDefaultAsync<long>(FormatSql));
        }
        catch (DbException)
        {
            // The tables are not there yet.
            return (applied, 0);
        }
        finally
        {
            await engine.Return(connection);
        }
    }
}
