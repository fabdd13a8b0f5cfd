using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Webhooks;

/// <summary>
/// Webhook 列表: a merchant's at <c>/merchant/webhooks</c>, the operator's own at <c>/admin/webhooks</c>.
/// </summary>
public sealed class HooksPage(Store store, OwnApi ownApi) : HousePage(store)
{
    internal const string Door = "/api/v1/webhooks";

    [BindProperty]
    public string? Address { get; set; }

    public IReadOnlyList<HookView> Hooks { get; private set; } = [];

    /// <summary>The one that was just opened, with its secret.</summary>
    public HookSecret? Fresh { get; private set; }

    /// <inheritdoc/>
    public override bool ShowsOnce => Fresh is not null;

    public async Task<IActionResult> OnGet()
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        Hooks = await ListHooks.Of(Store, Me!, Ct);
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (HookPages.Shut(this) is { } shut)
            return shut;
        var answer = await ownApi.Post(HttpContext, Door, new { }, new { address = Address });
        Fresh = HookSecret.Of(answer);
        if (answer.Ok)
            Address = null;
        HookPages.Faults(this, answer);
        Hooks = await ListHooks.Of(Store, Me!, Ct);
        return Faults.Count > 0 ? Again() : Page();
    }
}

/// <summary>A secret on the answer that made it.</summary>
/// <param name="Key">Its name beside the signatures.</param>
public sealed record HookSecret(Guid Hook, string Key, string Secret)
{
    /// <summary>What a door answered, where there is a secret in it.</summary>
    public static HookSecret? Of(OwnAnswer answer) =>
        answer.Ok && answer.Body.TryGetProperty("secret", out var secret)
            ? new HookSecret(
                answer.Body.GetProperty("id").GetGuid(),
                answer.Body.GetProperty("keys").EnumerateArray().Last().GetString()!,
                secret.GetString()!
            )
            : null;
}

/// <summary>What both pages share.</summary>
internal static class HookPages
{
    /// <summary>Where the caller's list is.</summary>
    public static string Home(Caller caller) => caller.Role == Role.Admin ? "/admin/webhooks" : "/merchant/webhooks";

    /// <summary>The row of tabs it stands in.</summary>
    public static TabRow Row(Caller caller) => caller.Role == Role.Admin ? TabRow.Admin : TabRow.Merchant;

    /// <summary>The answer to somebody who has nothing here; null to whoever has.</summary>
    public static IActionResult? Shut(HousePage page)
    {
        if (page.Me is not { } caller)
            return new RedirectResult("/signin?next=" + Uri.EscapeDataString(page.Request.Path));
        var isTheirs = page.Request.Path.StartsWithSegments(Home(caller), StringComparison.OrdinalIgnoreCase);
        return isTheirs && HookOwner.Roles.Contains(caller.Role) && HookOwner.No(caller) is null
            ? null
            : new ForbidResult();
    }

    /// <summary>A number of deliveries, as far as it was counted.</summary>
    public static string Counted(long many) => Say.Count(many) + (many < HookView.CountedTo ? "" : "+");

    /// <summary>What a door said is wrong, beside its field or for the whole.</summary>
    public static void Faults(HousePage page, OwnAnswer answer)
    {
        foreach (var (field, said) in answer.Errors)
            page.Faults.TryAdd(field, said);
        if (!answer.Ok && page.Faults.Count == 0)
            page.Faults[""] = answer.Title ?? "";
    }
}
