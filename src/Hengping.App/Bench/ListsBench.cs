using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Hengping.App.Platform;

namespace Hengping.App.Bench;

/// <summary>
/// Every list that is offered, its first page and one further back, over many cases and over few: p50 of each, and how
/// it grew. The few are the yardstick, asked in turns with the many.
/// </summary>
internal static class ListsBench
{
    /// <summary>Cases of the small store.</summary>
    public const int Few = 10_000;

    /// <summary>Cases of the large one, where nothing else is said.</summary>
    public const int ManyDefault = 100_000;

    private const int PagesBack = 2;
    private const int NotesMax = 20;
    private const int Warm = 4;

    // A server that has run a while has compiled what it is asked for: each page and door is asked so often at first.
    private const int WarmFirst = 40;

    // And the runtime compiles them in full a moment later.
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(1);
    private const int RoundsMin = 3;
    private const int RoundsMax = 11;

    /// <summary>Figures below this grow by noise alone.</summary>
    private const double FloorMs = 4;
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(250);

    /// <param name="CpuMs">Of the server; the database of PostgreSQL is not in it.</param>
    private sealed record Seen(double P50Ms, double CpuMs);

    /// <summary>Runs it.</summary>
    /// <param name="many">Cases of the large store.</param>
    /// <param name="keep">Where both stores stay, to be asked again; null where they go.</param>
    public static async Task<BenchResult> Run(
        House house,
        string? postgres,
        int many,
        string? keep,
        CancellationToken ct
    )
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        await using var small = await ListsSide.Open(house, postgres, Few, keep, ct);
        await using var large = await ListsSide.Open(house, postgres, many, keep, ct);
        var rows = new List<(string Of, Seen Over, Seen Few, double Growth)>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (of, over) in small.Asked.All(now).Zip(large.Asked.All(now)))
        await foreach (var (name, few, seen) in InTurns(small, of, large, over, met, ct))
            rows.Add((name, seen, few, GrowthOf(seen, few)));
        var (slow, slowest, yardstick, _) = rows.MaxBy(row => row.Over.P50Ms);
        var notes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cases"] = string.Create(CultureInfo.InvariantCulture, $"{many} against {Few}"),
            ["slowest"] = slow,
            ["above 20 ms"] = $"{rows.Count(row => row.Over.P50Ms > 20)} of {rows.Count}",
            ["grown by more than 1.5"] = $"{rows.Count(row => row.Growth > 1.5)} of {rows.Count}",
            ["bytes a case"] = Text(large.BytesPerCase),
        };
        foreach (var (path, o, f, growth) in rows.OrderByDescending(row => row.Over.P50Ms))
        {
            var said = $"{Text(o.P50Ms)} ms, before {Text(f.P50Ms)}, x{Text(growth)}, {Text(o.CpuMs)} ms CPU";
            Cli.Say($"lists: {said}: {path}");
            if (notes.Count < NotesMax)
                notes.TryAdd(path, said);
        }
        return new BenchResult(
            "lists",
            slowest.P50Ms / yardstick.P50Ms,
            yardstick.P50Ms,
            slowest.P50Ms,
            "ms p50",
            null,
            large.Server.MemoryMb,
            large.Place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = notes,
        };
    }

    // The first page of both, then one further back: what else the machine does meanwhile, it does to both.
    private static async IAsyncEnumerable<(string Of, Seen Few, Seen Many)> InTurns(
        ListsSide small,
        ListsAsked.Ask firstFew,
        ListsSide large,
        ListsAsked.Ask firstMany,
        HashSet<string> met,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (!await small.IsOpen(firstFew, ct) || !await large.IsOpen(firstMany, ct))
            yield break;
        var (name, few, many) = (small.NameOf(firstFew), firstFew, firstMany);
        for (var page = 0; ; page++)
        {
            var (of, over) = (new Times(small), new Times(large));
            var isFirst = page == 0 && met.Add(firstFew.Who + firstFew.Path.Split('?')[0]);
            for (var warm = 0; warm < (isFirst ? WarmFirst : Warm); warm++)
            {
                await small.Get(few, ct);
                await large.Get(many, ct);
            }
            if (isFirst)
                await Task.Delay(Compiling, ct);
            var since = Stopwatch.StartNew();
            for (var round = 0; round < RoundsMin || (round < RoundsMax && since.Elapsed < Enough); round++)
            {
                await of.Take(few, ct);
                await over.Take(many, ct);
            }
            yield return (page == 0 ? name : name + " further back", of.Seen, over.Seen);
            if (page == 1)
                yield break;
            for (var back = 0; back < PagesBack; back++)
                (few, many) = (
                    ListsSide.Next(firstFew, await small.Get(few, ct)) is { } next ? few with { Path = next } : few,
                    ListsSide.Next(firstMany, await large.Get(many, ct)) is { } behind
                        ? many with
                        {
                            Path = behind,
                        }
                        : many
                );
            if (few == firstFew || many == firstMany)
                yield break;
        }
    }

    /// <summary>How long one side takes for one address.</summary>
    private sealed class Times(ListsSide side)
    {
        private readonly List<double> times = [];
        private double cpu;

        public Seen Seen => new(times.Order().ElementAt(times.Count / 2), cpu * 1000 / times.Count);

        public async Task Take(ListsAsked.Ask ask, CancellationToken ct)
        {
            var (before, began) = (side.Server.CpuSeconds, Stopwatch.GetTimestamp());
            await side.Get(ask, ct);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            cpu += side.Server.CpuSeconds - before;
        }
    }

    // What is quick on both is not divided: a millisecond more or less would be a growth.
    private static double GrowthOf(Seen over, Seen of) => Math.Max(over.P50Ms, FloorMs) / Math.Max(of.P50Ms, FloorMs);

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
