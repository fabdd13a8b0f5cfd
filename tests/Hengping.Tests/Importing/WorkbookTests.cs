using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>Workbooks made to hurt are refused before they are believed, and cost no memory.</summary>
public sealed class WorkbookTests : IDisposable
{
    private const string Rows =
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Business Name</t></is></c>"
        + "<c r=\"B1\" t=\"inlineStr\"><is><t>Mediation Start Date</t></is></c>"
        + "<c r=\"C1\" t=\"inlineStr\"><is><t>Mediation Close Date</t></is></c>"
        + "<c r=\"D1\" t=\"inlineStr\"><is><t>Complaint Result</t></is></c>"
        + "<c r=\"E1\" t=\"inlineStr\"><is><t>Satisfaction</t></is></c></row>"
        + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>云顶商店</t></is></c>"
        + "<c r=\"B2\" t=\"inlineStr\"><is><t>1/2/2015</t></is></c>"
        + "<c r=\"C2\" t=\"inlineStr\"><is><t>1/3/2015</t></is></c>"
        + "<c r=\"D2\" t=\"inlineStr\"><is><t>R</t></is></c>"
        + "<c r=\"E2\" t=\"inlineStr\"><is><t>Yes</t></is></c></row>";

    private readonly SourceFixture files = new();

    [Fact]
    public void A_small_workbook_is_read()
    {
        var (_, made) = SourceFixture.Map(Book(Sheet(Rows)), "nyc").ShouldHaveSingleItem();
        made.Event!.Respondent.ShouldBe("云顶商店");
    }

    [Theory]
    [InlineData("dtd")]
    [InlineData("external")]
    [InlineData("deep")]
    [InlineData("wide")]
    [InlineData("wide by its dimension")]
    [InlineData("no xml")]
    [InlineData("nothing in it")]
    public void What_no_source_holds_is_refused(string way)
    {
        var sheet = way switch
        {
            "dtd" => "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + Sheet(Rows),
            "external" => "<!DOCTYPE x SYSTEM \"file:///etc/hostname\">" + Sheet(Rows),
            "deep" => Sheet(string.Concat(Enumerable.Repeat("<a>", 100_000))),
            "wide" => Sheet("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>" + Rows),
            "wide by its dimension" => Sheet(Rows, "<dimension ref=\"A1:XFD1048576\"/>"),
            "no xml" => "no xml at all",
            _ => "",
        };
        Refused(Book(sheet)).ShouldBe("import.workbook");
    }

    [Fact]
    public void Shared_texts_and_other_parts_are_looked_at_too()
    {
        Refused(Book(Sheet(Rows), ("xl/sharedStrings.xml", "<!DOCTYPE sst []><sst/>"))).ShouldBe("import.workbook");
        Refused(Book(Sheet(Rows), ("docProps/app.xml", "<!DOCTYPE a []><a/>"))).ShouldBe("import.workbook");
    }

    [Fact]
    public void A_bomb_is_refused_without_being_unpacked_into_memory()
    {
        var path = Book(Sheet(Rows), ("xl/media/image1.bin", new string('0', 40_000_000)));
        new FileInfo(path).Length.ShouldBeLessThan(80_000);
        Bounded(path);
        var cells = string.Concat(Enumerable.Repeat("<c r=\"A2\"><v>1</v></c>", 1_000_000));
        path = Book(Sheet(Rows.Replace("</row>", cells + "</row>", StringComparison.Ordinal)));
        Bounded(path);

        static void Bounded(string path)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Refused(path).ShouldBe("import.workbook");
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(150_000_000);
        }
    }

    [Fact]
    public void Thousands_of_parts_are_refused()
    {
        var many = Enumerable.Range(0, 2_001).Select(i => ($"xl/x{i}.bin", "")).ToArray();
        Refused(Book(Sheet(Rows), many)).ShouldBe("import.workbook");
    }

    [Fact]
    public void What_only_begins_as_a_workbook_is_refused()
    {
        Refused(files.Write("a.xlsx", [(byte)'P', (byte)'K', 3, 4, 1, 2, 3])).ShouldBe("import.unreadable");
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
        Refused(files.Write("a.xls", old)).ShouldStartWith("import.");
    }

    private static string Refused(string path) =>
        Should.Throw<Refused>(() => SourceFixture.Map(path, "nyc")).Refusal.Code;

    private static string Sheet(string rows, string before = "") => MadeWorkbook.Sheet(rows, before);

    private string Book(string sheet, params (string Name, string Content)[] more) =>
        MadeWorkbook.Of(files, "", [("a", "visible", sheet)], more);

    public void Dispose() => files.Dispose();
}
