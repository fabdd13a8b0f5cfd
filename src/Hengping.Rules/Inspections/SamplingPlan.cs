using System.Globalization;

namespace Hengping.Rules.Inspections;

/// <summary>
/// 一次抽样方案: how many of a lot are drawn, and up to how many faulty ones it is accepted. GB/T 2828.1 ≙ ISO 2859-1,
/// for lots of a continuing series and for admission; an official spot check takes n from its own rules. Reduced
/// inspection is left out: no verified ISO table is at hand.
/// </summary>
/// <param name="Lot">Items in the lot.</param>
/// <param name="Level">How much was to be drawn.</param>
/// <param name="Aql">Acceptance quality limit, one of the 26.</param>
/// <param name="Strictness">Normal or tightened.</param>
/// <param name="CodeLetter">The letter of lot size and level.</param>
/// <param name="Letter">The letter whose sample is drawn: another one where an arrow led there.</param>
/// <param name="N">Items to draw, never more than the lot.</param>
/// <param name="Ac">接收数: accepted up to so many.</param>
public sealed record SamplingPlan(
    long Lot,
    InspectionLevel Level,
    decimal Aql,
    Strictness Strictness,
    char CodeLetter,
    char Letter,
    int N,
    int Ac
)
{
    /// <summary>Lots beyond any that is sold.</summary>
    public const long LotMax = 1_000_000_000_000;

    /// <summary>No lot size.</summary>
    public static readonly Refusal BadLot = new(
        "sampling.lot",
        "批量须为 2 至 1 万亿的整数；只有一件的，直接检验这一件",
        "a lot has 2 to 10^12 items; where there is one item, inspect it"
    );

    /// <summary>No level.</summary>
    public static readonly Refusal BadLevel = new(
        "sampling.level",
        "检验水平为 S-1、S-2、S-3、S-4、I、II、III 之一",
        "the level is one of S-1, S-2, S-3, S-4, I, II, III"
    );

    /// <summary>Not among the 26.</summary>
    public static readonly Refusal BadAql = new(
        "sampling.aql",
        $"AQL 须为标准中的 26 个值之一：{Numbers(MasterTable.AllAqls, "、")}，不带百分号",
        $"the AQL is one of the 26 of the standard, without a percent sign: {Numbers(MasterTable.AllAqls, ", ")}"
    );

    /// <summary>Neither normal nor tightened.</summary>
    public static readonly Refusal BadStrictness = new(
        "sampling.severity",
        "检验严格度为 normal（正常）或 tightened（加严）",
        "the severity is normal or tightened"
    );

    /// <summary>放宽检验.</summary>
    public static readonly Refusal NoReduced = new(
        "sampling.reduced",
        "不提供放宽检验：尚无经核对的 ISO 抽样表。请用 normal 或 tightened",
        "reduced inspection is left out until a verified ISO table is at hand: use normal or tightened"
    );

    /// <summary>拒收数: rejected from so many on.</summary>
    public int Re => Ac + 1;

    /// <summary>全检: the sample would be as large as the lot.</summary>
    public bool IsWhole => N == Lot;

    /// <summary>For critical defects: one is enough to reject, whatever the AQL allows of others.</summary>
    public SamplingPlan ForCritical => this with { Ac = 0 };

    /// <summary>The plan of a lot, or why there is none.</summary>
    public static Decided<SamplingPlan> For(long lot, InspectionLevel level, decimal aql, Strictness strictness)
    {
        if (lot is < CodeLetters.LotMin or > LotMax)
            return BadLot;
        if (MasterTable.Preferred(aql) is not { } preferred)
            return BadAql;
        var code = CodeLetters.Of(lot, level);
        var (letter, n, ac) = MasterTable.Plan(code, preferred, strictness);
        return new SamplingPlan(lot, level, preferred, strictness, code, letter, (int)Math.Min(n, lot), ac);
    }

    /// <summary>The severity of its word, or the refusal that names what is there.</summary>
    public static (Strictness Is, Refusal? No) StrictnessOf(string word) =>
        word switch
        {
            "normal" => (Strictness.Normal, null),
            "tightened" => (Strictness.Tightened, null),
            "reduced" => (default, NoReduced),
            _ => (default, BadStrictness),
        };

    /// <summary>How it came about, for people.</summary>
    public string Zh
    {
        get
        {
            var arrow = Letter == CodeLetter ? "" : $"，该处为箭头，改用字码 {Letter}";
            var drawn = IsWhole ? $"样本量不小于批量，全检 {N} 件" : $"抽 {N} 件";
            var accepted = Ac == 0 ? "无不合格接收" : $"不合格 {Ac} 个及以下接收";
            var table = Strictness == Strictness.Normal ? "表 2-A，正常检验" : "表 2-B，加严检验";
            return $"批量 {Lot}，检验水平 {CodeLetters.Name(Level)}，AQL {Number(Aql)}：字码 {CodeLetter}{arrow}；"
                + $"{drawn}，{accepted}，{Re} 个及以上拒收（GB/T 2828.1 {table}，一次抽样）"
                + (CountsDefects ? "。AQL 大于 10：数不合格，不数不合格品" : "");
        }
    }

    /// <summary>The same in English.</summary>
    public string En
    {
        get
        {
            var arrow = Letter == CodeLetter ? "" : $", where an arrow leads to letter {Letter}";
            var drawn = IsWhole ? $"the sample would be the lot: inspect all {N}" : $"draw {N}";
            var accepted = Ac == 0 ? "accept if none is faulty" : $"accept up to {Ac} faulty";
            var table = Strictness == Strictness.Normal ? "table 2-A, normal" : "table 2-B, tightened";
            return $"lot {Lot}, level {CodeLetters.Name(Level)}, AQL {Number(Aql)}: letter {CodeLetter}{arrow}; "
                + $"{drawn}, {accepted}, reject from {Re} on (GB/T 2828.1 {table}, single sampling)"
                + (CountsDefects ? ". An AQL above 10 counts defects, not faulty items" : "");
        }
    }

    /// <summary>每百单位产品不合格数: one item may have several.</summary>
    public bool CountsDefects => Aql > MasterTable.PercentMax;

    private static string Numbers(IEnumerable<decimal> numbers, string between) =>
        string.Join(between, numbers.Select(Number));

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
