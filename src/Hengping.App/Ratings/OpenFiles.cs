using System.IO.Compression;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules;
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

    // Tables of real lists unpack to less than twenty times their size. Who verifies does not trust the site.
    internal const long RatioMax = 100;
    private const long RatioFreeBytes = 16L << 20;

    /// <summary>A small file that unpacks to gigabytes.</summary>
    public static readonly Refusal Unpacked = new(
        "cases.unpacked",
        "公开数据解压后超过其大小的 100 倍：不是榜单的数据，未读取",
        "The open data unpack to more than a hundred times their size: no list has such data, and they were not read"
    );

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
    /// <exception cref="Refused">It unpacks to more than any list has.</exception>
    public static byte[]? Read(string pack, string name)
    {
        using var zip = ZipFile.OpenRead(pack);
        var most = RatioFreeBytes + (new FileInfo(pack).Length * RatioMax);
        return zip.GetEntry(name) is { } entry ? BytesOf(entry, most) : null;
    }

    /// <summary>All files of a pack.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All(string pack)
    {
        using var zip = ZipFile.OpenRead(pack);
        return [.. zip.Entries.Select(entry => (entry.FullName, BytesOf(entry, long.MaxValue)))];
    }

    /// <summary>Writes the packed tables durably and gives the name they got.</summary>
    public static string Keep(string data, OpenTables tables)
    {
        var pack = Pack([.. tables.Files, (Readme, Plain.GetBytes(OpenReadme.Text))]);
        var name = TableDigests.Sha(pack);
        Keep(PackOf(data, name), pack);
        return name;
    }

    private static byte[] BytesOf(ZipArchiveEntry entry, long most)
    {
        using var from = entry.Open();
        return BytesOf(from, most) ?? throw new Refused(Unpacked);
    }

    /// <summary>What a stream holds, read to its end; null where that is more.</summary>
    private static byte[]? BytesOf(Stream from, long most)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = from.Read(buffer)) > 0; )
        {
            if (bytes.Length + read > most)
                return null;
            bytes.Write(buffer, 0, read);
        }
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
