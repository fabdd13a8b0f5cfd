using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Workbench;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Workbench;

/// <summary>回复模板: the merchant's own texts, each with its variables.</summary>
public sealed class TemplatesPage(Store store, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/merchant/templates";

    /// <summary>The one that is being written; 0 for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public int No { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public IReadOnlyList<KeepTemplates.TemplateShown> Templates { get; private set; } = [];

    /// <summary>What was done a moment ago.</summary>
    public string? Done { get; private set; }

    /// <summary>The variables, as they are written.</summary>
    public static IEnumerable<(string Written, string Means)> Variables =>
        TemplateText.Variables.Select(v => ("{" + v + "}", Texts.T("template.means." + v)));

    public async Task<IActionResult> OnGet(string? did)
    {
        if (Turned() is { } away)
            return away;
        if (did is not null && Texts.All.ContainsKey("template.did." + did))
            Done = Texts.T("template.did." + did);
        await Load();
        if (Templates.FirstOrDefault(t => t.No == No) is { } one)
            (Name, Text) = (one.Name, one.Text);
        else
            No = 0;
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (Turned() is { } away)
            return away;
        var path = No == 0 ? Door : Door + "/{n:int}";
        object at = No == 0 ? new { } : new { n = No };
        var answer = await ownApi.Post(HttpContext, path, at, new { name = Name, text = Text });
        if (answer.Ok)
            return Redirect("/merchant/templates?did=kept");
        return await Refused(answer);
    }

    public async Task<IActionResult> OnPostDrop()
    {
        if (Turned() is { } away)
            return away;
        var answer = await ownApi.Post(HttpContext, Door + "/{n:int}/drop", new { n = No }, body: null);
        if (answer.Ok)
            return Redirect("/merchant/templates?did=dropped");
        No = 0;
        return await Refused(answer);
    }

    private async Task<IActionResult> Refused(OwnAnswer answer)
    {
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        await Load();
        return Again();
    }

    private IActionResult? Turned() =>
        Me is null ? ToSignIn()
        : Me.Role != Role.Merchant ? Forbid()
        : null;

    private async Task Load() => Templates = await KeepTemplates.Of(Store, Me!.Merchant ?? Guid.Empty, Ct);
}
