using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

/// <summary>处置公示: what a marketplace did, to whom, why, and what came of appeals.</summary>
public sealed class MeasuresPage(Store store) : HousePage(store)
{
    /// <summary>What can stand in the register.</summary>
    public static readonly IReadOnlyList<MeasureStatus> Statuses =
    [
        MeasureStatus.Notified,
        MeasureStatus.InForce,
        MeasureStatus.Proposed,
        MeasureStatus.Ended,
        MeasureStatus.Lifted,
        MeasureStatus.Overturned,
        MeasureStatus.Dropped,
    ];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    /// <summary>Only what is late.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Late { get; set; }

    /// <summary>One merchant's alone, as its public page asks.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Merchant { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<MeasureRows.Item> Rows { get; private set; } = [];
    public ListMeasures.Figures Counts { get; private set; } = null!;
    public string? Next { get; private set; }

    /// <summary>What is late, each with the number of its list.</summary>
    public IEnumerable<(MeasureLate Late, long Count)> LateCounts =>
        [
            (MeasureLate.Appeal, Counts.AppealLate),
            (MeasureLate.Unsigned, Counts.OverdueNow),
            (MeasureLate.WasUnsigned, Counts.Overdue),
            (MeasureLate.Human, Counts.HumanLate),
        ];

    public async Task<IActionResult> OnGet()
    {
        Known("kind", Kind, Words.Parse<MeasureKind>(Kind) is not null);
        Known("status", Status, Words.Parse<MeasureStatus>(Status) is { } known && Statuses.Contains(known));
        var wanted = new ListMeasures.Wanted(
            Q?.Length <= 100 ? Q : null,
            Words.Parse<MeasureKind>(Kind) is { } kind ? [kind] : null,
            Words.Parse<MeasureStatus>(Status) is { } status ? [status] : null,
            Merchant: Merchant,
            Size: 30,
            Cursor: Cursor,
            Late: Words.Parse<MeasureLate>(Late)
        );
        var page = await ListMeasures.Public(Store, wanted, Ct);
        (Rows, Next, Counts) = (page.Items, page.Cursor, page.Counts!);
        return Faults.Count == 0 ? Page() : Again();
    }

    // A word that is none is no filter, and is said to be none.
    private void Known(string field, string? word, bool isKnown)
    {
        if (word is { Length: > 0 } && !isKnown)
            Fault(field, Rules.Fields.Fault.Unknown);
    }
}
