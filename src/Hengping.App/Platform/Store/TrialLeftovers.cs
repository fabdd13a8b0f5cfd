using Dapper;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>
/// What a trial leaves behind that was killed: a directory, and on PostgreSQL a database. The next trial clears what is
/// a day old; nothing younger, for another may be running.
/// </summary>
internal static class TrialLeftovers
{
    /// <summary>Of a trial's directory in the machine's place for temporary files.</summary>
    public const string Prefix = "hengping-trial-";

    private const string Database = "hengping_trial_";
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    /// <summary>A name for a trial's database: it tells when it was made.</summary>
    public static string NameOf() => NameOf(TimeProvider.System.GetUtcNow());

    internal static string NameOf(DateTimeOffset at) => $"{Database}{Guid.CreateVersion7(at):N}";

    /// <summary>Clears what trials of before left behind.</summary>
    public static async Task Clear(Store live, CancellationToken ct)
    {
        // The machine's own time, as its files have it.
        var before = TimeProvider.System.GetUtcNow() - Age;
        foreach (var left in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Prefix + "*"))
            if (left.LastWriteTimeUtc < before.UtcDateTime)
                Remove(left);
        if (live.Place.Postgres is not { } connection)
            return;
        await using var db = new NpgsqlConnection(connection);
        var names = await db.QueryAsync<string>(
            new CommandDefinition(
                """
                select d.datname from pg_database d join pg_roles r on r.oid = d.datdba
                where d.datname like 'hengping\_trial\_%' and r.rolname = current_user
                """,
                cancellationToken: ct
            )
        );
        foreach (var name in names.Where(name => MadeAt(name) < before))
            await db.ExecuteAsync($"drop database if exists \"{name}\" with (force)");
    }

    /// <summary>When a trial's database was made; null where its name does not tell.</summary>
    internal static DateTimeOffset? MadeAt(string name) =>
        Guid.TryParseExact(name[Database.Length..], "N", out var id) && id.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64($"{id:N}"[..12], 16))
            : null;

    // Somebody else's, or gone meanwhile: whose it is clears it.
    private static void Remove(DirectoryInfo left)
    {
        try
        {
            left.Delete(recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException) { }
    }
}
