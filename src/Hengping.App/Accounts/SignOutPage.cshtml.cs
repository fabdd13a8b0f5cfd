using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Accounts;

/// <summary>退出. By POST only: a link that is merely opened signs nobody out.</summary>
public sealed class SignOutPage : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPost()
    {
        await Sessions.SignOut(HttpContext);
        return LocalRedirect("/");
    }
}
