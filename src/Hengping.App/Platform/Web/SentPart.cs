using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hengping.App.Platform;

/// <summary>
/// One part of a form as it comes: for doors that keep a file without laying it down anywhere on the way. The next
/// part begins where this one's content ends.
/// </summary>
/// <param name="Field">The form's field.</param>
/// <param name="Name">The file's name, where it is one.</param>
public sealed record SentPart(string Field, string? Name, Stream Content)
{
    /// <summary>It breaks off, or is no form: the sender's fault.</summary>
    public sealed class BrokenException(Exception fault) : Exception("The form that was sent is broken", fault);

    /// <summary>The parts in their order; none where the request is no form of parts.</summary>
    /// <exception cref="BrokenException">Also from reading the content of one.</exception>
    public static async IAsyncEnumerable<SentPart> Of(
        HttpRequest request,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
            yield break;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            yield break;
        var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = null };
        while (await Next(reader, ct) is { } section)
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var said))
                yield return new SentPart(
                    HeaderUtilities.RemoveQuotes(said.Name).Value ?? "",
                    HeaderUtilities.RemoveQuotes(said.FileNameStar.HasValue ? said.FileNameStar : said.FileName).Value,
                    new Sent(section.Body)
                );
    }

    /// <summary>The content as text; null where it is longer than any field of ours.</summary>
    public async Task<string?> Text(int bytesMax, CancellationToken ct)
    {
        var bytes = new byte[bytesMax + 1];
        var read = await Content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return read > bytesMax ? null : System.Text.Encoding.UTF8.GetString(bytes, 0, read);
    }

    private static async Task<MultipartSection?> Next(MultipartReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadNextSectionAsync(ct);
        }
        catch (Exception fault) when (SentForms.IsTheirs(fault))
        {
            throw new BrokenException(fault);
        }
    }

    // Tells what is wrong with the sending from what is wrong with our own disk.
    private sealed class Sent(Stream body) : OneWayStream
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                return await body.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception fault) when (SentForms.IsTheirs(fault))
            {
                throw new BrokenException(fault);
            }
        }
    }
}
