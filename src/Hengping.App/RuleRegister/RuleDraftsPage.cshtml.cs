using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.RuleRegister;

/// <summary>规则管理: all rules with what waits, and where a new one is drafted.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class RuleDraftsPage(Store store, OwnApi ownApi) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<ListRules.Item> Items { get; private set; } = [];

    /// <summary>Where the list goes on.</summary>
    public string? Next { get; private set; }

    public RuleDraftForm Draft { get; private set; } = new();

    public Task OnGet() => Read();

    public async Task<IActionResult> OnPost(RuleDraftForm draft)
    {
        var answer = await ownApi.Post(HttpContext, "/api/v1/rules", new { }, draft.Body(draft.Topic));
        if (answer.Ok)
            return Redirect($"/admin/rules/{answer.Body.GetProperty("id").GetGuid():D}?did=rule");
        await Read();
        Draft = draft;
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task Read()
    {
        var page = await ListRules.Of(Store, Me, new ListRules.Wanted(null, null, Size: 50, Cursor: Cursor), Ct);
        (Items, Next) = (page.Items, page.Cursor);
    }
}
