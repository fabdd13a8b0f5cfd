using Dapper;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>
/// How transactions take the log's lock, and lose it. A node that is cut off cannot give anything back, and the server
/// hears of a silent cut from TCP alone, after a quarter of an hour: so each transaction says at its own beginning how
/// long the server may wait for it. Said for the transaction only, this holds through a pooler, too.
/// </summary>
internal static class PostgresLocks
{
    // Any two numbers that nobody else takes in this database.
    internal const long LogLock = 0x48_65_6E_67_70_69_6E_67;
    private const long SchemaLock = LogLock + 1;

    // A holder that was cut off is gone after 2 seconds, so nobody else need wait longer than 3.
    private const string ShortWaits = """
        set_config('lock_timeout', '3s', true), set_config('idle_in_transaction_session_timeout', '2s', true)
        """;

    // Where the server waits for the rest of a batch no timeout of its own runs; that of the socket does.
    private const string DeadPeer = """
        set_config('tcp_user_timeout', '3s', true), set_config('tcp_keepalives_idle', '1s', true),
        set_config('tcp_keepalives_interval', '1s', true), set_config('tcp_keepalives_count', '2', true)
        """;

    // Batches are short and by key: plans are pinned to the indexes, however young the statistics are.
    private const string ByIndex = """
        set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)
        """;

    private const string NoWaits = """
        set_config('lock_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)
        """;

    /// <summary>An ordinary batch under the log's lock. The settings come first: they are for the lock, too.</summary>
    public static readonly string Batch =
        $"select {ShortWaits}, {DeadPeer}, {ByIndex}, pg_advisory_xact_lock({LogLock})";

    /// <summary>Work under the log's lock that takes as long as it takes.</summary>
    public static readonly string Work = $"select {NoWaits}, {ByIndex}, pg_advisory_xact_lock({LogLock})";

    /// <summary>The one process that brings the schema up to date.</summary>
    public static readonly string Schema = $"select {NoWaits}, pg_advisory_xact_lock({SchemaLock})";

    /// <summary>A short transaction beside the log.</summary>
    public static readonly string Short = $"select {ShortWaits}, {DeadPeer}";

    /// <summary>Rows that are no facts: a listener may think between two statements, and wait for others.</summary>
    public static readonly string Beside =
        $"select set_config('idle_in_transaction_session_timeout', '10s', true), {DeadPeer}";

    /// <summary>
    /// Ends sessions that hold the log's lock and have waited seconds for the rest of a batch: the cut came in the
    /// middle of it. A pooler between keeps their socket alive, and no timeout of PostgreSQL before 17 runs there.
    /// </summary>
    public static bool EndHalfHeard(Func<NpgsqlConnection> open)
    {
        try
        {
            using var connection = open();
            return connection
                .Query<bool>(
                    """
                    select pg_terminate_backend(a.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid
                    where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                      and l.classid = @high and l.objid = @low
                      and l.database = (select oid from pg_database where datname = current_database())
                      and a.state = 'active' and a.wait_event = 'ClientRead'
                      and a.state_change < clock_timestamp() - interval '2 seconds'
                    """,
                    new { high = LogLock >> 32, low = LogLock & 0xFFFF_FFFF }
                )
                .Contains(true);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
