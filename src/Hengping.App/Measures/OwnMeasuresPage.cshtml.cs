using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

/// <summary>对我的措施: a merchant's at <c>/merchant/measures</c>, a person's by the link of <c>/me</c>.</summary>
public sealed class OwnMeasuresPage(Store store, Law law, OwnApi ownApi) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<MeasureRows.Item> Rows { get; private set; } = [];
    public string? Next { get; private set; }

    /// <summary>Whose turn it is in each.</summary>
    public IReadOnlyDictionary<Guid, TurnLine> Turns { get; private set; } = new Dictionary<Guid, TurnLine>();

    /// <summary>The last appeal against each that has one.</summary>
    public IReadOnlyDictionary<Guid, MeasureView.Appealing> Appeals { get; private set; } =
        new Dictionary<Guid, MeasureView.Appealing>();

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Get, "/api/v1/measures/mine", Me.Role))
            return Forbid();
        var page = await ListMeasures.Mine(Store, Me, new ListMeasures.Wanted(Size: 30, Cursor: Cursor), Ct);
        (Rows, Next) = (page.Items, page.Cursor);
        Turns = await MeasureTurns.Of(Store, Rows.Select(row => row.Id), Me, Ct);
        var appeals = new Dictionary<Guid, MeasureView.Appealing>();
        foreach (var row in Rows.Where(row => row.Appealed))
            if ((await ShowMeasure.Read(Store, law, row.Id, Me, Ct))?.RunningAppeal is { } appeal)
                appeals[row.Id] = appeal;
        Appeals = appeals;
        return Page();
    }
}
