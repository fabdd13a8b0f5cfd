using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

/// <summary>处置台: what waits for a signature, an answer or a human, what is due first on top.</summary>
public sealed class MeasureQueuePage(Store store, OwnApi ownApi) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<MeasureRows.Item> Rows { get; private set; } = [];
    public string? Next { get; private set; }

    /// <summary>Whose turn it is in each.</summary>
    public IReadOnlyDictionary<Guid, TurnLine> Turns { get; private set; } = new Dictionary<Guid, TurnLine>();

    /// <summary>They may take one.</summary>
    public bool MayTake => ownApi.May(HttpMethods.Post, "/api/v1/measures", Me!.Role);

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Get, "/api/v1/measures/queue", Me.Role))
            return Forbid();
        var page = await ListMeasures.Queue(Store, new ListMeasures.Wanted(Size: 50, Cursor: Cursor), Ct);
        (Rows, Next) = (page.Items, page.Cursor);
        Turns = await MeasureTurns.Of(Store, Rows.Select(row => row.Id), Me, Ct);
        return Page();
    }
}
