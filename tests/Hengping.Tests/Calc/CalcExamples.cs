using System.Text;
using Hengping.App.Calc;
using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Calc.Calculating;

namespace Hengping.Tests.Calc;

/// <summary>The law book as a calculator, by its examples.</summary>
public sealed class CalcExamples
{
    [Theory]
    [InlineData("deadline", "2026-09-30,working-days,7", "2026-10-15")]
    [InlineData("deadline", "2026-04-15,days,60", "2026-06-14")]
    [InlineData("deadline", "2026-10-01T00:00:00Z,hours,72", "2026-10-04T00:00:00Z")]
    [InlineData("deadline", "2026-10-01T14:01:00+08:00,window,4", "2026-10-02T09:01:00+08:00")]
    [InlineData("deadline", "2026-10-01T14:01,window,4", "2026-10-02T09:01:00+08:00")]
    [InlineData("deadline", "2026-09-30T15:59:59Z,working-days,7", "2026-10-15T15:59:59Z")]
    [InlineData("index", "0.8,0,0,", "0.400,cautious")]
    [InlineData("index", "72.66 %,0.641,3.875,true", "0.633,cautious")]
    [InlineData("index", "1,1,3,false", "0.860,unrated")]
    [InlineData("oc", "125,3,0.01", "0.962551")]
    [InlineData("funnel", "0.02,100,1.959964", "0.001926,0.056454")]
    [InlineData("compensation", "100,,fraud", "500")]
    [InlineData("compensation", "200,,fraud", "600")]
    [InlineData("compensation", "15,,food", "1000")]
    [InlineData("compensation", "150,,food", "1500")]
    [InlineData("compensation", "150,600,food", "1800")]
    [InlineData("compensation", "150,,label", "0")]
    [InlineData("uscc", "91110000600037341L", "true,true")]
    [InlineData("uscc", "9111000060003IOZSV", "false,false")]
    [InlineData("arl", "cusum,0.5,5,,,0", "465.37")]
    [InlineData("arl", "cusum,0.5,5,,,1", "10.38")]
    [InlineData("arl", "ewma,,,0.2,2.962,0", "499.5")]
    [InlineData("arl", "ewma,,,0.2,2.962,1", "10.54")]
    [InlineData(
        "signal",
        "25,75,100,1800",
        "6.25,4.75,3.217933,7.011488,6,3.655943,9.846981,63.157895,1.917538,1.248509,prr ror ic"
    )]
    [InlineData("signal", "0,0,0,0", ",,,,,,,,,,")]
    public void One_row(string kind, string cells, string results)
    {
        var calculation = LawBook.All(Law.Shipped).First(k => k.Name == kind);
        calculation.Compute(Row(calculation, cells)).Event.ShouldBe(results.Split(','));
    }

    [Theory]
    [InlineData("deadline", "2026-02-30,days,1")]
    [InlineData("deadline", "2026-02-03,weeks,1")]
    [InlineData("deadline", "2026-02-03,days,-1")]
    [InlineData("deadline", "2026-02-03,days,1.5")]
    [InlineData("index", "1.01,0,0,")]
    [InlineData("index", "NaN,0,0,")]
    [InlineData("oc", "10,11,0.1")]
    [InlineData("arl", "shewhart,,,,,0")]
    public void Bad_cells_are_named(string kind, string cells)
    {
        var calculation = LawBook.All(Law.Shipped).First(k => k.Name == kind);
        Should.Throw<BadCell>(() => calculation.Compute(Row(calculation, cells)));
    }

