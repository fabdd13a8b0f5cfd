using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Inspections;
using Hengping.Rules.Merchants;
using Hengping.Rules.Ratings;
using Hengping.Rules.Risk;

namespace Hengping.App.Calc;

/// <summary>The formulas that <c>calc</c> answers row by row.</summary>
internal static class LawBook
{
    private const double CountMax = 1e9;

    public static IReadOnlyList<Calculation> All(Law law) =>
        [
            DeadlineCalculation.Of(law),
            new("index", ["reply_rate", "timeliness", "satisfaction", "enrolled?"], ["index", "grade"], Index),
            new("oc", ["n", "ac", "p"], ["pa"], AcceptanceOf),
            new(
                "signal",
                ["a", "b", "c", "d"],
                ["e", "prr", "prr_lo", "prr_hi", "ror", "ror_lo", "ror_hi", "chi2", "ic", "ic025", "flags"],
                Signal
            ),
            new("arl", ["chart", "k?", "h?", "lambda?", "l?", "shift"], ["arl"], ArlOf),
            new("funnel", ["t", "n", "z"], ["lo", "hi"], FunnelOf),
            new("uscc", ["code"], ["gb32100_ok", "org_ok"], CodeOf),
            new("compensation", ["price", "loss?", "ground"], ["amount"], CompensationOf),
            .. InspectionCalculations.All(),
        ];

    private static Decided<string[]> Index(string[] cells)
    {
        var index = RatingIndex.OfParts(
            Cells.Decimal("reply_rate", cells[0], 0, 1),
            Cells.Decimal("timeliness", cells[1], 0, 1),
            Cells.Decimal("satisfaction", cells[2], 0, 10)
        );
        var enrolled = Cells.Flag("enrolled", cells[3], absent: true);
        var grade = Policy.Current.GradeOf((long)(index * 1000), enrolled, hasContact: true);
        return new[] { Cells.Write(index), PublishedList.Word(grade) };
    }

    private static Decided<string[]> AcceptanceOf(string[] cells)
    {
        var n = (int)Cells.Whole("n", cells[0], 1, 10_000_000);
        var ac = (int)Cells.Whole("ac", cells[1], 0, n);
        return new[] { Cells.Write(OperatingCharacteristic.Accepts(n, ac, Cells.Double("p", cells[2], 0, 1))) };
    }

    private static Decided<string[]> Signal(string[] cells)
    {
        long Count(int i) => Cells.Whole("abcd"[i..(i + 1)], cells[i], 0, (long)CountMax);
        var a = Count(0);
        var measures = Disproportion.Of(a, Count(1), Count(2), Count(3));
        return new[]
        {
            Cells.Write(measures.Expected),
            Cells.Write(measures.Prr),
            Cells.Write(measures.PrrLo),
            Cells.Write(measures.PrrHi),
            Cells.Write(measures.Ror),
            Cells.Write(measures.RorLo),
            Cells.Write(measures.RorHi),
            Cells.Write(measures.ChiSquare),
            Cells.Write(measures.Ic),
            Cells.Write(measures.Ic025),
            string.Join(' ', measures.Flags(a)),
        };
    }

    private static Decided<string[]> ArlOf(string[] cells)
    {
        var shift = Cells.Double("shift", cells[5], -20, 20);
        var arl = cells[0] switch
        {
            "cusum" => RunLength.Cusum(Cells.Double("k", cells[1], 0, 10), Cells.Double("h", cells[2], 0.1, 20), shift),
            "ewma" => RunLength.Ewma(
                Cells.Double("lambda", cells[3], 0.01, 1),
                Cells.Double("l", cells[4], 0.1, 6),
                shift
            ),
            _ => throw new BadCell("chart", cells[0], "is neither cusum nor ewma"),
        };
        return new[] { Math.Round(arl, 2).ToString("0.##", CultureInfo.InvariantCulture) };
    }

    private static Decided<string[]> FunnelOf(string[] cells)
    {
        var limits = Funnel.Limits(
            Cells.Double("t", cells[0], 0, 1),
            Cells.Double("n", cells[1], 1, CountMax),
            Cells.Double("z", cells[2], 0, 40)
        );
        return new[] { Cells.Write(limits.Lo), Cells.Write(limits.Hi) };
    }

    private static Decided<string[]> CodeOf(string[] cells)
    {
        var code = cells[0].Trim().ToUpperInvariant();
        return new[] { Word(CreditCode.IsChecked(code)), Word(CreditCode.IsOrganisationChecked(code)) };
    }

    private static Decided<string[]> CompensationOf(string[] cells)
    {
        var ground = cells[2] switch
        {
            "fraud" => CompensationGround.Fraud,
            "food" => CompensationGround.Food,
            "label" => CompensationGround.Label,
            _ => throw new BadCell("ground", cells[2], "is none of fraud, food, label"),
        };
        var price = Cells.Decimal("price", cells[0], 0, 1_000_000_000);
        var loss = cells[1].Length == 0 ? 0 : Cells.Decimal("loss", cells[1], 0, 1_000_000_000);
        var amount = Compensation.Of(ground, price, loss);
        return new[] { amount.ToString("0.##", CultureInfo.InvariantCulture) };
    }

    private static string Word(bool yes) => yes ? "true" : "false";
}
