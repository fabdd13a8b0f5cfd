using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Merchants;

/// <summary>查询: a merchant's name, or a case number, which leads to the progress of that case.</summary>
public sealed class SearchPage(Store store) : HousePage(store)
{
    private const int FoundMax = 40;

    [BindProperty(SupportsGet = true)]
    public string Q { get; set; } = "";

    public IReadOnlyList<MerchantRow> Found { get; private set; } = [];

    /// <summary>Name of a merchant's sector.</summary>
    public string SectorOf(MerchantRow merchant) => Names.Sector(merchant.Sector);

    public async Task<IActionResult> OnGet()
    {
        Q = (Q ?? "").Trim();
        if (CaseNumber.Parse(Q) is { } number)
            return Redirect(Me is null ? $"/progress?number={number}" : $"/cases/{number}");
        if (Q.Length > 0)
            Found = await MerchantSearch.Find(Store, Q, FoundMax, Ct);
        return Found.Count == 1 ? Redirect($"/merchants/{Found[0].Id}") : Page();
    }
}