    /// <summary>By an id of the rulebook: the rule in force on the day, around every change of law.</summary>
    [Theory]
    [InlineData("2024-06-30", "mediation.end", "2024-08-30", "令20", "Order 20")]
    [InlineData("2024-07-01", "mediation.end", "2024-08-30", "条例第46条", "Regulation art. 46")]
    [InlineData("2026-04-14", "mediation.end", "2026-06-13", "条例第46条", "Regulation art. 46")]
    [InlineData("2026-04-15", "mediation.end", "2026-06-14", "令121", "Order 121 art. 23")]
    [InlineData("2026-08-02", "mediation.end", "2026-10-01", "可顺延至 10月8日", "the law would roll to 8 Oct")]
    [InlineData("2026-09-20", "retest.objection", "2026-10-08", "最后一日 10月5日 为休息日", "its last day 5 Oct")]
    [InlineData("2026-04-14", "report.tell", "2026-04-21", "令20第31条", "Order 20 art. 31")]
    [InlineData("2026-04-15", "report.tell", "2026-04-22", "本平台承诺", "our own promise")]
    [InlineData("2026-04-14", "report.verify", "2026-05-08", "令20第23条", "Order 20 art. 23")]
    [InlineData("2026-04-15", "report.verify", "2026-05-09", "处罚程序规定第18条", "Provisions art. 18")]
    [InlineData("2026-09-30T10:00:00+08:00", "mediation.told", "2026-10-15T23:59:59+08:00", "令121）第23条", "art. 23")]
    public void A_rule_of_the_book_says_what_was_law_that_day(
        string from,
        string rule,
        string due,
        string zh,
        string en
    )
    {
        var calculation = LawBook.All(Law.Shipped)[0];
        calculation.Compute([from, "", "", "", rule]).Event.ShouldBe([due]);
        var told = calculation.Explained.Compute([from, "", "", "", rule]).Event!;
        calculation.Explained.Out.ShouldBe(["due", "zh", "en"]);
        told[0].ShouldBe(due);
        told[1].ShouldContain(zh);
        told[2].ShouldContain(en);
    }

    [Fact]
    public void A_rule_that_was_not_in_force_is_refused_and_one_named_twice_is_a_bad_cell()
    {
        var deadline = LawBook.All(Law.Shipped)[0];
        deadline.Compute(["2019-12-31", "", "", "", "report.verify"]).Refusal!.Code.ShouldBe("rule.none");
        deadline.Compute(["2026-01-01", "", "", "", "nothing"]).Refusal!.Code.ShouldBe("rule.none");
        deadline
            .Compute(["2026-12-30", "days", "5", "statutory-holiday", ""])
            .Refusal!.Code.ShouldBe("calendar.unknown");
        Should.Throw<BadCell>(() => deadline.Compute(["2026-01-01", "days", "", "", "mediation.end"]));
        Should.Throw<BadCell>(() => deadline.Compute(["2026-01-01", "days", "1", "weekend", ""]));
    }

    [Fact]
    public void A_batch_asks_by_rule_or_by_kind_row_by_row()
    {
        Batch(
            "deadline",
            "from,rule,kind,amount,last_day\n2026-08-02,mediation.end,,,\n2026-08-02,,days,60,statutory-holiday\n"
        )
            .Output.ShouldBe(
                "from,rule,kind,amount,last_day,due\n2026-08-02,mediation.end,,,,2026-10-01\n"
                    + "2026-08-02,,days,60,statutory-holiday,2026-10-08\n"
            );
        Batch("deadline", "from,rule\n2026-08-02,mediation.end\n").Output.ShouldEndWith(",2026-10-01\n");
        var (status, _, told) = Batch("deadline", "from,kind\n2026-08-02,days\n");
        (status, told[0]).ShouldBe(
            (2, "the header has no column amount; deadline needs from, kind?, amount?, last_day?, rule?")
        );
    }

    [Fact]
    public void A_batch_keeps_every_row_and_its_other_columns()
    {
        var (status, output, told) = Batch(
            "deadline",
            "\ufeffid,kind,from,amount\r\n\"a,1\",working-days,2026-02-12,2\r\nb,days,never,1\r\n"
                + "c,working-days,2026-12-31,7\r\n"
        );
        status.ShouldBe(0);
        output.ShouldBe(
            "id,kind,from,amount,due\n\"a,1\",working-days,2026-02-12,2,2026-02-14\nb,days,never,1,\n"
                + "c,working-days,2026-12-31,7,calendar unknown\n"
        );
        told.Count.ShouldBe(2);
        told[0].ShouldContain("row 3");
    }

