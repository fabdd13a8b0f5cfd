using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>What a batch changes: the lines that are others now, and by how much which roll-up moves.</summary>
/// <param name="known">The lines of the orders it names, as they stood.</param>
internal sealed class OrderMoves(Dictionary<OrderKey, Dictionary<string, OrderLine>> known)
{
    private readonly Dictionary<(OrderKey Key, string Line), OrderLine> changed = [];
    private readonly Dictionary<DayKey, OrderTally> differences = [];

    /// <summary>Lines to keep.</summary>
    public IEnumerable<(OrderKey Key, OrderLine Line)> Changed =>
        changed.Select(one => (one.Key.Key, one.Value));

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
        Move(key.Merchant, before, OrderCount.Of(lines.Values), isExcluded: false);
    }

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
