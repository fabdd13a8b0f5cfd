using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace Hengping.Tests.Importing;

/// <summary>A workbook part by part, as the tests want it and no program writes it.</summary>
internal static class MadeWorkbook
{
    private const string Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static string Sheet(string rows, string before = "") =>
        $"<worksheet xmlns=\"{Namespace}\">{before}<sheetData>{rows}</sheetData></worksheet>";

    /// <summary>A sheet of these cells: texts as they are, numbers in no format of their own.</summary>
    public static string Sheet(params object[][] rows) =>
        Sheet(
            string.Concat(rows.Select((cells, at) => $"<row r=\"{at + 1}\">{string.Concat(cells.Select(Cell))}</row>"))
        );

    private static string Cell(object cell) =>
        cell is string text
            ? $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{WebUtility.HtmlEncode(text)}</t></is></c>"
            : string.Create(CultureInfo.InvariantCulture, $"<c><v>{cell}</v></c>");

    public static string Of(
        SourceFixture files,
        string properties,
        IReadOnlyList<(string Name, string State, string Sheet)> sheets,
        params (string Name, string Content)[] more
    )
    {
        var listed = sheets.Select(
            (one, at) => $"<sheet name=\"{one.Name}\" sheetId=\"{at + 1}\" state=\"{one.State}\" r:id=\"r{at + 1}\"/>"
        );
        var related = sheets.Select(
            (_, at) =>
                $"<Relationship Id=\"r{at + 1}\" Type=\"{OfDocument}/worksheet\" "
                + $"Target=\"worksheets/sheet{at + 1}.xml\"/>"
        );
        (string, string)[] parts =
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            (
                "_rels/.rels",
                $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"r1\" Type=\"{OfDocument}/officeDocument\" "
                    + "Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            (
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Namespace}\" xmlns:r=\"{OfDocument}\">{properties}"
                    + $"<sheets>{string.Concat(listed)}</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Relations}\">{string.Concat(related)}</Relationships>"
            ),
            .. sheets.Select((one, at) => ($"xl/worksheets/sheet{at + 1}.xml", one.Sheet)),
            .. more,
        ];
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
                using (var entry = zip.CreateEntry(name).Open())
                    entry.Write(Encoding.UTF8.GetBytes(content));
        return files.Write($"{Path.GetRandomFileName()}.xlsx", packed.ToArray());
    }
}
