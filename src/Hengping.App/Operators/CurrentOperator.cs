using System.Data.Common;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Hengping.Rules.Screening;

namespace Hengping.App.Operators;

/// <summary>
/// The operator as every page shows it. Looked after once a second, so that a change on any node is seen within it;
/// while the store does not answer, what was known last still stands on the page that says so.
/// </summary>
public sealed class CurrentOperator(Store store, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private sealed record Seen(Loaded<Operator> Loaded, long At);

    private Seen? seen;
    private Operator? last;
    private ScreeningList words = ScreeningList.Shipped;

    /// <summary>The instance of the program that answers this request.</summary>
    public static CurrentOperator Of(HttpContext http) => http.RequestServices.GetRequiredService<CurrentOperator>();

    /// <summary>As the log says, or null before set-up.</summary>
    public static async Task<Operator?> Load(Store store, CancellationToken ct) =>
        (await store.Load(OperatorBook.Instance, OperatorBook.Stream, ct)).State;

    /// <summary>As it was last seen; null before set-up, and before anybody looked.</summary>
    public Operator? Known => Volatile.Read(ref seen)?.Loaded.State ?? Volatile.Read(ref last);

    /// <summary>As it was at most a second ago, or null before set-up.</summary>
    public async ValueTask<Operator?> Now(CancellationToken ct)
    {
        // Before set-up it is asked each time: the first page after it shows who runs the site.
        if (Volatile.Read(ref seen) is { Loaded.State: not null } hit && clock.GetElapsedTime(hit.At) < Remembered)
            return hit.Loaded.State;
        try
        {
            var now = new Seen(await Fresh(Volatile.Read(ref seen)?.Loaded, ct), clock.GetTimestamp());
            Volatile.Write(ref seen, now);
            Volatile.Write(ref last, now.Loaded.State);
            return now.Loaded.State;
        }
        catch (DbException)
        {
            return Volatile.Read(ref seen)?.Loaded.State;
        }
    }

    /// <summary>Version of the operator's stream, as it was at most a second ago; 0 before set-up.</summary>
    public async ValueTask<int> Version(CancellationToken ct)
    {
        await Now(ct);
        return Volatile.Read(ref seen)?.Loaded.Version ?? 0;
    }

    /// <summary>The list of words in force, as it was at most a second ago; built once a version.</summary>
    public async ValueTask<ScreeningList> Words(CancellationToken ct)
    {
        var issued = (await Now(ct))?.Words;
        var kept = Volatile.Read(ref words);
        if (kept.Version == (issued?.Version ?? ScreeningList.Shipped.Version))
            return kept;
        var list = issued is null ? ScreeningList.Shipped : new ScreeningList(issued.Version, issued.Entries);
        Volatile.Write(ref words, list);
        return list;
    }

    /// <summary>Appends what was decided on what was loaded; false where somebody else was quicker.</summary>
    public async Task<bool> Append(
        Loaded<Operator> loaded,
        IReadOnlyList<OperatorEvent> events,
        string author,
        CancellationToken ct
    )
    {
        var change = store.Change(OperatorBook.Instance, loaded, store.Now, author, events);
        if (await store.Append(new Commit([change]), ct) is not Outcome.Done)
            return false;
        Forget();
        return true;
    }

    /// <summary>Forgets what it knows: somebody has just changed it here.</summary>
    public void Forget() => Volatile.Write(ref seen, null);

    // Papers and lists are long and hardly ever change: they are read again only when something was added.
    private async Task<Loaded<Operator>> Fresh(Loaded<Operator>? known, CancellationToken ct)
    {
        if (known is not null)
        {
            var version = await store.First<long?>(
                "select version from streams where stream = @id",
                new { id = OperatorBook.Stream },
                ct
            );
            if ((version ?? 0) == known.Version)
                return known;
        }
        return await store.Load(OperatorBook.Instance, OperatorBook.Stream, ct);
    }
}
