using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hengping.App.Platform;

/// <summary>
/// A door that takes more than anybody's usual body: of whoever has signed in, or came by a pass that one of our pages
/// gave them (<see cref="BodyPasses"/>); of everybody else no more than usual.
/// </summary>
/// <param name="bytesMax">The most it takes of anybody.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LargeBodyAttribute(long bytesMax) : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>The most it takes of anybody.</summary>
    public long BytesMax => bytesMax;

    /// <inheritdoc/>
    public long? MaxRequestBodySize => bytesMax;

    /// <summary>
    /// The door reads the parts of a form as they come, and itself judges what it was shown before it takes more than
    /// the usual: nothing of the body is read before the door runs.
    /// </summary>
    public bool ReadsParts { get; init; }
}

/// <summary>What bodies may cost. Configuration section <c>Bodies</c>; these are the defaults.</summary>
public sealed class BodyCosts
{
    /// <summary>Where they are set.</summary>
    public const string Section = "Bodies";

    /// <summary>Large bodies at once of one account, and from one address of people who signed in. Without an account
    /// an address has half of it, and so has a pass, wherever it is used; networks around it have twice or three times
    /// as much as an address.</summary>
    public int AtOnceByAddress { get; init; } = 8;

    /// <summary>Large bodies at once in all; without an account, half of it.</summary>
    public int AtOnce { get; init; } = 64;

    /// <summary>What a body brings at least, after <see cref="GraceSeconds"/>: four times as much where more than half
    /// of the places are taken, and sixteen times where more than three quarters are.</summary>
    public int BytesPerSecondMin { get; init; } = 4 * 1024;

    /// <summary>How long it may be silent.</summary>
    public int GraceSeconds { get; init; } = 20;

    /// <summary>How long a body may take in all.</summary>
    public int SecondsMax { get; init; } = 3600;

    /// <summary>How long it may take of somebody without an account.</summary>
    public int NamelessSecondsMax { get; init; } = 900;

    /// <summary>Where the disk would have less left after all that is coming, nothing large is taken.</summary>
    public long DiskBytesFreeMin { get; init; } = 1L << 30;
}

/// <summary>
/// Passes for large bodies: a page that shows a form with files to somebody who is not signed in puts one into the
/// form's address, where it can be judged before the body is read. It names whom it was given to, by a print: whoever
/// hands it on shares their places, and an address that gets many passes has no more places by them.
/// </summary>
public sealed class BodyPasses(IDataProtectionProvider protection, Store store)
{
    /// <summary>Where it stands in the address.</summary>
    public const string Field = "pass";

    // As long as somebody may take over a form.
    private static readonly TimeSpan LivesFor = TimeSpan.FromHours(12);

    private readonly IDataProtector seal = protection.CreateProtector("body-pass");

    /// <summary>A pass for forms sent to the path of the page that is shown, good at this path alone.</summary>
    public string For(HttpContext page)
    {
        var until = (store.Now + LivesFor).ToUnixTimeMilliseconds();
        var whom = store.Keys.Fingerprint(Purposes.Allowance, "pass:" + Device.AddressOf(page));
        return seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {whom} {page.Request.Path}"));
    }

    /// <summary>To whom the pass was given by which a request came; null without one of its path that still holds.
    /// </summary>
    public string? GivenTo(HttpRequest request)
    {
        try
        {
            var said = seal.Unprotect(request.Query[Field].ToString()).Split(' ', 3);
            return
                said is [var until, var whom, var path]
                && long.Parse(until, CultureInfo.InvariantCulture) > store.Now.ToUnixTimeMilliseconds()
                && path.Equals(request.Path.Value, StringComparison.OrdinalIgnoreCase)
                ? whom
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
