using System.IO.Compression;
using System.Text;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

public sealed class SourceReadingTests : IDisposable
{
    private const string Header =
        "Business Name,Mediation Start Date,Mediation Close Date,Complaint Result,Satisfaction\n";
    private readonly SourceFixture files = new();

    static SourceReadingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Noise_above_the_header_is_skipped_and_lines_still_count_from_the_top()
    {
        var path = files.Write("a.csv", $"Archive: \"x.zip\n  inflating: x\n{Header}A,1/2/2015,1/3/2015,R,Yes\n");
        var (row, made) = SourceFixture.Map(path, "nyc").ShouldHaveSingleItem();
        row.Line.ShouldBe(4);
        made.Event!.Respondent.ShouldBe("A");
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Other_separators_read_the_same(string separator)
    {
        var text = (Header + "\"A, B\",1/2/2015,1/3/2015,R,Yes\n").Replace(",", separator, StringComparison.Ordinal);
        var path = files.Write("a.csv", text);
        SourceFixture.Map(path, "nyc").Single().Row.Cells[0].ShouldBe($"A{separator} B");
    }

    [Fact]
    public void Quotes_hold_line_breaks_and_quotes_and_the_next_row_knows_its_line()
    {
        var path = files.Write(
            "a.csv",
            $"{Header}\"A \"\"one\"\"\r\nline\",1/2/2015,1/3/2015,R,No\r\nB,x,1/3/2015,R,No"
        );
        var rows = SourceFixture.Map(path, "nyc");
        rows[0].Row.Cells[0].ShouldBe("A \"one\"\r\nline");
        rows[0].Made.Event!.Respondent.ShouldBe("A \"one\" line");
        rows[1].Row.Line.ShouldBe(4);
        rows[1].Made.Refusal!.Code.ShouldBe("date.unreadable");
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_line_only()
    {
        var path = files.Write(
            "a.csv",
            $"{Header}A,1/2/2015,1/3/2015,R,No\n\"B,1/2/2015,1/3/2015,R,No\n"
                + "C,1/2/2015,1/3/2015,R,No\nD,1/2/2015,1/3/2015,R,No\n"
        );
        var rows = SourceFixture.Map(path, "nyc");
        rows.Where(row => row.Made.Event is not null)
            .Select(row => row.Made.Event!.Respondent)
            .ShouldBe(["A", "C", "D"]);
        var lost = rows.Single(row => row.Made.Event is null);
        lost.Row.Line.ShouldBe(3);
        lost.Made.Refusal!.Code.ShouldBe("row.quote");
    }

    [Theory]
    [InlineData("utf-8", "云顶商店")]
    [InlineData("utf-16", "云顶商店")]
    [InlineData("gb18030", "云顶商店")]
    [InlineData("windows-1252", "Café São João")]
    public void Encodings_are_told_from_the_bytes(string encoding, string name)
    {
        var path = files.Write("a.csv", $"{Header}{name},1/2/2015,1/3/2015,R,No\n", Encoding.GetEncoding(encoding));
        SourceFixture.Map(path, "nyc").Single().Made.Event!.Respondent.ShouldBe(name);
    }

    [Fact]
    public void A_few_broken_bytes_do_not_turn_a_file_into_another_encoding()
    {
        var text = Encoding.UTF8.GetBytes(
            $"{Header}{string.Concat(Enumerable.Repeat("商", 40))},1/2/2015,1/3/2015,R,No\n"
        );
        var broken = Encoding
            .UTF8.GetBytes("某")
            .Concat(new byte[] { 0xFF })
            .Concat(Encoding.UTF8.GetBytes(",1/2/2015,1/3/2015,R,No\n"));
        var path = files.Write("a.csv", [.. text, .. broken]);
        var rows = SourceFixture.Map(path, "nyc");
        rows[0].Made.Event!.Respondent.ShouldBe(new string('商', 40));
        rows[1].Made.Refusal!.Code.ShouldBe("row.encoding");
    }

    [Fact]
    public void A_gzipped_file_is_read_whatever_it_is_called()
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes($"{Header}A,1/2/2015,1/3/2015,R,No\n"));
        var path = files.Write("a.csv", zipped.ToArray());
        SourceFixture.Map(path, "nyc").ShouldHaveSingleItem();
    }

    [Fact]
    public void Blank_and_shifted_rows_are_rows_with_a_reason()
    {
        var path = files.Write(
            "a.csv",
            $"{Header}\nA,1/2/2015,1/3/2015,R,No,\nA,1/2/2015,1/3/2015,R\n,,,,\nA,x,1/2/2015,1/3/2015,R,No\n"
        );
        SourceFixture
            .Map(path, "nyc")
            .Select(row => row.Made.Refusal?.Code ?? "ok")
            .ShouldBe(["row.blank", "ok", "row.shifted", "row.blank", "row.shifted"]);
    }

    [Fact]
    public void Json_lines_keep_their_offsets_and_broken_ones_are_told()
    {
        var path = files.Write(
            "a.ndjson",
            """
            {"date_received": "2019-09-09T12:00:00-05:00", "date_sent_to_company": "2019-09-10T12:00:00-05:00"}
            {"date_received": "2019-09-09T12:00:00-05:00", "date_sent_to_company": "2019-09-11", "company": "A"}

            {"date_received": 
            [1]
            {"date_received": "2099-09-09T12:00:00-05:00", "date_sent_to_company": null, "company": "A"}
            """
        );
        var rows = SourceFixture.Map(path, "ccdb");
        rows.Select(row => row.Made.Refusal?.Code ?? "ok")
            .ShouldBe(["respondent.missing", "ok", "row.blank", "row.malformed", "row.malformed", "date.future"]);
        rows[1].Made.Event!.FiledAt.ShouldBe(new DateTimeOffset(2019, 9, 9, 17, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("a,b,c\n1,2,3\n", "import.columns")]
    [InlineData("{\"a\":1}\n", "import.columns")]
    [InlineData("PK\u0003\u0004 no workbook", "import.unreadable")]
    public void What_cannot_be_read_is_one_clear_refusal(string text, string code)
    {
        var path = files.Write("a.csv", text);
        Should.Throw<Refused>(() => SourceFixture.Map(path, "nyc")).Refusal.Code.ShouldBe(code);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Should
            .Throw<Refused>(() => SourceFixture.Map("no-such-file.csv", "nyc"))
            .Refusal.Code.ShouldBe("import.no-file");

    public void Dispose() => files.Dispose();
}
