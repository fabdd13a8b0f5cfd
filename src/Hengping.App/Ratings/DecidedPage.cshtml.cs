using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Ratings;

/// <summary>经人工判断的案件: one by one, of a published list or of one merchant in it.</summary>
[OutputCache(PolicyName = PageCache.Name, VaryByQueryKeys = ["period", "sector", "side", "merchant"])]
public sealed class DecidedPage(Store store) : ListPage(store)
{
    /// <summary>Rows of a page; the API has them all.</summary>
    public const int RowsMax = 500;

    /// <summary>Of one merchant alone.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Merchant { get; set; }

    /// <summary>All of them, of that merchant where one is asked for.</summary>
    public IReadOnlyList<DecidedCase> Cases { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (!await Read())
            return NotFound();
        if (Frozen is not null)
            Cases =
            [
                .. (await DecidedCases.Read(Store, Which!, Frozen.List, Ct)).Where(one =>
                    Merchant is null || one.MerchantId == Merchant
                ),
            ];
        return Page();
    }
}
