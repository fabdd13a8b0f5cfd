using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// Pages that forms were answered with, each at an address of its own for a while, so that Back and reload show it
/// again and send nothing. All nodes share them. A page is sealed with a key that only the cookie of its browser
/// holds: the store alone opens nothing, and the address alone shows nobody anything.
/// </summary>
public sealed class ShownPages(Store store) : IDisposable
{
    /// <summary>Where a page's key stands in the address.</summary>
    public const string Field = "shown";

    private const string Cookie = "hengping-shown";
    private const int KeyBytes = 32;
    private const int IdBytes = 12;

    /// <summary>How many a browser has; the oldest go first.</summary>
    internal const int OfBrowserMax = 20;

    /// <summary>A page as it is kept, packed.</summary>
    internal const int BytesMax = 256 * 1024;

    /// <summary>In a minute, on one node, of one address: beyond it forms are answered in place.</summary>
    internal const int OfAddressPerMinute = 300;

    /// <summary>The same of everybody.</summary>
    internal const int PerMinute = 6_000;

    /// <summary>How long at least.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    // An end says no more than this about when somebody sent a form.
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<HttpContext> pace = PartitionedRateLimiter.CreateChained(
        Minute(Device.AddressOf, OfAddressPerMinute),
        Minute(_ => "all", PerMinute)
    );

