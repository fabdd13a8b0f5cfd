using System.IO.Compression;
using System.Text;
using Hengping.App.Importing;
using Hengping.App.Platform;
using Hengping.Rules;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>
/// Files that once gave wrong numbers without a word: each gives the right ones or says why not. The files beside the
/// repository (../shared/data/found) and others of the same kinds.
/// </summary>
public sealed class OddFiles : IDisposable
{
    private const string Map = """
        {
          "source": "odd", "id": "编号", "filed": "投诉时间", "delivered": "移交时间", "respondent": "商家",
          "claimant": "投诉人", "text": "内容", "amount": "金额", "replied": "回复时间", "reply": "回复",
          "recovered": "挽回", "closed": "办结时间", "score": "评分", "scoreScale": 5
        }
        """;

    private static readonly string[] Header =
    [
        "编号",
        "投诉时间",
        "移交时间",
        "商家",
        "投诉人",
        "内容",
        "金额",
        "回复时间",
        "回复",
        "挽回",
        "办结时间",
        "评分",
    ];

    private readonly SourceFixture files = new();
    private readonly App.Importing.Mapping mapping;

    public OddFiles() => mapping = MappingFile.Find(files.Write("odd.json", Map));

    private static string[] Row(
        string id,
        string amount = "88",
        string recovered = "5",
        string filed = "2026-10-01 10:00"
    ) =>
        [
            id,
            filed,
            "2026-10-02 10:00",
            "云顶商店",
            "李四",
            "买的水壶第三天就不加热了",
            amount,
            "2026-10-03 10:00",
            "已经退款，请查收",
            recovered,
            "2026-10-05 10:00",
            "4",
        ];

    private static string Csv(char separator, params string[][] rows) =>
        string.Concat(new[] { Header }.Concat(rows).Select(row => string.Join(separator, row) + "\n"));

    private List<(SourceRow Row, Decided<SourceComplaint> Made)> Read(string path) => SourceFixture.Map(path, mapping);

    private static decimal? Recovered(SourceComplaint made) =>
        made.Course.OfType<SourceStep.Closed>().Single().Recovered;

    [Fact]
    public void A_decimal_comma_is_one()
    {
        var one = Read(files.Write("a.csv", Csv(';', Row("1", "1.299,9", "49,50"))))[0].Made.Event!;
        (one.Amount, Recovered(one)).ShouldBe((1299.9m, 49.5m));
        Read(files.Write("b.csv", Csv(';', Row("1", "1,2,3"))))[0].Made.Refusal!.Code.ShouldBe("number.unreadable");
    }

    [Fact]
    public void More_than_cents_are_rounded_and_said()
    {
        var one = Read(files.Write("a.csv", Csv('|', Row("1", "￥１９９．９９５", "0.125"))))[0].Made.Event!;
        (one.Amount, Recovered(one)).ShouldBe((200m, 0.13m));
        one.Tags["amountInFile"].ShouldBe("￥１９９．９９５");
        one.Tags["recoveredInFile"].ShouldBe("0.125");
        Read(files.Write("b.csv", Csv('|', Row("1"))))[0].Made.Event!.Tags.Keys.ShouldNotContain("amountInFile");
    }

    [Fact]
    public void Every_sheet_that_can_be_seen_is_read_whatever_the_order_of_its_columns()
    {
        string[] back = [.. Header.Reverse()];
        var book = MadeWorkbook.Of(
            files,
            "",
            [
                ("封面", "visible", MadeWorkbook.Sheet(["十月投诉汇总"])),
                ("旧表", "hidden", MadeWorkbook.Sheet(Header, Row("藏"))),
                ("十月", "visible", MadeWorkbook.Sheet(Header, Row("1"), Row("2"))),
                ("空", "visible", MadeWorkbook.Sheet("")),
                ("十一月", "visible", MadeWorkbook.Sheet([.. back], [.. Row("3", "12.5").Reverse()])),
                ("更旧", "veryHidden", MadeWorkbook.Sheet(Header, Row("藏二"))),
            ]
        );
        var rows = Read(book);
        rows.Select(row => row.Made.Refusal?.Code).ShouldBe(["sheet.columns", null, null, null]);
        rows.Skip(1).Select(row => row.Made.Event!.Key).ShouldBe(["1", "2", "3"]);
        rows[^1].Made.Event!.Amount.ShouldBe(12.5m);
    }

