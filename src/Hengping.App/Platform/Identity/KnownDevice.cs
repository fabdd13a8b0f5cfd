using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hengping.App.Platform;

/// <summary>Tells a browser that was in an account before from all others; null where it was not.</summary>
public delegate string? DeviceOf(Guid account);

/// <summary>
/// A browser that somebody came in with is known by a sealed cookie: what is tried from it counts for itself, so nobody
/// shuts out the right person by guessing from elsewhere. It opens nothing, and whoever steals it gets a guesser's few
/// tries, not more.
/// </summary>
public static class KnownDevice
{
    private const string Cookie = "hengping-device";

    // Accounts that one browser is known in, the last one first; the cookie stays below half a kilobyte.
    private const int AccountsMax = 4;
    private const int IdBytes = 16;
    private const int EntryBytes = IdBytes * 2;
    private const int CookieLengthMax = 1000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Asks the browser of a request.</summary>
    public static DeviceOf Of(HttpContext http) =>
        account => Find(Read(http), account) is { } own ? Convert.ToHexStringLower(own) : null;

    /// <summary>What is counted for somebody, for a browser they were in with: apart from everybody else.</summary>
    public static string Apart(string counted, DeviceOf? device, Guid? account) =>
        account is { } known && device?.Invoke(known) is { } own ? $"{counted}:{own}" : counted;

    /// <summary>Somebody came in with this browser.</summary>
    public static void Remember(HttpContext http, Guid account)
    {
        var before = Read(http);
        var own = Find(before, account) ?? RandomNumberGenerator.GetBytes(IdBytes);
        var now = account.ToByteArray().Concat(own);
        var others = before
            .Chunk(EntryBytes)
            .Where(entry => new Guid(entry.AsSpan(0, IdBytes)) != account)
            .Take(AccountsMax - 1)
            .SelectMany(entry => entry);
        http.Response.Cookies.Append(
            Cookie,
            Convert.ToBase64String(Protector(http).Protect([.. now, .. others])),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = Kept,
            }
        );
    }

    private static byte[]? Find(byte[] entries, Guid account)
    {
        foreach (var entry in entries.Chunk(EntryBytes))
            if (new Guid(entry.AsSpan(0, IdBytes)) == account)
                return entry[IdBytes..];
        return null;
    }

    // Nothing where there is none, or one that is not ours.
    private static byte[] Read(HttpContext http)
    {
        var said = http.Request.Cookies[Cookie];
        if (said is not { Length: > 0 and < CookieLengthMax })
            return [];
        try
        {
            var entries = Protector(http).Unprotect(Convert.FromBase64String(said));
            return entries.Length % EntryBytes == 0 ? entries : [];
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return [];
        }
    }

    private static IDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("hengping known device");
}
