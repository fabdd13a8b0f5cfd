using System.Security.Cryptography;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>
/// A form that comes twice is one act: its own token, which is another one on every page, stands for an
/// Idempotency-Key, with what was typed and chosen. So whoever heard that the outcome is unknown, or nothing at all,
/// sends it again and gets the first answer; another text under the same token is another act.
/// </summary>
internal sealed record FormKey(string Key, byte[] Hash)
{
    public const string TokenField = "__RequestVerificationToken";

    /// <summary>Of the form that a page was sent, for one of the doors it goes through; null without one.</summary>
    /// <param name="door">The door's address, with what stands for its braces.</param>
    public static async Task<FormKey?> Of(HttpContext page, string door)
    {
        if (!HttpMethods.IsPost(page.Request.Method) || !page.Request.HasFormContentType)
            return null;
        var form = await page.Request.ReadFormAsync(page.RequestAborted);
        if (form[TokenField].ToString() is not { Length: > 0 })
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, door, page.Request.Path, page.Request.QueryString.Value);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            Add(hash, [name, .. values]);
        // Hashed, not named: kept evidence has a new id each time it comes.
        foreach (var file in form.Files)
        {
            Add(hash, file.Name, file.FileName);
            await using var content = file.OpenReadStream();
            hash.AppendData(await SHA256.HashDataAsync(content, page.RequestAborted));
        }
        var of = hash.GetHashAndReset();
        return new FormKey("form-" + Convert.ToHexStringLower(of), of);
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string?> words)
    {
        foreach (var word in words)
        {
            var bytes = Encoding.UTF8.GetBytes(word ?? "");
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
