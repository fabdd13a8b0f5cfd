using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Orders;

namespace Hengping.App.Importing;

/// <summary>A line of somebody's file, and the shop as it is named there.</summary>
public sealed record SourceOrderLine(string Shop, OrderLine Line);

/// <summary>Makes order lines of rows. The same file makes the same lines, in the same order.</summary>
internal sealed class OrderRowMapper(OrderMapping mapping, SourceTable table, string? shop, DateTimeOffset now)
{
    private readonly Cell orderNo = new(mapping.OrderNo, table);
    private readonly Cell lineNo = new(mapping.LineNo, table);
    private readonly Cell shopName = new(mapping.Shop, table);
    private readonly Cell product = new(mapping.Product, table);
    private readonly Cell ordered = new(mapping.Ordered, table);
    private readonly Cell promised = new(mapping.Promised, table);
    private readonly Cell delivered = new(mapping.Delivered, table);
    private readonly Cell asked = new(mapping.RefundAsked, table);
    private readonly Cell returned = new(mapping.Returned, table);
    private readonly Cell refunded = new(mapping.Refunded, table);
    private readonly Cell changed = new(mapping.Changed, table);
    private readonly Cell state = new(mapping.State, table);
    private readonly Cell amount = new(mapping.Amount, table);
    private readonly Cell quantity = new(mapping.Quantity, table);
    private readonly Cell reason = new(mapping.Reason, table);
    private readonly Cell score = new(mapping.Score, table);
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly int thisYear = now.ToOffset(TimeSpan.FromHours(8)).Year;

    /// <summary>The line, or why there is none.</summary>
    public Decided<SourceOrderLine> Map(SourceRow row)
    {
        if (Unfit(row) is { } unfit)
            return unfit;
        var order = orderNo.Of(row);
        var whose = PlainText.Name(shopName.Of(row) is { Length: > 0 } named ? named : shop) ?? "";
        if (whose.Length == 0)
            return Reject.NoShop;
        if (!Merchant.IsName(whose))
            return Merchant.NameNeeded;
        if (PlainText.Line(order) is not { Length: <= OrderLine.OrderNoMax } number)
            return Reject.NoOrder;
        var instants = new Instants(row, this);
        var at = instants.Of(ordered, isNeeded: true);
        var sum = Paid(row, out var isNegative);
        var isTakenBack = mapping.TakenBack is { } mark && number.StartsWith(mark, StringComparison.Ordinal);
        if (sum is null)
            return Reject.BadNumber(amount.Name, amount.Of(row));
        if (isNegative && !isTakenBack)
            return Reject.Negative;
        var arrived = instants.Of(delivered);
        var line = new OrderLine(
            number,
            LineNo(row, whose, number),
            at ?? now,
            isTakenBack ? OrderState.Cancelled : StateOf(row, arrived),
            (long)(sum.Value * 100)
        )
        {
            Product = PlainText.Line(product.Of(row)) is { Length: <= OrderLine.ProductMax } what ? what : null,
            PromisedAt = instants.Of(promised),
            DeliveredAt = arrived,
            RefundAskedAt = instants.Of(asked),
            ReturnedAt = isTakenBack ? at : instants.Of(returned),
            RefundedAt = isTakenBack ? at : instants.Of(refunded),
            IsQuality = mapping.QualityWords.Contains(reason.Of(row), StringComparer.OrdinalIgnoreCase),
            Score = ScoreOf(row),
        };
        if (instants.Wrong is { } wrong)
            return wrong;
        line = line with { ChangedAt = instants.Of(changed) ?? line.LastInstant };
        var faults = new FieldFaults();
        line.Check(faults, now);
        if ((instants.Wrong ?? faults.All.Values.FirstOrDefault()) is { } no)
            return no;
        return new SourceOrderLine(whose, line);
    }

    private Refusal? Unfit(SourceRow row) =>
        row.Fault is not null ? row.Fault
        : Array.TrueForAll(row.Cells, string.IsNullOrWhiteSpace) ? Reject.Blank
        : table is not NdjsonTable && row.Cells.Length != table.Columns.Count
            ? Reject.Shifted(row.Cells.Length, table.Columns.Count)
        : null;

    // Without a number of its own it has its place among the rows of its order.
    private string LineNo(SourceRow row, string whose, string order)
    {
        if (PlainText.Line(lineNo.Of(row)) is { Length: <= OrderLine.LineNoMax } own)
            return own;
        var key = whose + "\n" + order;
        places[key] = places.GetValueOrDefault(key) + 1;
        return places[key].ToString(CultureInfo.InvariantCulture);
    }

    private OrderState StateOf(SourceRow row, DateTimeOffset? arrived) =>
        mapping.States.FirstOrDefault(one => string.Equals(one.Key, state.Of(row), StringComparison.OrdinalIgnoreCase))
            is { Key: not null } known
            ? known.Value
        : arrived is null ? OrderState.Placed
        : OrderState.Delivered;

    private decimal? Paid(SourceRow row, out bool isNegative)
    {
        isNegative = false;
        if (!Sums.IsRead(amount.Of(row), out var sum, out _) || sum is null)
            return null;
        if (quantity.IsGiven)
        {
            const NumberStyles Signed = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
            if (!decimal.TryParse(quantity.Of(row), Signed, CultureInfo.InvariantCulture, out var pieces))
                return null;
            isNegative = pieces < 0;
            sum = decimal.Round(sum.Value * Math.Abs(pieces), 2, MidpointRounding.AwayFromZero);
        }
        return sum <= OrderLine.AmountMax ? sum : null;
    }

    private int? ScoreOf(SourceRow row) =>
        decimal.TryParse(score.Of(row), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given)
        && given is >= 1 and <= OrderLine.ScoreMax
            ? (int)given
            : null;

    // The first that cannot be read is what is wrong with the row.
    private sealed class Instants(SourceRow row, OrderRowMapper of)
    {
        public Refusal? Wrong { get; private set; }

        public DateTimeOffset? Of(Cell cell, bool isNeeded = false)
        {
            var text = cell.Of(row);
            if (text.Length == 0)
            {
                if (isNeeded)
                    Wrong ??= Reject.NoDate(cell.Name);
                return null;
            }
            if (SourceDates.TryRead(text, of.Dates, of.ThisYear, out var at, of.DayNumbersFrom))
                return at;
            Wrong ??= Reject.BadDate(cell.Name, text);
            return null;
        }
    }

    private DateOrder Dates => mapping.Dates;
    private int ThisYear => thisYear;
    private int DayNumbersFrom => table.DayNumbersFrom;
}
