using System.Security.Claims;
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

    private const string IdClaim = "session";

    /// <summary>The longest name a person may have; in a cookie no more than that.</summary>
    private const int NameLengthMax = 80;

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

    /// <summary>Begins a session for an account that has just proved who it is; the one it had here ends.</summary>
    public static async Task SignIn(HttpContext http, Caller caller)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        await EndRow(http, store);
        var id = await SessionRows.Begin(
            store,
            caller.Account,
            Device.NameOf(http),
            Device.NetworkOf(http),
            http.RequestAborted
        );
        await http.SignInAsync(Name, Carried(caller, id));
        KnownDevice.Remember(http, caller.Account);
        // A form in this very answer belongs to the session that has just begun.
        http.User = PrincipalOf(caller, id);
    }

    /// <summary>A fresh session as the cookie carries it.</summary>
    public static async Task<ClaimsPrincipal> Begin(
        Store store,
        Caller caller,
        string device,
        string network,
        CancellationToken ct
    )
    {
        var id = await SessionRows.Begin(store, caller.Account, device, network, ct);
        return Carried(caller, id);
    }

    // Who it is and what they are called; all else is looked up at each request, and a list of shops would not fit.
    private static ClaimsPrincipal Carried(Caller caller, string id) =>
        PrincipalOf(new Caller(caller.Account, caller.Role, Merchant: null, caller.Name), id);

    // Browsers and proxies drop what is sent with 8 KB of cookies.
    private static string Short(string name) =>
        name.Length <= NameLengthMax
            ? name
            : name[..(char.IsHighSurrogate(name[NameLengthMax - 1]) ? NameLengthMax - 1 : NameLengthMax)];

    private static ClaimsPrincipal PrincipalOf(Caller caller, string id)
    {
        var principal = (caller with { Name = Short(caller.Name) }).AsPrincipal(Name);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new System.Security.Claims.Claim(IdClaim, id));
        return principal;
    }

    /// <summary>Ends the session.</summary>
    public static async Task SignOut(HttpContext http)
    {
        await EndRow(http, http.RequestServices.GetRequiredService<Store>());
        ShownPages.Forget(http);
        await http.SignOutAsync(Name);
    }

    /// <summary>Takes the cookie away; the session itself is void, for its account is gone.</summary>
    public static Task Leave(HttpContext http)
    {
        http.RequestServices.GetRequiredService<TokenCallers>().Forget();
        ShownPages.Forget(http);
        return http.SignOutAsync(Name);
    }

    private static async Task EndRow(HttpContext http, Store store)
    {
        if (http.User.FindFirstValue(IdClaim) is not { } id || Caller.Of(http.User) is not { } caller)
            return;
        await SessionRows.End(store, caller.Account, SessionRows.HashOf(id), http.RequestAborted);
        http.RequestServices.GetRequiredService<TokenCallers>().Forget();
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = SessionRows.IdleMax;
        // Kept for a span, not until an instant: a phone whose clock is days off stays signed in as long as any other.
        options.Cookie.MaxAge = SessionRows.IdleMax;
        options.SlidingExpiration = true;
        options.LoginPath = "/signin";
        options.ReturnUrlParameter = "next";
        // The framework makes an address of the Host header; a path says as much.
        options.Events.OnRedirectToLogin = async context =>
        {
            var asked = await TypedOf(context.HttpContext) ?? context.Request.Path + context.Request.QueryString;
            context.Response.Redirect($"/signin?next={Uri.EscapeDataString(asked)}");
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = Validate;
    }

    // A form that comes when the session is over: what was typed is there after signing in.
    private static async Task<string?> TypedOf(HttpContext http)
    {
        var isForm = ByBrowser.Sent(http.Request) && ByBrowser.IsFromHere(http.Request);
        if (!isForm || !http.Request.HasFormContentType)
            return null;
        try
        {
            return await http.RequestServices.GetRequiredService<ShownPages>().KeepTyped(http);
        }
        catch (Exception fault) when (SentForms.IsTheirs(fault))
        {
            return null;
        }
    }

    // A session that was ended, a blocked account, and one whose role has changed, sign in again before anything else.
    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var said = Caller.Of(context.Principal!);
        var id = context.Principal!.FindFirstValue(IdClaim);
        var hash = id is null ? null : SessionRows.HashOf(id);
        var callers = http.RequestServices.GetRequiredService<TokenCallers>();
        var session = hash is null ? null : await callers.OfSession(hash, http.RequestAborted);
        if (said is null || session?.Caller.Account != said.Account || session.Caller.Role != said.Role)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Name);
            return;
        }
        // What somebody may do in a team is as the store says now, not as it was when they signed in.
        context.ReplacePrincipal(PrincipalOf(session.Caller with { Name = said.Name }, id!));
        http.Features.Set(session);
        http.Features.Set(
            new Authority(async ct => (await callers.OfSession(hash!, ct))?.Caller.Role == session.Caller.Role)
        );
    }
}
