using Hengping.App.Calc;
using Shouldly;
using Xunit;
using static Hengping.Tests.Calc.Calculating;

namespace Hengping.Tests.Calc;

/// <summary>Sampling, switching, verdicts, numbers of goods, many tests at once, and words made fit to show.</summary>
public sealed class CalcOfInspections
{
    [Theory]
    [InlineData("sampling", "1000,II,1.0,normal", "J,80,2,3")]
    [InlineData("sampling", "100,II,1,normal", "E,13,0,1")]
    [InlineData("sampling", "10,II,1.00,normal", "E,10,0,1")]
    [InlineData("sampling", "100000,II,1.0,tightened", "N,500,8,9")]
    [InlineData("switching", "1", "normal")]
    [InlineData("switching", "0 1 1 1 0", "tightened")]
    [InlineData("switching", "0 0 0 0 0 0 0 1", "stop")]
    [InlineData("verdict", "75,max,69,6,guard", "pass")]
    [InlineData("verdict", "75,max,72,6,guard", "conditional-pass")]
    [InlineData("verdict", "75,max,78,6,guard", "conditional-fail")]
    [InlineData("verdict", "75,max,82,6,guard", "fail")]
    [InlineData("verdict", "75,max,75,6,simple", "pass")]
    [InlineData("verdict", "0.1,max,0.10000000000001", "fail")]
    [InlineData("verdict", "7.5E+1,min,74.9", "fail")]
    [InlineData("gtin", "6901234567892", "06901234567892,true")]
    [InlineData("gtin", "6901234567893", "06901234567893,false")]
    [InlineData("gtin", "690123456", ",false")]
    [InlineData("bh", "0.01", "0.01,true")]
    [InlineData("bh", "0.01,0.005", "0.01,false")]
    [InlineData("redact", "电话13812345678", "电话138****5678")]
    public void One_row(string kind, string cells, string results) =>
        Kind(kind).Compute(Row(Kind(kind), cells)).Event.ShouldBe(results.Split(','));

    [Theory]
    [InlineData("sampling", "1e3,II,1,normal")]
    [InlineData("sampling", "99999999999999999999,II,1,normal")]
    [InlineData("sampling", "100,II,NaN,normal")]
    [InlineData("sampling", "100,II,1.00000000000000000000000000000000001,normal")]
    [InlineData("switching", "2")]
    [InlineData("verdict", "75,max,NaN")]
    [InlineData("verdict", "75,max,75.00000000000000000000000000000001")]
    [InlineData("verdict", "75,max,100000000000000")]
    [InlineData("verdict", "75,max,99999999999999.000000000000001")]
    [InlineData("verdict", "0,max,1e-29")]
    [InlineData("verdict", "5 %,max,5")]
    [InlineData("verdict", "75,at most,72")]
    [InlineData("verdict", "75,max,72,-1,guard")]
    [InlineData("verdict", "75,max,72,,guard")]
    [InlineData("verdict", "75,max,72,6,both")]
    [InlineData("gtin", "")]
    [InlineData("bh", "NaN")]
    [InlineData("bh", "1.1")]
    [InlineData("bh", "0.5,2")]
    public void Bad_cells_are_named(string kind, string cells) =>
        Should.Throw<BadCell>(() => Kind(kind).Compute(Row(Kind(kind), cells)));

    [Theory]
    [InlineData("1,II,1.0,normal", "sampling.lot")]
    [InlineData("-5,II,1.0,normal", "sampling.lot")]
    [InlineData("100,IV,1.0,normal", "sampling.level")]
    [InlineData("100,II,1.2,normal", "sampling.aql")]
    [InlineData("100,II,1 %,normal", "sampling.aql")]
    [InlineData("100,II,1.0,reduced", "sampling.reduced")]
    [InlineData("100,II,1.0,strict", "sampling.severity")]
    public void What_is_no_plan_is_refused(string cells, string code)
    {
        Kind("sampling").Compute(cells.Split(',')).Refusal!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(
        "sampling",
        "100,II,1.0,normal",
        "字码 F，该处为箭头，改用字码 E；抽 13 件",
        "an arrow leads to letter E"
    )]
    [InlineData("sampling", "10,II,1.0,normal", "全检 10 件", "inspect all 10")]
    [InlineData("sampling", "10,II,15,tightened", "AQL 大于 10：数不合格", "counts defects")]
    [InlineData("verdict", "75,max,72,6", "合格（全数值比较）；临界提示", "near the limit")]
    [InlineData("verdict", "75,min,60,6", "不合格（全数值比较）；与限值相差", "at least 75 required")]
    [InlineData("switching", "0 0 1", "已连续接收 1 批", "1 accepted in a row")]
    public void Some_say_how_it_came_about(string kind, string cells, string zh, string en)
    {
        var calculation = Kind(kind).Explained;
        calculation.Out[^2..].ShouldBe(["zh", "en"]);
        var told = calculation.Compute(Row(calculation, cells)).Event!;
        told[^2].ShouldContain(zh);
        told[^1].ShouldContain(en);
    }

    [Fact]
    public void Many_tests_are_counted_together_and_what_is_no_test_is_left_out()
    {
        string[] ps =
        [
            ".0001",
            ".0004",
            ".0019",
            ".0095",
            ".0201",
            ".0278",
            ".0298",
            ".0344",
            ".0459",
            ".3240",
            ".4262",
            "none",
            ".5719",
            ".6528",
            ".7590",
            "1",
        ];
        var (status, output, told) = Batch("bh", "id,p\n" + string.Concat(ps.Select((p, i) => $"{i},{p}\n")));
        status.ShouldBe(0);
        told.ShouldBe(["row 13: p: 'none' is no number"]);
        var lines = output.TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("id,p,adjusted,rejected");
        lines.Length.ShouldBe(17);
        lines.Count(line => line.EndsWith(",true", StringComparison.Ordinal)).ShouldBe(4);
        lines[4].ShouldBe("3,.0095,0.035625,true");
        lines[12].ShouldBe("11,none,,");
        Batch("bh", "p\n").Output.ShouldBe("p,adjusted,rejected\n");
        // q by row, or once for all.
        Batch("bh", "p,q\n0.01,0.05\n0.02,0.01\n").Output.ShouldEndWith("0.01,0.05,0.02,true\n0.02,0.01,0.02,false\n");
        Batch("bh", "p\n0.01\n", null, "0.001").Output.ShouldEndWith("0.01,0.01,false\n");
    }

    [Fact]
    public void Lots_of_a_batch_are_one_series_that_ends_where_a_result_is_not_known()
    {
        const string Lots = "lot,accepted\na,1\nb,0\nc,0\nd,1\n";
        Batch("switching", Lots + "e,?\nf,1\n")
            .ShouldSatisfyAllConditions(
                run => run.Output.ShouldEndWith("a,1,normal\nb,0,normal\nc,0,tightened\nd,1,tightened\ne,?,\nf,1,\n"),
                run => run.Told.Count.ShouldBe(2),
                run => run.Told[1].ShouldBe("row 7: accepted: '1' comes after a lot whose result is not known")
            );
        // The next run begins anew.
        Batch("switching", Lots).Output.ShouldEndWith("d,1,tightened\n");
    }

    [Fact]
    public void Words_keep_their_blanks_and_lines_when_numbers_are_masked() =>
        Batch("redact", "id,text\n1,\" 打 13812345678\n谢谢 \"\n2,\n")
            .Output.ShouldBe("id,text,redacted\n1,\" 打 13812345678\n谢谢 \",\" 打 138****5678\n谢谢 \"\n2,,\n");
}
