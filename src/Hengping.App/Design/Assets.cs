using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Hengping.App.Design;

/// <summary>
/// Style sheets, scripts and pictures, carried inside the assembly so that the program serves them from any working
/// directory. One fingerprint over all of them stands in the address; so a browser may keep them for a year.
/// </summary>
public static class Assets
{
    // Beside what is bundled lies the same, packed as small as it gets (pack.js).
    private const string Packed = ".br";

    private static readonly FrozenDictionary<string, Asset> All = Read();
    private static readonly string Fingerprint = Hash();

    /// <summary>Address of an asset, as <c>site.css</c> or <c>img/mark.svg</c>.</summary>
    public static string Url(string name) => $"/lib/{Fingerprint}/{All[name].Name}";

    /// <summary>A style sheet or script as text.</summary>
    public static string TextOf(string name) => System.Text.Encoding.UTF8.GetString(All[name].Bytes);

    /// <summary>Serves <c>/lib/FINGERPRINT/NAME</c> and the favicon.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/lib/{fingerprint}/{**name}", Serve).Anyone().ExcludeFromDescription();
        app.MapGet("/favicon.ico", (HttpContext http) => Serve("", "img/mark.svg", http))
            .Anyone()
            .ExcludeFromDescription();
    }

    private static Results<FileContentHttpResult, NotFound> Serve(string fingerprint, string name, HttpContext http)
    {
        if (!All.TryGetValue(name, out var asset))
            return TypedResults.NotFound();
        var current = string.Equals(fingerprint, Fingerprint, StringComparison.Ordinal);
        http.Response.Headers.CacheControl = current ? "public, max-age=31536000, immutable" : "public, max-age=300";
        http.Response.Headers.Vary = "Accept-Encoding";
        var accepts = http.Request.Headers.AcceptEncoding.ToString();
        var brotli = asset.Text && accepts.Contains("br", StringComparison.Ordinal);
        if (brotli)
            http.Response.Headers.ContentEncoding = "br";
        return TypedResults.Bytes(
            brotli ? asset.Brotli : asset.Bytes,
            asset.MediaType,
            entityTag: new EntityTagHeaderValue($"\"{Fingerprint}{(brotli ? "b" : "")}\"")
        );
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(Assets).Assembly;
        var files = assembly
            .GetManifestResourceNames()
            .Where(n => n.StartsWith("www/", StringComparison.Ordinal))
            .ToDictionary(NameOf, n => BytesOf(assembly, n), StringComparer.Ordinal);
        return files
            .Where(f => !f.Key.EndsWith(Packed, StringComparison.Ordinal))
            .Select(f => new Asset(f.Key, f.Value, files.GetValueOrDefault(f.Key + Packed)))
            .ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
    }

    private static byte[] BytesOf(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What was bundled stands beside what we drew: <c>www/lib/site.css</c> is <c>site.css</c>.</summary>
    private static string NameOf(string resource)
    {
        var name = resource["www/".Length..].Replace('\\', '/');
        return name.StartsWith("lib/", StringComparison.Ordinal) ? name["lib/".Length..] : name;
    }

    private static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var asset in All.Values.OrderBy(a => a.Name, StringComparer.Ordinal))
            hash.AppendData(asset.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private sealed class Asset(string name, byte[] bytes, byte[]? packed)
    {
        private byte[]? kept = packed;

        public string Name { get; } = name;
        public byte[] Bytes { get; } = bytes;

        public string MediaType { get; } =
            Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".png" => "image/png",
                _ => "application/octet-stream",
            };

        public bool Text => !MediaType.Contains("png", StringComparison.Ordinal);

        /// <summary>A drawing is packed when first asked for.</summary>
        public byte[] Brotli => kept ??= Pack(Bytes);

        private static byte[] Pack(byte[] bytes)
        {
            using var into = new MemoryStream();
            using (var brotli = new BrotliStream(into, CompressionLevel.Optimal))
                brotli.Write(bytes);
            return into.ToArray();
        }
    }
}