    /// <summary>A key for a page that is to be kept.</summary>
    public static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Keeps a page for the browser that asks, which gets a cookie where it has none.</summary>
    /// <returns>False where it cannot be kept: too large, too many, or the store is away.</returns>
    public async Task<bool> Keep(HttpContext http, string key, ShownPage page)
    {
        using var lease = pace.AttemptAcquire(http);
        if (!lease.IsAcquired || Packed(page) is not { } packed)
            return false;
        var browser = KeyOf(http) ?? RandomNumberGenerator.GetBytes(KeyBytes);
        var row = new
        {
            print = Print(browser, "page " + key),
            browser = Print(browser, "browser"),
            ends = EndOf(store.Now),
            box = Seal(browser, key, packed),
            max = OfBrowserMax,
        };
        try
        {
            await store.Write(
                async (db, transaction) =>
                {
                    await db.ExecuteAsync(
                        """
                        insert into shown_pages (print, browser, nth, ends_at, box)
                        select @print, @browser, coalesce(max(nth), 0) + 1, @ends, @box
                        from shown_pages where browser = @browser
                        """,
                        row,
                        transaction
                    );
                    return await db.ExecuteAsync(
                        """
                        delete from shown_pages where browser = @browser
                          and nth <= (select max(nth) from shown_pages where browser = @browser) - @max
                        """,
                        row,
                        transaction
                    );
                },
                http.RequestAborted
            );
        }
        catch (Exception fault) when (StoreAway.In(fault) is not null)
        {
            return false;
        }
        if (KeyOf(http) is null)
            http.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(browser), Options(http));
        return true;
    }

    /// <summary>Keeps what was typed alone, to be sent once more; where to look at it, null where it was not kept.
    /// </summary>
    public async Task<string?> KeepTyped(HttpContext http)
    {
        var (key, form) = (NewKey(), await http.Request.ReadFormAsync(http.RequestAborted));
        return await Keep(http, key, ShownPage.Of(http, form))
            ? http.Request.PathBase + http.Request.Path + ShownPage.QueryOf(http.Request, key)
            : null;
    }

    /// <summary>The page of a key, for the browser it was kept for; null for all others and when its time is over.
    /// </summary>
    public async Task<ShownPage?> Find(HttpContext http, string key)
    {
        if (key.Length > 4 * IdBytes || KeyOf(http) is not { } browser)
            return null;
        var row = new { print = Print(browser, "page " + key), now = store.Now.ToUnixTimeMilliseconds() };
        var box = await store.First<byte[]>(
            "select box from shown_pages where print = @print and ends_at > @now",
            row,
            http.RequestAborted
        );
        if (box is null || Open(browser, key, box) is not { } page)
            return null;
        if (page.Once && HttpMethods.IsGet(http.Request.Method))
            await store.Write(
                (db, transaction) => db.ExecuteAsync("delete from shown_pages where print = @print", row, transaction),
                http.RequestAborted
            );
        return page;
    }

    /// <summary>Whoever signs out leaves nothing in the browser that opens what they were shown.</summary>
    public static void Forget(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Cookie))
            http.Response.Cookies.Delete(Cookie, Options(http));
    }

    /// <summary>Takes away those whose time is over; how many.</summary>
    internal Task<int> Sweep(CancellationToken ct) =>
        store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "delete from shown_pages where ends_at <= @now or ends_at > @far",
                    // Kept by a clock that was ahead.
                    new { now = store.Now.ToUnixTimeMilliseconds(), far = EndOf(store.Now + ClockGuard.Apart) },
                    transaction
                ),
            ct
        );

    /// <inheritdoc/>
    public void Dispose() => pace.Dispose();

    private static long EndOf(DateTimeOffset now)
    {
        var (end, step) = ((now + KeptFor).ToUnixTimeMilliseconds(), (long)Coarse.TotalMilliseconds);
        return (end / step * step) + step;
    }

    private static PartitionedRateLimiter<HttpContext> Minute(Func<HttpContext, string> whose, int permits) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http =>
            RateLimitPartition.GetFixedWindowLimiter(
                whose(http),
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = permits,
                    Window = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }
            )
        );

    private static CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        };

    private static byte[]? KeyOf(HttpContext http)
    {
        var said = http.Request.Cookies[Cookie];
        var key = new byte[KeyBytes];
        return
            said is { Length: > 0 and < 100 }
            && Base64Url.IsValid(said)
            && Base64Url.TryDecodeFromChars(said, key, out var length)
            && length == KeyBytes
            ? key
            : null;
    }

    private static byte[] Derived(byte[] browser, string what) =>
        HMACSHA256.HashData(browser, Encoding.UTF8.GetBytes(what));

    private static string Print(byte[] browser, string what) => Convert.ToHexStringLower(Derived(browser, what));

    private static byte[]? Packed(ShownPage page)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(brotli, page, Cli.JsonFormat);
        return packed.Length > BytesMax ? null : packed.ToArray();
    }

    // A key of its own for each page, used once: its nonce may be the same.
    private static byte[] Seal(byte[] browser, string key, byte[] plain)
    {
        var box = new byte[plain.Length + AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(Derived(browser, "box " + key), AesGcm.TagByteSizes.MaxSize);
        var hidden = box.AsSpan(..plain.Length);
        var tag = box.AsSpan(plain.Length..);
        aes.Encrypt(new byte[AesGcm.NonceByteSizes.MaxSize], plain, hidden, tag);
        return box;
    }

    private static ShownPage? Open(byte[] browser, string key, byte[] box)
    {
        var plain = new byte[box.Length - AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(Derived(browser, "box " + key), AesGcm.TagByteSizes.MaxSize);
        var hidden = box.AsSpan(..plain.Length);
        var tag = box.AsSpan(plain.Length..);
        aes.Decrypt(new byte[AesGcm.NonceByteSizes.MaxSize], hidden, tag, plain);
        using var brotli = new BrotliStream(new MemoryStream(plain), CompressionMode.Decompress);
        try
        {
            return JsonSerializer.Deserialize<ShownPage>(brotli, Cli.JsonFormat);
        }
        catch (JsonException)
        {
            // Kept by a program of another version.
            return null;
        }
    }
}

/// <summary>Takes pages away that nobody can ask for any more.</summary>
public sealed class ShownPagesSweep(ShownPages pages, ILogger<ShownPagesSweep> log) : Job(log)
{
    /// <inheritdoc/>
    public override string Name => "shown";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await pages.Sweep(ct);
}
