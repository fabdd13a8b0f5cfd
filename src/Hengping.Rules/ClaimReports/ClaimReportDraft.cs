using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;

namespace Hengping.Rules.ClaimReports;

/// <summary>An order as it is typed.</summary>
/// <param name="On">When it was made; may be left out.</param>
public sealed record OrderSaid(string? No, DateOnly? On);

/// <summary>A report as it is typed.</summary>
public sealed record ClaimReportSaid
{
    public string? Alleged { get; init; }
    public string? Demanded { get; init; }
    public string? Note { get; init; }
    public string? AuthorityCase { get; init; }
    public string? ClaimantName { get; init; }
    public string? ClaimantPhone { get; init; }
    public decimal? Sum { get; init; }
    public IReadOnlyList<OrderSaid?>? Orders { get; init; }
}

/// <summary>A report that was judged.</summary>
/// <param name="OldOrders">How many orders are older than six months.</param>
public sealed record ClaimReportDraft(Pretext Pretext, ClaimReportWords Words, decimal? Sum, int OldOrders)
{
    public const int AllegedMin = 10;
    public const int AllegedMax = 5_000;
    public const int TextMax = 2_000;
    public const int OrdersMax = 20;
    public const int OrderNoMax = 64;
    public const int ProofsMax = 9;
    public const int LineMax = 100;
    public const decimal SumMax = 10_000_000m;

    /// <summary>Orders of so many months are advised; older ones get a warning (seed 003).</summary>
    public const int Months = 6;

    /// <summary>Their case, where it began with one.</summary>
    public Guid? Complaint { get; init; }
    public IReadOnlyList<ClaimProof> Proofs { get; init; } = [];

    /// <summary>Judges what was typed.</summary>
    public static ClaimReportDraft Check(Pretext pretext, ClaimReportSaid said, FieldFaults faults, DateTimeOffset now)
    {
        var today = Shanghai.DayOf(now);
        var (numbers, old) = (new List<string>(), 0);
        foreach (var (order, at) in (said.Orders ?? []).Select((order, i) => (order, $"orders[{i}]")))
        {
            var no = faults.Line(at + ".no", order?.No, OrderNoMax);
            faults.If(no is null, at + ".no", Fault.Required);
            faults.If(no is not null && numbers.Contains(no), at + ".no", Fault.Repeated);
            faults.If(order?.On > today, at + ".on", Fault.InTheFuture);
            if (no is not null)
                numbers.Add(no);
            if (IsOld(order?.On, today))
                old++;
        }
        faults.If(numbers.Count > OrdersMax, "orders", Fault.TooMany(OrdersMax));
        faults.Money("sum", said.Sum, SumMax);
        var phone = PhoneNumber.Normalise(said.ClaimantPhone);
        faults.If(phone is null && !string.IsNullOrWhiteSpace(said.ClaimantPhone), "claimantPhone", Fault.Phone);
        var words = new ClaimReportWords(
            faults.Text("alleged", said.Alleged, AllegedMin, AllegedMax),
            Some(faults.Text("demanded", said.Demanded, 0, TextMax)),
            Some(faults.Text("note", said.Note, 0, TextMax)),
            numbers,
            faults.Line("claimantName", said.ClaimantName, LineMax),
            phone,
            faults.Line("authorityCase", said.AuthorityCase, LineMax)
        );
        // Whoever is threatened may report at once: there is no order to name.
        faults.If(numbers.Count == 0 && words.Demanded is null, "demanded", ClaimReport.NeedsDemand);
        return new ClaimReportDraft(pretext, words, said.Sum, old);
    }

    /// <summary>An order gets the warning.</summary>
    public static bool IsOld(DateOnly? on, DateOnly today) => on < today.AddMonths(-Months);

    private static string? Some(string text) => text.Length > 0 ? text : null;
}
