using Hengping.Rules.Inspections;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Inspections;

/// <summary>GB/T 2828.1, single sampling: what is known of the tables, and what must hold of every plan.</summary>
public sealed class SamplingPlans
{
    private const string Letters = "ABCDEFGHJKLMNPQR";

    private static readonly Strictness[] Both = [Strictness.Normal, Strictness.Tightened];

    private static readonly long[] Lots =
    [
        2,
        3,
        5,
        8,
        9,
        15,
        16,
        25,
        26,
        50,
        51,
        90,
        91,
        150,
        151,
        280,
        281,
        500,
        501,
        1200,
        1201,
        3200,
        3201,
        10_000,
        10_001,
        35_000,
        35_001,
        150_000,
        150_001,
        500_000,
        500_001,
        SamplingPlan.LotMax,
    ];

    /// <summary>The table by which the specification checks it, and the edges, where arrows have to turn.</summary>
    [Theory]
    [InlineData('F', Strictness.Normal, 0.40, "32:0 20:0 13:0 32:1 20:1 20:2 20:3")]
    [InlineData('H', Strictness.Normal, 0.40, "32:0 80:1 50:1 50:2 50:3 50:5 50:7")]
    [InlineData('K', Strictness.Normal, 0.40, "125:1 125:2 125:3 125:5 125:7 125:10 125:14")]
    [InlineData('N', Strictness.Normal, 0.40, "500:5 500:7 500:10 500:14 500:21 315:21 200:21")]
    [InlineData('H', Strictness.Tightened, 1.0, "80:1 50:1 50:2 50:3 50:5 50:8 50:12 50:18 32:18")]
    [InlineData('K', Strictness.Tightened, 1.0, "125:2 125:3 125:5 125:8 125:12 125:18 80:18")]
    [InlineData('N', Strictness.Tightened, 1.0, "500:8 500:12 500:18 315:18")]
    [InlineData('A', Strictness.Normal, 4.0, "3:0 2:0 5:1 3:1 2:1 2:2 2:3 2:5 2:7 2:10 2:14 2:21 2:30")]
    [InlineData('A', Strictness.Tightened, 4.0, "5:0 3:0 8:1 5:1 3:1 2:1 2:2 2:3 2:5 2:8 2:12 2:18 2:27")]
    [InlineData('E', Strictness.Normal, 100, "13:21 13:30 13:44 8:44 5:44 3:44")]
    [InlineData('F', Strictness.Normal, 65, "20:21 13:21 13:30 13:44 8:44 5:44 3:44")]
    [InlineData('E', Strictness.Tightened, 65, "13:12 13:18 13:27 13:41 8:41 5:41 3:41")]
    [InlineData(
        'R',
        Strictness.Normal,
        0.010,
        "1250:0 800:0 2000:1 2000:2 2000:3 2000:5 2000:7 2000:10 2000:14 2000:21"
    )]
    [InlineData('R', Strictness.Tightened, 0.010, "2000:0 1250:0 3150:1 2000:1 2000:2 2000:3 2000:5 2000:8 2000:12")]
    [InlineData('Q', Strictness.Tightened, 0.010, "2000:0 1250:0 3150:1 2000:1 1250:1 1250:2")]
    public void Known_rows(char letter, Strictness strictness, double firstAql, string plans)
    {
        var from = MasterTable.AllAqls.ToList().IndexOf((decimal)firstAql);
        plans
            .Split(' ')
            .Select((_, i) => MasterTable.Plan(letter, MasterTable.AllAqls[from + i], strictness))
            .Select(plan => $"{plan.N}:{plan.Ac}")
            .ShouldBe(plans.Split(' '));
    }

    [Theory]
    [InlineData(1000, "II", 1.0, 'J', 'J', 80, 2)]
    [InlineData(100, "II", 1.0, 'F', 'E', 13, 0)]
    [InlineData(10, "II", 1.0, 'B', 'E', 10, 0)]
    [InlineData(13, "II", 1.0, 'B', 'E', 13, 0)]
    [InlineData(14, "II", 1.0, 'B', 'E', 13, 0)]
    [InlineData(5000, "Ⅱ", 0.65, 'L', 'L', 200, 3)]
    [InlineData(2, "s-1", 1000, 'A', 'A', 2, 30)]
    [InlineData(600_000, "III", 0.015, 'R', 'P', 800, 0)]
    public void Lots_by_example(long lot, string level, double aql, char code, char letter, int n, int ac)
    {
        var plan = SamplingPlan.For(lot, CodeLetters.Level(level)!.Value, (decimal)aql, Strictness.Normal).Event!;
        (plan.CodeLetter, plan.Letter, plan.N, plan.Ac, plan.Re).ShouldBe((code, letter, n, ac, ac + 1));
        plan.IsWhole.ShouldBe(n == lot);
        plan.ForCritical.Ac.ShouldBe(0);
        plan.Zh.ShouldContain(plan.IsWhole ? $"全检 {n} 件" : $"抽 {n} 件");
        plan.En.Contains("arrow", StringComparison.Ordinal).ShouldBe(code != letter);
    }

