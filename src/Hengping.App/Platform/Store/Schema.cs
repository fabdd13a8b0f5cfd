using System.Data.Common;
using System.Reflection;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// Schema changes: embedded files <c>schema/NNN.room.sql</c>, each applied once, in order of name. A file whose name
/// ends in <c>.sqlite.sql</c> or <c>.postgres.sql</c> is for that engine alone. Applied files are never edited.
/// </summary>
internal static class Schema
{
    const string Folder = "schema/";

    public static async Task Apply(Engine engine, DateTimeOffset now, CancellationToken ct)
    {
        var files = Files(engine.Name);
        if (files.All((await Applied(engine, ct)).Contains))
            return;
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
            await transaction.CommitAsync(ct);
        }
    }

    static List<string> Files(string engine)
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

    static async Task<string> Text(string file, CancellationToken ct)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    // Most starts find nothing to do and must not wait for a writer to learn it.
    static async Task<HashSet<string>> Applied(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        try
        {
            return (await connection.QueryAsync<string>("select name from schema_files")).ToHashSet(
                StringComparer.Ordinal
            );
        }
        catch (DbException)
        {
            return [];
        }
        finally
        {
            await engine.Return(connection);
        }
    }
}
