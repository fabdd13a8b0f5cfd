using System.Data.Common;
using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Operators;

/// <summary>
/// The operator as every page shows it. Remembered for one second, so that a change on any node is seen within it;
/// while the store does not answer, what was known last still stands on the page that says so.
/// </summary>
public sealed class CurrentOperator(Store store, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private sealed record Seen(Operator? Operator, long At);

    private Seen? seen;

    /// <summary>The instance of the program that answers this request.</summary>
    public static CurrentOperator Of(HttpContext http) => http.RequestServices.GetRequiredService<CurrentOperator>();

    /// <summary>As the log says, or null before set-up.</summary>
    public static async Task<Operator?> Load(Store store, CancellationToken ct) =>
        (await store.Load(OperatorBook.Instance, OperatorBook.Stream, ct)).State;

    /// <summary>As it was at most a second ago, or null before set-up.</summary>
    public async ValueTask<Operator?> Now(CancellationToken ct)
    {
        if (Volatile.Read(ref seen) is { } hit && clock.GetElapsedTime(hit.At) < Remembered)
            return hit.Operator;
        try
        {
            var now = new Seen(await Load(store, ct), clock.GetTimestamp());
            Volatile.Write(ref seen, now);
            return now.Operator;
        }
        catch (DbException)
        {
            return Volatile.Read(ref seen)?.Operator;
        }
    }

    /// <summary>Forgets what it knows: somebody has just changed it here.</summary>
    public void Forget() => Volatile.Write(ref seen, null);
}
