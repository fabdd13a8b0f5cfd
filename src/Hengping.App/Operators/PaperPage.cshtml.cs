using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Operators;

/// <summary>隐私政策, 用户协议: the version in force, or an older one by its number.</summary>
public sealed class PaperPage(Store store, CurrentOperator house) : HousePage(store)
{
    /// <summary>The version shown.</summary>
    public PaperVersion Shown { get; private set; } = null!;

    /// <summary>All versions of this paper, the newest first.</summary>
    public IReadOnlyList<PaperVersion> All { get; private set; } = [];

    public async Task<IActionResult> OnGet(string paper, int? version)
    {
        var asked = Words.Parse<Paper>(paper);
        var known = (await house.Now(Ct))?.Papers ?? [];
        All = [.. known.Where(one => one.Paper == asked).Reverse()];
        if (All.FirstOrDefault(one => version is null || one.Version == version) is not { } found)
            return NotFound();
        Shown = found;
        return Page();
    }
}
