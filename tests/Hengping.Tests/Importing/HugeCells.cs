using System.IO.Compression;
using System.Text;
using Hengping.App;
using Hengping.App.Importing;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>One cell that is too long, or that is no text, costs its own row and no other.</summary>
public sealed class HugeCells : IDisposable
{
    private const int Most = Reject.CellLimit;

    private readonly SourceFixture files = new();
    private readonly App.Importing.Mapping mapping;

    public HugeCells() =>
        mapping = MappingFile.Find(
            files.Write(
                "huge.json",
                """{ "source": "huge", "id": "id", "filed": "filed", "respondent": "shop", "text": "text" }"""
            )
        );

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    private static string Row(string id, string text, string more = "x") =>
        $"{id},2026-10-01 10:00,云顶商店,{text},{more}\n";

    private static string Csv(params string[] rows) => "id,filed,shop,text,note\n" + string.Concat(rows);

    private string[] Read(string path) =>
        [.. SourceFixture.Map(path, mapping).Select(row => row.Made.Refusal?.Code ?? row.Made.Event!.Key)];

    [Fact]
    public void Of_a_CSV_file()
    {
        Read(files.Write("a.csv", Csv(Row("1", "坏了"), Row("2", new string('长', Most + 1)), Row("3", "坏了"))))
            .ShouldBe(["1", "cell.too-long", "3"]);
        Read(files.Write("b.csv", Csv(Row("1", "坏了"), Row("2", "坏了", new string('n', Most + 1)), Row("3", "坏了"))))
            .ShouldBe(["1", "cell.too-long", "3"], "also in a column that is not read");
        var huge = new string('h', 9_000_000);
        string[] rows = [Row("1", "坏了"), Row("2", huge), Row("3", "坏了"), Row("4", $"\"{huge}\""), Row("5", "坏了")];
        string[] wanted = ["1", "row.too-long", "3", "row.too-long", "5"];
        Read(files.Write("c.csv", Csv(rows))).ShouldBe(wanted);
        Read(files.Write("d.csv", "# 导出\n\n" + Csv(rows))).ShouldBe(wanted, "noise above the header");
        Read(
                files.Write(
                    "e.csv",
                    Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Csv(rows))).ToArray()
                )
            )
            .ShouldBe(wanted, "UTF-16");
        SourceFixture
            .Map(files.Write("f.csv", Csv(rows)), mapping)
            .Select(row => row.Row.Line)
            .ShouldBe([2, 3, 4, 5, 6]);
    }

    [Fact]
    public void A_quote_that_swallows_all_costs_its_line()
    {
        var many = string.Concat(Enumerable.Range(3, 120_000).Select(n => Row($"{n}", "买的水壶第三天就不加热了")));
        var read = Read(files.Write("a.csv", Csv(Row("1", "坏了"), Row("2", "\"坏了"), many)));
        read.Length.ShouldBe(120_002);
        read[..3].ShouldBe(["1", "row.quote", "3"]);
        read[^1].ShouldBe("120002");
    }

    [Fact]
    public void Of_lines_of_JSON()
    {
        static string Line(string id, string text) =>
            $$"""{"id":"{{id}}","filed":"2026-10-01 10:00","shop":"云顶商店","text":"{{text}}"}""" + "\r\n";
        var path = files.Write(
            "a.ndjson",
            Line("1", "坏了")
                + Line("2", new string('长', Most + 1))
                + Line("3", new string('长', 9_000_000))
                + Line("4", "坏了")
        );
        Read(path).ShouldBe(["1", "cell.too-long", "row.too-long", "4"]);
        SourceFixture.Map(path, mapping)[2].Row.Raw!.Length.ShouldBe(1_000, "what the rejects show of it");
    }

    [Fact]
    public void A_field_that_is_one_too_many_costs_its_row()
    {
        static string Line(int id, string fields) =>
            $$"""{"id":"{{id}}","filed":"2026-10-01 10:00","shop":"云顶商店","text":"坏了"{{fields}}}""" + "\n";
        var rows = Enumerable.Range(0, 300).Select(n => Line(n, string.Concat(Invented(n))));
        var path = files.Write(
            "a.ndjson",
            string.Concat(rows) + Line(300, "") + Line(301, Field(new string('n', 201)))
        );
        var read = Read(path);
        read[..50].ShouldAllBe(code => code != "row.columns");
        read[150..300].ShouldAllBe(code => code == "row.columns");
        read[300..].ShouldBe(["300", "row.columns"], "whose fields are known is read");

        static IEnumerable<string> Invented(int row) => Enumerable.Range(row * 10, 10).Select(n => Field($"f{n}"));
        static string Field(string name) => $",\"{name}\":1";
    }

    [Theory]
    [InlineData("a.ndjson.gz", "{\"id\":\"")]
    [InlineData("a.csv.gz", "id,filed,shop,text,note\n1,2026-10-01 10:00,云顶商店,")]
    public void What_is_packed_unpacks_to_so_much_and_no_more(string name, string head)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(head));
            var many = Encoding.ASCII.GetBytes(new string('a', 1 << 20));
            for (var n = 0; n < 64; n++)
                zip.Write(many);
        }
        packed.Length.ShouldBeLessThan((64 << 20) / 150);
        var path = files.Write(name, packed.ToArray());
        var before = GC.GetTotalAllocatedBytes();
        Should.Throw<Refused>(() => Read(path)).Refusal.Code.ShouldBe("import.unpacked");
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(150L << 20);
    }

    [Fact]
    public void Of_a_workbook()
    {
        object[] head = ["id", "filed", "shop", "text"];
        object[] One(string id, string text) => [id, "2026-10-01 10:00", "云顶商店", text];
        var sheet = MadeWorkbook.Sheet([
            head,
            One("1", "坏了"),
            One("2", new string('长', Most + 1)),
            One("3", "坏了"),
        ]);
        Read(MadeWorkbook.Of(files, "", [("十月", "visible", sheet)])).ShouldBe(["1", "cell.too-long", "3"]);
    }

    [Fact]
    public void Bytes_that_are_no_text()
    {
        byte[] good = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Row("1", "买的水壶第三天就不加热了"), 5)));
        byte[][] odd =
        [
            [0xFF],
            [0xE5, 0x9D],
            Encoding.Latin1.GetBytes("\u00BB\u00B5"),
        ];
        foreach (var bytes in odd)
        {
            byte[] all =
            [
                .. Encoding.UTF8.GetBytes(Csv()),
                .. good,
                .. Encoding.UTF8.GetBytes("6,2026-10-01 10:00,云顶商店,坏"),
                .. bytes,
                .. ",x\n"u8,
                .. good,
            ];
            var read = Read(files.Write("a.csv", all));
            read.Count(code => code == "row.encoding").ShouldBe(1);
            read[5].ShouldBe("row.encoding");
            read.Length.ShouldBe(11);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_import_goes_on_and_says_why(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        const string head =
            "Business Name,Mediation Start Date,Mediation Close Date,Complaint Result,Satisfaction,"
            + "Restitution,Note\n";
        const string rest = ",3/23/2016,4/15/2016,Cash Amount - AMT,Yes,707.00,";
        var path = files.Write("a.csv", $"{head}甲{rest}\n乙{rest}{new string('n', 9_000_000)}\n丙{rest}\n");
        var rejects = path + ".rejects";
        var result = await ImportRunTests.Import(store, path, "nyc", rejects);
        (result.Read, result.Imported, result.Rejected).ShouldBe((3, 2, 1));
        (await File.ReadAllTextAsync(rejects, Ct)).ShouldContain("\n3,row.too-long,");
    }
}