    [Theory]
    [InlineData("<workbookPr date1904=\"1\"/>", 44834.25)]
    [InlineData("<workbookPr date1904=\"true\"/>", 44834.25)]
    [InlineData("<workbookPr/>", 46296.25)]
    public void Days_are_counted_from_where_the_workbook_counts(string properties, double day)
    {
        object[] row = [.. Row("1").Select(object (cell, at) => at == 1 ? day : cell)];
        row[2] = row[7] = row[10] = day + 3;
        var made = Read(MadeWorkbook.Of(files, properties, [("a", "visible", MadeWorkbook.Sheet([Header, row]))]));
        made[0].Made.Event!.FiledAt.ShouldBe(new DateTimeOffset(2026, 10, 1, 6, 0, 0, TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData("2.3E+18", true)]
    [InlineData("2E+15", true)]
    [InlineData("2.30123456789012e+18", true)]
    [InlineData("2301234567890123456", false)]
    [InlineData("E+18", false)]
    public void An_id_that_a_spreadsheet_rounded_is_nobodys(string id, bool isRounded) =>
        RowKeys.IsRounded(id).ShouldBe(isRounded);

    [Fact]
    public void Half_of_a_surrogate_pair_rejects_its_row_alone()
    {
        string Line(string id, string story, string more = "") =>
            $$"""{"编号":"{{id}}","投诉时间":"2026-10-01","商家":"甲店","内容":"{{story}}"{{more}}}""" + "\n";
        var map = MappingFile.Find(
            files.Write("n.json", """{"source":"n","id":"编号","filed":"投诉时间","respondent":"商家","text":"内容"}""")
        );
        var text =
            Line("1", "一") + Line("2", "\\ud83d") + Line("3", "三", ",\"\\ude00\":1") + Line("4", "\\ud83d\\ude00");
        var rows = SourceFixture.Map(files.Write("a.ndjson", text), map);
        rows.Select(row => row.Made.Refusal?.Code).ShouldBe([null, "row.malformed", "row.malformed", null]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(400)]
    public void A_compressed_file_that_breaks_off_is_not_a_shorter_one(int lost)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes(Csv(',', [.. Enumerable.Range(0, 500).Select(i => Row($"{i}"))])));
        Read(files.Write("a.csv.gz", packed.ToArray())).Count.ShouldBe(500);
        var broken = files.Write("b.csv.gz", packed.ToArray()[..^lost]);
        Should.Throw<Refused>(() => Read(broken)).Refusal.Code.ShouldBe("import.unreadable");
    }

    [Fact]
    public void What_was_found_gives_the_right_values()
    {
        var map = MappingFile.Find(SharedData.Found("map.json"));
        List<(SourceRow Row, Decided<SourceComplaint> Made)> Of(string name) =>
            SourceFixture.Map(SharedData.Found(name), map);
        var comma = Of("decimal_comma2.csv").ShouldHaveSingleItem().Made.Event!;
        (comma.Amount, Recovered(comma)).ShouldBe((199.9m, 49.5m));
        Of("yen_fullwidth.csv")[0].Made.Event!.Amount.ShouldBe(199m);
        Of("two_sheets.xlsx").Count(row => row.Made.Event is not null).ShouldBeGreaterThan(1);
        Of("hidden_first.xlsx").ShouldAllBe(row => row.Made.Event != null);
        Of("date1904_general.xlsx")[0].Made.Event!.FiledAt.Year.ShouldBe(2026);
        Of("surrogate.ndjson")
            .ShouldContain(row => row.Made.Refusal != null && row.Made.Refusal.Code == "row.malformed");
        Should.Throw<Refused>(() => Of("truncated.csv.gz")).Refusal.Code.ShouldBe("import.unreadable");
        Of("whole.csv.gz").ShouldAllBe(row => row.Made.Event != null);
    }

    public void Dispose() => files.Dispose();
}
