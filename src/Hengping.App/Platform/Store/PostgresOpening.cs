using Npgsql;

namespace Hengping.App.Platform;

/// <summary>Connections are opened within limits of our own.</summary>
internal sealed partial class PostgresEngine
{
    // A little longer than the driver's own, which tells more; no limit where the settings ask for none.
    private static TimeSpan? Within(NpgsqlConnectionStringBuilder settings) =>
        settings.Timeout > 0 ? TimeSpan.FromSeconds(settings.Timeout + 1) : null;

    /// <summary>
    /// Opens a connection within our own limit: there were ways to try over a silent cut on which the driver has none.
    /// What it opens too late after all is closed again.
    /// </summary>
    private static async ValueTask<NpgsqlConnection> Opened(
        NpgsqlDataSource from,
        TimeSpan? within,
        CancellationToken ct
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (within is { } most)
            limit.CancelAfter(most);
        var opening = from.OpenConnectionAsync(limit.Token).AsTask();
        try
        {
            return await opening.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("PostgreSQL opened no connection in time", late);
        }
        finally
        {
            if (!opening.IsCompleted)
                _ = opening.ContinueWith(
                    opened => opened.Result.Dispose(),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion,
                    TaskScheduler.Default
                );
        }
    }

    private static NpgsqlConnection OpenedNow(NpgsqlDataSource from, TimeSpan? within) =>
        Opened(from, within, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