    [Fact]
    public void A_batch_without_a_needed_column_is_wrong_usage()
    {
        Batch("index", "reply_rate\n1\n").Status.ShouldBe(2);
        Batch("index", "").Status.ShouldBe(2);
        Should.Throw<Refused>(() => Batch("uscc", "code\n\"open"));
    }

    [Fact]
    public void Cases_give_their_index()
    {
        var cases =
            "delivered_at,replied_at,score\n"
            + "2026-10-01T00:00:00Z,2026-10-03T23:59:59Z,6\n"
            + "2026-10-01T00:00:00Z,2026-10-04T00:00:00Z,\n"
            + "2026-10-01,2026-10-06,7\n"
            + "2026-10-01,2026-10-07,7\n"
            + ",,\n"
            + "2026-10-01,,\n";
        CasesIndex
            .Compute(new StringReader(cases), Policy.Current, out _)
            .ShouldBe(["0.8000", "0.440", "6.667", "0.665", "cautious"]);
        CasesIndex.Compute(new StringReader("delivered_at\n"), Policy.Current, out var missing).ShouldBeNull();
        missing!.ShouldContain("replied_at");
        Should.Throw<Refused>(() =>
            CasesIndex.Compute(
                new StringReader("delivered_at,replied_at,score\n2026-10-02,2026-10-01,\n"),
                Policy.Current,
                out _
            )
        );
    }

    [Fact]
    public void The_published_credit_codes_get_their_published_verdicts()
    {
        var file = Repository.At("../shared/data/codes/uscc_vectors_even.csv");
        Assert.SkipUnless(File.Exists(file), "../shared is not here");
        var calculation = LawBook.All(Law.Shipped).First(k => k.Name == "uscc");
        foreach (var cells in File.ReadLines(file).Skip(1).Select(l => l.Split(',')))
            calculation.Compute([cells[0]]).Event.ShouldBe([cells[1].ToLowerInvariant(), cells[2].ToLowerInvariant()]);
    }

    /// <summary>GBK, a lone 0xFF, half of a character: what is not computed with comes out byte for byte.</summary>
    [Theory]
    [InlineData("B1B8D7A2", "B9FAC7ECC7B0")]
    [InlineData("FF", "FF41")]
    [InlineData("E6B3", "E5")]
    [InlineData("E5A487E6B3A8", "F09F9982")]
    public void A_batch_keeps_bytes_it_does_not_understand(string title, string note)
    {
        var (name, said) = (Convert.FromHexString(title), Convert.FromHexString(note));
        byte[] given = [.. "code,"u8, .. name, .. "\n91350211M000100Y43,"u8, .. said, .. "\n"u8, .. said, .. ",\n"u8];
        var told = new List<string>();
        using var output = new MemoryStream();
        using var input = new MemoryStream([.. Encoding.UTF8.GetPreamble(), .. given]);
        var kind = LawBook.All(Law.Shipped).First(k => k.Name == "uscc");
        CalcBatch.Run(kind, new string?[1], input, output, told.Add).ShouldBe(0);
        var lines = Lines(output.ToArray());
        lines.Count.ShouldBe(3);
        lines[0].AsSpan().StartsWith((byte[])[.. "code,"u8, .. name, (byte)',']).ShouldBeTrue();
        lines[1].AsSpan().StartsWith((byte[])[.. "91350211M000100Y43,"u8, .. said, (byte)',']).ShouldBeTrue();
        lines[2].AsSpan().StartsWith((byte[])[.. said, .. ",,"u8]).ShouldBeTrue();
        if (note != "F09F9982")
            told.ShouldBe(["row 3: a value holds bytes that are no UTF-8"]);

        using var wide = new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("code\n")]);
        Should
            .Throw<Refused>(() => CalcBatch.Run(kind, new string?[1], wide, new MemoryStream(), told.Add))
            .Refusal.Code.ShouldBe("calc.encoding");
    }

    private static List<byte[]> Lines(byte[] bytes) =>
        [.. Encoding.Latin1.GetString(bytes).TrimEnd('\n').Split('\n').Select(Encoding.Latin1.GetBytes)];
}
