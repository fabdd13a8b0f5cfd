using System.IO.Compression;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// What lies beside published lists under <c>DATA/open/</c>: the packed tables of a list, named by the SHA-256 of their
/// bytes. Lists of format 1 have a case file.
/// </summary>
public static class OpenFiles
{
    /// <summary>Name of what says in words what the tables are.</summary>
    public const string Readme = "README.md";

    private static readonly UTF8Encoding Plain = new(false, throwOnInvalidBytes: true);

    /// <summary>The packed tables of a list.</summary>
    public static string PackOf(string data, string sha256) => Path.Combine(data, "open", sha256 + ".zip");

    /// <summary>The case file of a list of format 1.</summary>
    public static string CasesOf(string data, string sha256) => Path.Combine(data, "open", sha256 + ".csv");

    /// <summary>The tables in one file, the same bytes for the same tables.</summary>
    public static byte[] Pack(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name);
                // No file of a list has an age of its own; a zip knows none before 1980.
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var to = entry.Open();
                to.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>One file of a pack; null where it holds none of that name.</summary>
    public static byte[]? Read(string pack, string name)
    {
        using var zip = ZipFile.OpenRead(pack);
        return zip.GetEntry(name) is { } entry ? BytesOf(entry) : null;
    }

    /// <summary>All files of a pack.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All(string pack)
    {
        using var zip = ZipFile.OpenRead(pack);
        return [.. zip.Entries.Select(entry => (entry.FullName, BytesOf(entry)))];
    }

    /// <summary>Writes the packed tables durably and gives the name they got.</summary>
    public static string Keep(string data, OpenTables tables)
    {
        var pack = Pack([.. tables.Files, (Readme, Plain.GetBytes(OpenReadme.Text))]);
        var name = TableDigests.Sha(pack);
        Keep(PackOf(data, name), pack);
        return name;
    }

    private static byte[] BytesOf(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        using var bytes = new MemoryStream();
        from.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void Keep(string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        Durable.Create(folder);
        var draft = Path.Combine(folder, $".{Path.GetRandomFileName()}.draft");
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        Durable.Move(draft, path, overwrite: true);
    }
}
