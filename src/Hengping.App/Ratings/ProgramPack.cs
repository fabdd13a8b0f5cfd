using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Hengping.App.Platform;

namespace Hengping.App.Ratings;

/// <summary>
/// The program as it runs here, for whoever wants to recompute a list: what <c>verify</c> needs of it on any machine
/// with the runtime, and nothing an operator may have put beside it.
/// </summary>
public static class ProgramPack
{
    /// <summary>As it is called under <c>/open/</c>.</summary>
    public const string FileName = "hengping.tar.gz";

    private const string Main = "hengping.dll";
    private const string Folder = "hengping/";

    // Without its list of what belongs to the program the runtime takes the assemblies that lie there, so the native
    // libraries of fifteen kinds of machines, which only a store needs, stay here.
    private const string Belonging = "hengping.deps.json";

    private static readonly string[] DataFolders = ["Taxonomies", "Clocks"];

    private static readonly Lazy<byte[]?> Packed = new(() => Pack(AppContext.BaseDirectory));

    /// <summary>Puts the door on its address.</summary>
    public static void MapProgram(this IEndpointRouteBuilder api) => api.MapGet("/open/" + FileName, Get).Anyone();

    /// <summary>Packs what lies in a directory; null where the program does not lie there in files.</summary>
    public static byte[]? Pack(string directory)
    {
        if (!File.Exists(Path.Combine(directory, Main)) || !File.Exists(Path.Combine(directory, Belonging)))
            return null;
        var own = Assemblies(Path.Combine(directory, Belonging));
        var files = Directory
            .EnumerateFiles(directory, "*.dll")
            .Where(file => own.Contains(Path.GetFileName(file)))
            .Append(Path.Combine(directory, "hengping.runtimeconfig.json"))
            .Concat(
                DataFolders
                    .Select(folder => Path.Combine(directory, folder))
                    .Where(Directory.Exists)
                    .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            )
            .Order(StringComparer.Ordinal);
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var file in files)
                tar.WriteEntry(file, Folder + Path.GetRelativePath(directory, file).Replace('\\', '/'));
        }
        return bytes.ToArray();
    }

    private static HashSet<string> Assemblies(string list)
    {
        using var all = JsonDocument.Parse(File.ReadAllBytes(list));
        return
        [
            .. from target in all.RootElement.GetProperty("targets").EnumerateObject()
            from library in target.Value.EnumerateObject()
            where library.Value.TryGetProperty("runtime", out _)
            from file in library.Value.GetProperty("runtime").EnumerateObject()
            select Path.GetFileName(file.Name),
        ];
    }

    private static IResult Get(HttpContext http)
    {
        if (Packed.Value is not { } bytes)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(bytes, "application/gzip", FileName);
    }
}
