using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Inspections;
using Hengping.Rules.Publishing;
using Hengping.Rules.Risk;

namespace Hengping.App.Calc;

/// <summary>Sampling, verdicts, goods' numbers, many tests at once, and words that are made fit to show.</summary>
internal static class InspectionCalculations
{
    private const string RejectedAtMost = "0.05";

    public static IEnumerable<Calculation> All() =>
        [
            new("sampling", ["lot", "level", "aql", "severity"], ["letter", "n", "ac", "re"], c => Sampling(c, false))
            {
                Explain = c => Sampling(c, true),
            },
            Switching(),
            new("verdict", ["limit", "sense", "value", "u?", "rule?"], ["verdict"], c => VerdictOf(c, false))
            {
                Explain = c => VerdictOf(c, true),
            },
            new("gtin", ["code"], ["gtin14", "ok"], GtinOf),
            new("bh", ["p", "q?"], ["adjusted", "rejected"], c => TestedTogether([c])[0]) { Together = TestedTogether },
            new("redact", ["text"], ["redacted"], c => new[] { Masking.Mask(c[0]) }) { IsVerbatim = true },
        ];

    private static Decided<string[]> Sampling(string[] cells, bool explain)
    {
        var lot = Cells.Whole("lot", cells[0], long.MinValue, long.MaxValue);
        if (CodeLetters.Level(cells[1]) is not { } level)
            return SamplingPlan.BadLevel;
        if (cells[2].EndsWith('%'))
            return SamplingPlan.BadAql;
        var aql = Cells.Exact("aql", cells[2]);
        var (strictness, no) = SamplingPlan.StrictnessOf(cells[3]);
        if (no is not null)
            return no;
        var decided = SamplingPlan.For(lot, level, aql, strictness);
        if (decided.Event is not { } plan)
            return decided.Refusal!;
        string[] results = [plan.Letter.ToString(), Write(plan.N), Write(plan.Ac), Write(plan.Re)];
        return explain ? [.. results, plan.Zh, plan.En] : results;
    }

    /// <summary>
    /// One series: made anew for each run. In a batch each row is the next lot; a result that cannot be read ends the
    /// series, since whatever follows hangs on it.
    /// </summary>
    private static Calculation Switching()
    {
        SwitchingRule? state = SwitchingRule.Start;
        Decided<string[]> After(string[] cells, bool explain)
        {
            if (state is null)
                throw new BadCell("accepted", cells[0], "comes after a lot whose result is not known");
            var before = state;
            state = null;
            foreach (var lot in cells[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                before = before.After(IsAccepted(lot));
            state = before;
            return explain ? [state.Word, state.Zh, state.En] : (string[])[state.Word];
        }
        return new("switching", ["accepted"], ["severity"], c => After(c, false))
        {
            Explain = c => After(c, true),
            TakesMany = true,
        };
    }

    private static bool IsAccepted(string cell) =>
        cell switch
        {
            "1" => true,
            "0" => false,
            _ => throw new BadCell("accepted", cell, "is neither 1 nor 0"),
        };

    private static Decided<string[]> VerdictOf(string[] cells, bool explain)
    {
        var sense = cells[1] switch
        {
            "max" => LimitSense.Max,
            "min" => LimitSense.Min,
            _ => throw new BadCell("sense", cells[1], "is neither max nor min"),
        };
        var limit = new Limit(Cells.Exact("limit", cells[0]), sense);
        var value = Cells.Exact("value", cells[2]);
        var u = cells[3].Length == 0 ? (decimal?)null : Cells.Exact("u", cells[3]);
        if (u < 0)
            throw new BadCell("u", cells[3], "is below zero");
        var verdict = cells[4] switch
        {
            "" or "simple" => limit.Of(value),
            "guard" => limit.Guarded(value, u ?? throw new BadCell("u", "", "is needed by the rule guard")),
            _ => throw new BadCell("rule", cells[4], "is neither simple nor guard"),
        };
        var word = verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.ConditionalPass => "conditional-pass",
            Verdict.ConditionalFail => "conditional-fail",
            _ => "fail",
        };
        return explain ? [word, .. Told(limit, value, u)] : (string[])[word];
    }

    /// <summary>The verdict by the standard's rule first; the hint beside it, which never changes it.</summary>
    private static string[] Told(Limit limit, decimal value, decimal? u)
    {
        var isPass = limit.Of(value) == Verdict.Pass;
        var (sideZh, sideEn) = limit.Sense == LimitSense.Max ? ("不超过", "at most") : ("不低于", "at least");
        var (asked, measured) = (Cells.Write(limit.Value), Cells.Write(value));
        var zh = $"要求{sideZh} {asked}，测得 {measured}：{(isPass ? "合格" : "不合格")}（全数值比较）";
        var en = $"{sideEn} {asked} required, {measured} measured: {(isPass ? "pass" : "fail")} (full value)";
        if (u is not { } uncertainty)
            return [zh, en];
        var band = Cells.Write(uncertainty);
        var isNear = limit.Guarded(value, uncertainty) is Verdict.ConditionalPass or Verdict.ConditionalFail;
        return isNear
            ?
            [
                $"{zh}；临界提示：与限值相差在不确定度 {band} 之内，可以复检，不改变结论",
                $"{en}; near the limit: within the uncertainty {band}, which may prompt a re-test and changes nothing",
            ]
            :
            [
                $"{zh}；与限值相差不小于不确定度 {band}",
                $"{en}; further from the limit than the uncertainty {band}, or by just as much",
            ];
    }

    private static Decided<string[]> GtinOf(string[] cells)
    {
        if (cells[0].Length == 0)
            throw new BadCell("code", cells[0], "is empty");
        var fourteen = Gtin.Fourteen(cells[0]);
        return new[] { fourteen ?? "", fourteen is not null && Gtin.IsChecked(fourteen) ? "true" : "false" };
    }

    /// <summary>Rows that cannot be read are no part of what is tested together.</summary>
    private static string[][] TestedTogether(IReadOnlyList<string[]> rows)
    {
        var adjusted = BenjaminiHochberg.Adjusted([.. rows.Select(cells => Cells.Double("p", cells[0], 0, 1))]);
        return
        [
            .. rows.Select(
                (cells, i) =>
                {
                    var q = Cells.Double("q", cells[1].Length == 0 ? RejectedAtMost : cells[1], 0, 1);
                    return new[]
                    {
                        // Ten digits, however small: six decimals would make a zero of what matters most.
                        adjusted[i].ToString("G10", CultureInfo.InvariantCulture),
                        BenjaminiHochberg.IsRejected(adjusted[i], q) ? "true" : "false",
                    };
                }
            ),
        ];
    }

    private static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}
