using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Home;

/// <summary>隐私政策, 用户协议: the version in force, or an older one by its number.</summary>
public sealed class PaperPage(Store store, CurrentOperator house) : HousePage(store)
{
    /// <summary>The version shown; null where none was issued yet.</summary>
    public PaperVersion? Shown { get; private set; }

    /// <summary>The paper asked for.</summary>
    public Paper Asked { get; private set; }

    /// <summary>What the program itself does with personal data and what it asks of people, for whoever will run it.
    /// It is nobody's promise yet, and the page says so.</summary>
    public string Draft =>
        Texts
            .T(Asked == Paper.Privacy ? "paper.privacy.default" : "paper.agreement.default")
            .Replace("{name}", Texts.T("paper.draft.name"), StringComparison.Ordinal)
            .Replace("{contact}", Texts.T("paper.draft.contact"), StringComparison.Ordinal);

    /// <summary>All versions of this paper, the newest first.</summary>
    public IReadOnlyList<PaperVersion> All { get; private set; } = [];

    public async Task<IActionResult> OnGet(string paper, int? version)
    {
        if (Words.Parse<Paper>(paper) is not { } asked)
            return NotFound();
        Asked = asked;
        var now = await house.Now(Ct);
        All = [.. (now?.Papers ?? []).Where(one => one.Paper == asked).Reverse()];
        if (All.Count == 0 && version is null)
            return Page();
        if (All.FirstOrDefault(one => version is null || one.Version == version) is not { } found)
            return NotFound();
        Shown = found;
        return Page();
    }
}
