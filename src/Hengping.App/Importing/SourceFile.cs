using System.IO.Compression;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>
/// Opens somebody's file by what it holds, not by what it is called: CSV, NDJSON, a workbook, or one gzipped.
/// </summary>
public static class SourceFile
{
    /// <summary>Opens a file whose header holds one name of each group.</summary>
    /// <param name="wanted">The columns that tell the header from noise above it: groups of names, any of which will
    /// do.</param>
    /// <param name="known">All names the mapping may ask for: what JSON objects may hold later than in the first
    /// one.</param>
    /// <exception cref="Refused">No such file, or no such header in it.</exception>
    public static SourceTable Open(
        string path,
        IReadOnlyList<IReadOnlyList<string>> wanted,
        IReadOnlyCollection<string> known
    )
    {
        if (!File.Exists(path))
            throw new Refused("import.no-file", $"找不到文件：{path}", $"No such file: {path}");
        Span<byte> head = stackalloc byte[8];
        int got;
        using (var file = File.OpenRead(path))
            got = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        try
        {
            return head[..got] switch
            {
                [] => throw new Refused("import.empty", $"文件是空的：{path}", $"The file is empty: {path}"),
                [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] => new WorkbookTable(path, wanted),
                _ => OpenText(path, head is [0x1F, 0x8B, ..], wanted, known),
            };
        }
        catch (Exception fault) when (fault is InvalidDataException or ExcelDataReader.Exceptions.ExcelReaderException)
        {
            throw Unreadable(path, fault);
        }
    }

    internal static Refused Unreadable(string path, Exception fault) =>
        new(
            "import.unreadable",
            $"文件无法读取：{path}",
            $"The file cannot be read: {path}: {fault.Message.ReplaceLineEndings(" ")}"
        );

    private static SourceTable OpenText(
        string path,
        bool zipped,
        IReadOnlyList<IReadOnlyList<string>> wanted,
        IReadOnlyCollection<string> known
    )
    {
        var text = new SourceText(path, zipped);
        using var reader = text.Read(out _);
        int first;
        do first = reader.Read();
        while (first >= 0 && char.IsWhiteSpace((char)first));
        return first == '{' ? new NdjsonTable(text, wanted, known) : new CsvTable(text, wanted);
    }

    /// <summary>No line of the file's head is the header this mapping reads.</summary>
    internal static Refused MissingColumns(IEnumerable<IReadOnlyList<string>> missing)
    {
        var names = string.Join(", ", missing.Select(group => string.Join("|", group)));
        return new Refused(
            "import.columns",
            $"文件里没有这个映射需要的列：{names}",
            $"The file lacks columns this mapping needs: {names}"
        );
    }
}

/// <summary>A text file, perhaps gzipped, in an encoding found once.</summary>
internal sealed class SourceText(string path, bool zipped)
{
    // Exports of complaints unpack to five to thirty times their size.
    private const long RatioMax = 100;
    private const long RatioFreeBytes = 16L << 20;

    private static Refused TooMuch() =>
        new(
            "import.unpacked",
            $"文件解压后超过原大小的 {RatioMax} 倍，未继续读取；请解压后再导入",
            $"The file unpacks to more than {RatioMax} times its size and is read no further; unpack it first"
        );

    private readonly Lazy<System.Text.Encoding> encoding = new(() =>
    {
        using var bytes = OpenBytes(path, zipped, out _);
        return SourceEncoding.Detect(bytes);
    });

    /// <summary>The bytes can be read as they are.</summary>
    public bool IsUtf8 => encoding.Value is System.Text.UTF8Encoding;

    /// <summary>The bytes from the start.</summary>
    /// <param name="file">The bytes on disk: their position is the progress.</param>
    public Stream Bytes(out FileStream file) => OpenBytes(path, zipped, out file);

    /// <summary>Reads from the start.</summary>
    /// <param name="file">The bytes on disk: their position is the progress.</param>
    public TextReader Read(out FileStream file) =>
        new StreamReader(
            OpenBytes(path, zipped, out file),
            encoding.Value,
            detectEncodingFromByteOrderMarks: true,
            bufferSize: 1 << 16
        );

    private static Stream OpenBytes(string path, bool zipped, out FileStream file)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return zipped
            ? new Counted(
                new GZipStream(file, CompressionMode.Decompress),
                RatioFreeBytes + (file.Length * RatioMax),
                TooMuch
            )
            : file;
    }
}
