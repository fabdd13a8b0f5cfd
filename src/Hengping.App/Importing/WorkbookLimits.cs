using System.IO.Compression;
using System.Xml;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>
/// Whether a workbook may be opened: a small file can hold gigabytes of cells, and its reader takes it into memory.
/// It is walked through once, unpacked on the way and kept nowhere, before anything of it is believed.
/// </summary>
internal static class WorkbookLimits
{
    internal const int EntriesMax = 2_000;
    internal const long EntryBytesMax = 1L << 30;
    internal const long AllBytesMax = 2L << 30;
    internal const long TextsBytesMax = 128L << 20;

    // Sheets of real sources unpack to less than forty times their size.
    internal const long RatioMax = 100;
    private const long RatioFreeBytes = 16L << 20;
    internal const int DepthMax = 64;
    internal const int ColumnsMax = 1_000;
    internal const long CellsMax = 50_000_000;

    // Longer ones than a row may have are rejected with their row; this is what a reader may be made to hold.
    private const int TextMax = 1 << 25;
    internal const long OldBytesMax = 256L << 20;

    /// <returns>Whether its days are counted from 1904.</returns>
    /// <exception cref="Refused">It is larger than any source, or holds what none holds.</exception>
    /// <exception cref="InvalidDataException">It is no workbook at all.</exception>
    public static bool Check(FileStream file)
    {
        if (file.ReadByte() != 'P')
        {
            if (file.Length > OldBytesMax)
                throw No("文件超过 256 MB", "it is larger than 256 MB");
            file.Position = 0;
            return false;
        }
        var is1904 = false;
        file.Position = 0;
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > EntriesMax)
                throw No($"压缩包内超过 {EntriesMax} 个文件", $"it holds more than {EntriesMax} files");
            var left = Math.Min(AllBytesMax, RatioFreeBytes + (file.Length * RatioMax));
            foreach (var entry in zip.Entries)
                left -= Walk(entry, left, ref is1904);
        }
        catch (XmlException)
        {
            throw No("内容已损坏，或含有 DTD 等不允许的内容", "it is damaged, or holds what it must not, as a DTD");
        }
        file.Position = 0;
        return is1904;
    }

    /// <summary>A refusal of the whole file.</summary>
    public static Refused No(string zh, string en) =>
        new("import.workbook", $"工作簿无法导入：{zh}", $"The workbook cannot be imported: {en}");

    private static long Walk(ZipArchiveEntry entry, long left, ref bool is1904)
    {
        var isTexts = entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);
        var most = Math.Min(left, isTexts ? TextsBytesMax : EntryBytesMax);
        using var content = entry.Open();
        using var counted = new Counted(content, most, () => No("解压后过大", "it unpacks to too much"));
        if (
            entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
        )
            WalkXml(counted, ref is1904);
        // Also what stands behind the XML's end, and what is none.
        counted.CopyTo(Stream.Null);
        return counted.Taken;
    }

    private static void WalkXml(Stream content, ref bool is1904)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = false,
        };
        using var xml = XmlReader.Create(content, settings);
        var cells = 0L;
        var text = new char[4096];
        while (xml.Read())
        {
            if (xml.Depth > DepthMax)
                throw No($"XML 嵌套超过 {DepthMax} 层", $"its XML is nested deeper than {DepthMax}");
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
            {
                if (++cells > CellsMax)
                    throw No("单元格过多", "it has too many cells");
                CheckColumn(xml.GetAttribute("r"));
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
                is1904 = xml.GetAttribute("date1904") is "1" or "true";
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "dimension")
                CheckColumn(xml.GetAttribute("ref")?.Split(':')[^1]);
            else if (xml.NodeType == XmlNodeType.Text)
                CheckText(xml, text);
        }
    }

    private static void CheckText(XmlReader xml, char[] text)
    {
        var length = 0;
        for (int read; (read = xml.ReadValueChunk(text, 0, text.Length)) > 0; )
            if ((length += read) > TextMax)
                throw No("单个单元格的文字过长", "a cell's text is too long");
    }

    private static void CheckColumn(string? cell)
    {
        var column = 0;
        foreach (var letter in cell ?? "")
        {
            if (!char.IsAsciiLetter(letter))
                break;
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
            if (column > ColumnsMax)
                throw No($"超过 {ColumnsMax} 列", $"it has more than {ColumnsMax} columns");
        }
    }
}
