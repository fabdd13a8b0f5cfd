using Hengping.Rules.Orders;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Orders;

/// <summary>What an order counts for, and that sums moved by difference are the sums of a plain recount.</summary>
public sealed class CountingOrders
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 15, 30, 0, TimeSpan.Zero);

    private static OrderLine Line(string line = "1") =>
        new("A-1", line, Start, OrderState.Delivered, 10_00) { DeliveredAt = Start.AddDays(3) };

    public static TheoryData<string, OrderLine[], OrderTally> Rows() =>
        new()
        {
            { "delivered", [Line()], new OrderTally(1, 1, Fen: 1000) },
            { "two lines are one order", [Line(), Line("2")], new OrderTally(1, 2, Fen: 2000) },
            {
                "cancelled where all of it is",
                [Line() with { State = OrderState.Cancelled }, Line("2") with { State = OrderState.Cancelled }],
                new OrderTally(1, 2, Cancelled: 1, Fen: 2000)
            },
            {
                "half of it is cancelled",
                [Line() with { State = OrderState.Cancelled }, Line("2")],
                new OrderTally(1, 2, Fen: 2000)
            },
            {
                "returned for its quality and not paid back yet",
                [Line() with { ReturnedAt = Start.AddDays(5), IsQuality = true }],
                new OrderTally(1, 1, Returned: 1, Quality: 1, Fen: 1000)
            },
            {
                "asked back for its quality alone counts nothing yet",
                [Line() with { RefundAskedAt = Start.AddDays(5), IsQuality = true }],
                new OrderTally(1, 1, Fen: 1000)
            },
            {
                "of two lines the slower refund",
                [
                    Line() with
                    {
                        RefundAskedAt = Start.AddDays(4),
                        RefundedAt = Start.AddDays(5),
                    },
                    Line("2") with
                    {
                        ReturnedAt = Start.AddDays(4),
                        RefundedAt = Start.AddDays(6).AddMinutes(1),
                    },
                ],
                new OrderTally(1, 2, Returned: 1, Refunded: 1, Fen: 2000, RefundedFen: 2000)
                {
                    Hours = RefundHours.One(TimeSpan.FromHours(49)),
                }
            },
            {
                "paid back, and nobody knows when it was asked",
                [Line() with { RefundedAt = Start.AddDays(5) }],
                new OrderTally(1, 1, Refunded: 1, Fen: 1000, RefundedFen: 1000)
            },
            {
                "late and bad",
                [Line() with { PromisedAt = Start.AddDays(2), Score = 2 }],
                new OrderTally(1, 1, Promised: 1, Late: 1, Scored: 1, Bad: 1, Fen: 1000)
            },
            {
                "in time and good",
                [Line() with { PromisedAt = Start.AddDays(3), Score = 3 }],
                new OrderTally(1, 1, Promised: 1, Scored: 1, Fen: 1000)
            },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_order_counts_once(string what, OrderLine[] lines, OrderTally tally) =>
        OrderCount.Of(lines)!.Tally.ShouldBe(tally, what);

    [Fact]
    public void It_counts_on_its_day_in_Shanghai() =>
        OrderCount.Of([Line() with { OrderedAt = Start.AddHours(1) }])!.Day.ShouldBe(new DateOnly(2026, 3, 2));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void An_older_state_never_takes_a_newer_ones_place(int hours, bool replaces)
    {
        var known = Line() with { ChangedAt = Start.AddDays(3) };
        var came = Line() with { ChangedAt = known.ChangedAt.AddHours(hours), Fen = 1 };
        OrderLine.Later(known, came).ShouldBe(replaces ? came : known);
    }

    [Theory]
    [InlineData("", 50, null)]
    [InlineData("7:1", 50, 7)]
    [InlineData("1:1 2:1 3:1 4:1", 50, 2)]
    [InlineData("1:1 2:1 3:1 4:1", 90, 4)]
    [InlineData("5:9 100:1", 90, 5)]
    [InlineData("5:89 100:11", 90, 100)]
    public void Hours_are_ranked(string written, int percent, int? within) =>
        RefundHours.Sum([written]).Within(percent).ShouldBe(within);

    [Theory]
    [InlineData(0, "0:1")]
    [InlineData(1, "1:1")]
    [InlineData(60, "1:1")]
    [InlineData(61, "2:1")]
    [InlineData(60 * 24 * 400, "2160:1")]
    public void Hours_are_those_begun(int minutes, string written) =>
        RefundHours.One(TimeSpan.FromMinutes(minutes)).Write().ShouldBe(written);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Sums_by_difference_are_those_of_a_plain_recount(int seed)
    {
        var draw = new Random(seed);
        var batches = Enumerable.Range(0, 40).Select(_ => Batch(draw)).ToArray();
        draw.Shuffle(batches);

        var known = new Dictionary<(string, string), OrderLine>();
        var cells = new Dictionary<DateOnly, OrderTally>();
        foreach (var batch in batches)
        foreach (var order in batch.GroupBy(line => line.OrderNo))
        {
            Move(cells, Of(order.Key), (sum, one) => sum - one);
            foreach (var line in order)
                known[(line.OrderNo, line.LineNo)] = OrderLine.Later(
                    known.GetValueOrDefault((line.OrderNo, line.LineNo)),
                    line
                );
            Move(cells, Of(order.Key), (sum, one) => sum + one);
        }

        // Counted again: of each line the state that changed last, whatever the batches' order.
        var again = new Dictionary<DateOnly, OrderTally>();
        var last = batches
            .SelectMany(batch => batch)
            .GroupBy(line => (line.OrderNo, line.LineNo))
            .Select(states => states.MaxBy(state => state.ChangedAt)!);
        foreach (var order in last.GroupBy(line => line.OrderNo))
            Move(again, OrderCount.Of([.. order]), (sum, one) => sum + one);

        var moved = cells.Where(cell => !cell.Value.IsNone).OrderBy(cell => cell.Key).ToList();
        moved.Select(cell => cell.Key).ShouldBe(again.Keys.Order());
        moved.Select(cell => cell.Value).ShouldBe(again.OrderBy(cell => cell.Key).Select(cell => cell.Value));
        moved.Sum(cell => cell.Value.Hours.Count).ShouldBeGreaterThan(0);

        OrderCount? Of(string order) =>
            OrderCount.Of([.. known.Where(one => one.Key.Item1 == order).Select(one => one.Value)]);
    }

    private static void Move(
        Dictionary<DateOnly, OrderTally> cells,
        OrderCount? order,
        Func<OrderTally, OrderTally, OrderTally> how
    )
    {
        if (order is not null)
            cells[order.Day] = how(cells.GetValueOrDefault(order.Day, OrderTally.None), order.Tally);
    }

    // Every state has an instant of its own, so that the order of batches decides nothing.
    private static List<OrderLine> Batch(Random draw)
    {
        var lines = new List<OrderLine>();
        for (var i = draw.Next(1, 30); i > 0; i--)
        {
            var ordered = Start.AddHours(draw.Next(0, 24 * 5));
            var asked = draw.Next(3) == 0 ? ordered.AddHours(draw.Next(1, 200)) : (DateTimeOffset?)null;
            lines.Add(
                new OrderLine(
                    $"O{draw.Next(25)}",
                    $"{draw.Next(3)}",
                    ordered,
                    (OrderState)draw.Next(5),
                    draw.Next(100_00)
                )
                {
                    RefundAskedAt = asked,
                    RefundedAt = draw.Next(2) == 0 ? asked?.AddMinutes(draw.Next(10_000)) : null,
                    ReturnedAt = draw.Next(4) == 0 ? ordered.AddDays(2) : null,
                    IsQuality = draw.Next(3) == 0,
                    DeliveredAt = draw.Next(2) == 0 ? ordered.AddDays(draw.Next(1, 9)) : null,
                    PromisedAt = draw.Next(2) == 0 ? ordered.AddDays(5) : null,
                    Score = draw.Next(2) == 0 ? draw.Next(1, 6) : null,
                    ChangedAt = Start.AddTicks(draw.NextInt64(1L << 40)),
                }
            );
        }
        return lines;
    }
}
