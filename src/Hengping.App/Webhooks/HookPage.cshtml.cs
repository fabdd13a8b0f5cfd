using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Webhooks;

/// <summary>One webhook: how it stands, its deliveries, and all its owner can do.</summary>
public sealed class HookPage(Store store, OwnApi ownApi) : HousePage(store)
{
    private const string Door = HooksPage.Door + "/{id:guid}/";
    private const int Rows = 30;
    private static readonly string[] Verbs = ["pause", "resume", "retire", "address", "replay"];

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public long? From { get; set; }

    public HookView Hook { get; private set; } = null!;
    public ListHooks.Page Deliveries { get; private set; } = new([], null);

    /// <summary>The deliveries that are shown; null for all.</summary>
    public HookState? Shown => Words.Parse<HookState>(State);

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>A secret that was just made.</summary>
    public HookSecret? Fresh { get; private set; }

    /// <inheritdoc/>
    public override bool ShowsOnce => Fresh is not null;

    public async Task<IActionResult> OnGet(string? did)
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        if (!await Read())
            return NotFound();
        Done = Verbs.Contains(did) ? Texts.T("hooks.did." + did) : null;
        return Page();
    }

    public Task<IActionResult> OnPostPause() => Do("pause");

    public Task<IActionResult> OnPostResume() => Do("resume");

    public Task<IActionResult> OnPostAddress() => Do("address", new { address = Address });

    public Task<IActionResult> OnPostRetire(string? key) => Do("retire", new { key });

    public Task<IActionResult> OnPostReplay() => Do("replay", new { from = From });

    public async Task<IActionResult> OnPostRotate()
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        var answer = await ownApi.Post(HttpContext, Door + "rotate", new { id = Id }, null);
        Fresh = HookSecret.Of(answer);
        return await Shows(answer);
    }

    public async Task<IActionResult> OnPostTest()
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        var answer = await ownApi.Post(HttpContext, Door + "test", new { id = Id }, null);
        if (answer.Ok)
            Done = answer.Body.TryGetProperty("fault", out var fault)
                ? Texts.T("hooks.test.not", fault.GetString() ?? "")
                : Texts.T("hooks.test.taken");
        return await Shows(answer);
    }

    public async Task<IActionResult> OnPostClose()
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        var answer = await ownApi.Post(HttpContext, Door + "close", new { id = Id }, null);
        return answer.Ok ? Redirect(HookPages.Home(Me!)) : await Shows(answer);
    }

    private async Task<IActionResult> Do(string verb, object? body = null)
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        var answer = await ownApi.Post(HttpContext, Door + verb, new { id = Id }, body);
        return answer.Ok ? Redirect($"{HookPages.Home(Me!)}/{Id:D}?did={verb}") : await Shows(answer);
    }

    private async Task<IActionResult> Shows(OwnAnswer answer)
    {
        HookPages.Faults(this, answer);
        if (!await Read())
            return NotFound();
        return Faults.Count > 0 ? Again() : Page();
    }

    private async Task<bool> Read()
    {
        if (await ActOnHook.Find(Store, Id, Me!, Ct) is not { } loaded)
            return false;
        Hook = await HookView.Of(Store, loaded, Ct);
        Deliveries = await ListHooks.Of(Store, Id, Shown, Cursor, Rows, Ct);
        return true;
    }
}
