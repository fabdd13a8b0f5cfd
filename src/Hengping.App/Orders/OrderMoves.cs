using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>
/// What some events change: the lines that are others now, which orders are out, and by how much which roll-up moves.
/// </summary>
/// <param name="known">The lines of the orders they name, as they stood.</param>
/// <param name="excluded">The reports by which these orders were out.</param>
internal sealed class OrderMoves(
    Dictionary<OrderKey, Dictionary<string, OrderLine>> known,
    Dictionary<OrderKey, Dictionary<string, long>> excluded
)
{
    private readonly Dictionary<(OrderKey Key, string Line), OrderLine> changed = [];
    private readonly Dictionary<(OrderKey Key, string Report), Exclusion> exclusions = [];
    private readonly Dictionary<DayKey, OrderTally> differences = [];

    /// <summary>Lines to keep.</summary>
    public IEnumerable<(OrderKey Key, OrderLine Line)> Changed => changed.Select(one => (one.Key.Key, one.Value));

    /// <summary>Exclusions to keep.</summary>
    public IEnumerable<Exclusion> Exclusions => exclusions.Values;

    /// <summary>How roll-ups move.</summary>
    public IReadOnlyDictionary<DayKey, OrderTally> Differences => differences;

    /// <summary>Takes what came of one order.</summary>
    public void Take(OrderKey key, IEnumerable<OrderLine> came)
    {
        if (!known.TryGetValue(key, out var lines))
            known.Add(key, lines = new(StringComparer.Ordinal));
        var before = OrderCount.Of(lines.Values);
        foreach (var line in came)
        {
            var was = lines.GetValueOrDefault(line.LineNo);
            var now = OrderLine.Later(was, line with { OrderNo = "" });
            if (now == was)
                continue;
            lines[line.LineNo] = now;
            changed[(key, line.LineNo)] = now;
        }
        var after = OrderCount.Of(lines.Values);
        Move(key.Merchant, before, after, isExcluded: false);
        if (IsOut(key))
            Move(key.Merchant, before, after, isExcluded: true);
    }

    /// <summary>An order leaves the metrics by a report.</summary>
    public void Leave(OrderKey key, string report, DateTimeOffset since)
    {
        var wasOut = IsOut(key);
        if (!excluded.TryGetValue(key, out var reports))
            excluded.Add(key, reports = new(StringComparer.Ordinal));
        reports[report] = since.ToUnixTimeMilliseconds();
        exclusions[(key, report)] = new Exclusion(key, report, reports[report], Until: null);
        if (!wasOut)
            Move(key.Merchant, null, Now(key), isExcluded: true);
    }

    /// <summary>A report keeps it out no more.</summary>
    public void Return(OrderKey key, string report, DateTimeOffset until)
    {
        if (excluded.GetValueOrDefault(key) is not { } reports || !reports.Remove(report, out var since))
            return;
        exclusions[(key, report)] = new Exclusion(key, report, since, until.ToUnixTimeMilliseconds());
        if (!IsOut(key))
            Move(key.Merchant, Now(key), null, isExcluded: true);
    }

    private bool IsOut(OrderKey key) => excluded.GetValueOrDefault(key) is { Count: > 0 };

    private OrderCount? Now(OrderKey key) =>
        known.GetValueOrDefault(key) is { } lines ? OrderCount.Of(lines.Values) : null;

    private void Move(Guid merchant, OrderCount? before, OrderCount? after, bool isExcluded)
    {
        if (before == after)
            return;
        if (before is not null)
            Add(new DayKey(merchant, OrderRows.DayOf(before.Day), isExcluded), OrderTally.None - before.Tally);
        if (after is not null)
            Add(new DayKey(merchant, OrderRows.DayOf(after.Day), isExcluded), after.Tally);
    }

    private void Add(DayKey key, OrderTally by) =>
        differences[key] = differences.GetValueOrDefault(key, OrderTally.None) + by;
}
