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
    /// <summary>Large bodies at once from one address.</summary>
    public int AtOnceByAddress { get; init; } = 8;

    /// <summary>Large bodies at once in all.</summary>
    public int AtOnce { get; init; } = 64;

    /// <summary>What a body brings at least, after <see cref="GraceSeconds"/>.</summary>
    public int BytesPerSecondMin { get; init; } = 4 * 1024;

    /// <summary>How long it may be silent.</summary>
    public int GraceSeconds { get; init; } = 20;

    /// <summary>How long a body may take in all.</summary>
    public int SecondsMax { get; init; } = 3600;

    /// <summary>Where the disk would have less left after all that is coming, nothing large is taken.</summary>
    public long DiskBytesFreeMin { get; init; } = 1L << 30;
}

/// <summary>
/// Passes for large bodies: a page that shows a form with files to somebody who is not signed in puts one into the
/// form's address, where it can be judged before the body is read.
/// </summary>
public sealed class BodyPasses(IDataProtectionProvider protection, Store store)
{
    /// <summary>Where it stands in the address.</summary>
    public const string Field = "pass";

    // As long as somebody may take over a form.
    private static readonly TimeSpan LivesFor = TimeSpan.FromHours(12);

    private readonly IDataProtector seal = protection.CreateProtector("body-pass");

    /// <summary>A pass for forms sent to this path, good at this path alone.</summary>
    public string To(string path) =>
        seal.Protect(
            string.Create(CultureInfo.InvariantCulture, $"{(store.Now + LivesFor).ToUnixTimeMilliseconds()} {path}")
        );

    /// <summary>Whether a request came by a pass of its path that still holds.</summary>
    public bool Has(HttpRequest request)
    {
        try
        {
            var said = seal.Unprotect(request.Query[Field].ToString());
            var space = said.IndexOf(' ', StringComparison.Ordinal);
            return long.Parse(said.AsSpan(0, space), CultureInfo.InvariantCulture) > store.Now.ToUnixTimeMilliseconds()
                && said.AsSpan(space + 1).Equals(request.Path.Value, StringComparison.OrdinalIgnoreCase);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