    [Fact]
    public void Every_plan_of_every_lot_can_be_carried_out()
    {
        foreach (var level in Enum.GetValues<InspectionLevel>())
        foreach (var strictness in Both)
        foreach (var aql in MasterTable.AllAqls)
        foreach (var lot in Lots)
        {
            var plan = SamplingPlan.For(lot, level, aql, strictness).Event!;
            plan.Ac.ShouldBeInRange(0, plan.Re - 1);
            ((long)plan.N).ShouldBeInRange(1, lot);
            CodeLetters.Level(CodeLetters.Name(level)).ShouldBe(level);
        }
    }

    /// <summary>Tightened draws no fewer and accepts no more, so that it is nowhere easier than normal.</summary>
    [Fact]
    public void Tightened_is_never_easier_than_normal()
    {
        foreach (var letter in Letters)
        foreach (var aql in MasterTable.AllAqls)
        {
            var normal = MasterTable.Plan(letter, aql, Strictness.Normal);
            var tightened = MasterTable.Plan(letter, aql, Strictness.Tightened);
            tightened.N.ShouldBeGreaterThanOrEqualTo(normal.N, $"{letter} {aql}");
            tightened.Ac.ShouldBeLessThanOrEqualTo(normal.Ac, $"{letter} {aql}");
        }
    }

    /// <summary>The worse a lot, the seldomer it passes.</summary>
    [Fact]
    public void Curves_fall_and_a_lot_at_its_aql_mostly_passes()
    {
        foreach (var letter in Letters)
        foreach (var aql in MasterTable.AllAqls.Where(aql => aql <= MasterTable.PercentMax))
        {
            var plan = MasterTable.Plan(letter, aql, Strictness.Normal);
            var last = 1.0;
            for (var p = 0.0; p <= 1; p += 0.01)
            {
                var now = OperatingCharacteristic.Accepts(plan.N, plan.Ac, p);
                now.ShouldBeInRange(0, last + 1e-12);
                last = now;
            }
            OperatingCharacteristic.Accepts(plan.N, plan.Ac, (double)aql / 100).ShouldBeGreaterThan(0.85);
        }
        OperatingCharacteristic.Accepts(125, 3, 0.01).ShouldBe(0.9626, 0.00005);
    }

    [Fact]
    public void What_is_no_plan_is_refused_by_its_code()
    {
        SamplingPlan.For(-1, InspectionLevel.II, 1, default).Refusal!.Code.ShouldBe("sampling.lot");
        SamplingPlan.For(1, InspectionLevel.II, 1, default).Refusal!.Code.ShouldBe("sampling.lot");
        SamplingPlan.For(long.MaxValue, InspectionLevel.II, 1, default).Refusal!.Code.ShouldBe("sampling.lot");
        SamplingPlan.For(100, InspectionLevel.II, 1.2m, default).Refusal!.Code.ShouldBe("sampling.aql");
        SamplingPlan.For(100, InspectionLevel.II, 1.00m, default).Event!.Zh.ShouldContain("AQL 1.0：");
        SamplingPlan.StrictnessOf("reduced").No!.Code.ShouldBe("sampling.reduced");
        SamplingPlan.StrictnessOf("Normal").No!.Code.ShouldBe("sampling.severity");
        CodeLetters.Level("IV").ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => MasterTable.Plan('I', 1, default));
        Should.Throw<ArgumentOutOfRangeException>(() => MasterTable.Plan('S', 1, default));
    }

    [Fact]
    public void The_published_code_letters_come_out()
    {
        var file = Repository.At("../shared/data/sampling/code_letters.csv");
        Assert.SkipUnless(File.Exists(file), "../shared is not here");
        var rows = File.ReadLines(file).Select(line => line.Split(',')).ToList();
        rows.Count.ShouldBe(16);
        foreach (var row in rows.Skip(1))
        {
            var ends = row[0].TrimEnd('+').Split('-').Select(long.Parse);
            foreach (var lot in ends)
            foreach (var (i, name) in rows[0].Index().Skip(1))
                CodeLetters.Of(lot, CodeLetters.Level(name)!.Value).ToString().ShouldBe(row[i], $"{lot} {name}");
        }
    }
}
