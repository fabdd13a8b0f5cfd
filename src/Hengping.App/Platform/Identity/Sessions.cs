using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Hengping.App.Platform;

/// <summary>
/// Sign-in of pages: one cookie, HttpOnly, SameSite=Lax, Secure wherever the site is served over TLS.
/// </summary>
public static class Sessions
{
    /// <summary>Name of the scheme and of the cookie.</summary>
    public const string Name = "hengping-session";

    /// <summary>The policy of pages for admins: others are sent to sign in, or told that it is not theirs.</summary>
    public const string AdminOnly = "admin";

    /// <summary>Both schemes: tokens for the API, the cookie for pages. Cookie keys lie beside the key ring.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder, StorePlace place)
    {
        builder.Services.AddSingleton<TokenCallers>();
        builder
            .Services.AddDataProtection()
            .SetApplicationName("hengping")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(place.Keys, "cookies")));
        builder
            .Services.AddAuthentication(options =>
            {
                options.DefaultScheme = "either";
            })
            .AddPolicyScheme(
                "either",
                displayName: null,
                options =>
                    options.ForwardDefaultSelector = http =>
                        http.Request.Path.StartsWithSegments("/api") ? TokenAuthentication.Name : Name
            )
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, _ => { })
            .AddCookie(Name, ConfigureCookie);
        builder.Services.AddAuthorization(options =>
            options.AddPolicy(AdminOnly, policy => policy.RequireClaim("role", Words.Of(Role.Admin)))
        );
    }

    /// <summary>Begins a session for an account that has just proved who it is.</summary>
    public static Task SignIn(HttpContext http, Caller caller) =>
        http.SignInAsync(Name, caller.AsPrincipal(Name), new AuthenticationProperties { IsPersistent = true });

    /// <summary>Ends the session.</summary>
    public static Task SignOut(HttpContext http) => http.SignOutAsync(Name);

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/signin";
        options.ReturnUrlParameter = "next";
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = async context =>
        {
            var callers = context.HttpContext.RequestServices.GetRequiredService<TokenCallers>();
            var caller = Caller.Of(context.Principal!);
            var ct = context.HttpContext.RequestAborted;
            // A blocked account, and one whose role has changed, signs in again before anything else.
            if (caller is null || (await callers.OfAccount(caller.Account, ct))?.Role != caller.Role)
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(Name);
            }
        };
    }
}
