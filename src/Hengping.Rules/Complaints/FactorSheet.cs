using Hengping.Rules.Fields;

namespace Hengping.Rules.Complaints;

/// <summary>What speaks against a purchase for daily consumption: the five factors of 令121 art. 17.</summary>
public enum ConsumptionFactor
{
    /// <summary>数量、次数、频率 against shelf life or habit.</summary>
    Quantity,

    /// <summary>短期内大量或串通投诉: same business, same kind, same problem.</summary>
    Mass,

    /// <summary>没有真实的购买或损害.</summary>
    NoPurchase,

    /// <summary>多人共用电话或地址.</summary>
    SharedContact,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>A factor that was found, with what shows it.</summary>
/// <param name="Evidence">Of this case.</param>
public sealed record FactorFound(ConsumptionFactor Factor, string? Words, IReadOnlyList<Guid> Evidence);

/// <summary>A factor as typed.</summary>
public sealed record FactorDraft(string? Factor = null, string? Words = null, Guid[]? Evidence = null)
{
    public FactorDraft()
        : this(Factor: null) { }
}

/// <summary>
/// 生活消费判断表: why a complaint is declined as not for daily consumption. Whoever declines signs it by their account,
/// and the claimant reads it.
/// </summary>
public sealed record FactorSheet(IReadOnlyList<FactorFound> Found)
{
    /// <summary>The reason of a non-acceptance that needs one (令121 art. 16 no. 3).</summary>
    public const string Reason = "not-consumption";

    private const int WordsMin = 5;
    private const int WordsMax = 1_000;

    /// <summary>A factor stands on words or on evidence.</summary>
    public static readonly Refusal Unproven = new(
        "factor.unproven",
        "请写明依据，或选择案件中的证据",
        "Say what shows it, or choose evidence of the case"
    );

    /// <summary>What was typed, judged field by field; null for every other reason.</summary>
    /// <param name="ofCase">The evidence of the case.</param>
    public static FactorSheet? Check(
        string reason,
        IReadOnlyList<FactorDraft>? drafts,
        IReadOnlyCollection<Guid> ofCase,
        FieldFaults faults
    )
    {
        if (reason != Reason)
            return null;
        var found = new List<FactorFound>();
        foreach (var (draft, no) in (drafts ?? []).Select((draft, no) => (draft, no)))
        {
            var field = $"factors[{no}]";
            var isKnown = Enum.TryParse<ConsumptionFactor>(draft.Factor, ignoreCase: true, out var factor);
            var isNumber = draft.Factor?.Any(char.IsAsciiDigit) == true;
            faults.If(!isKnown || isNumber || found.Any(f => f.Factor == factor), field + ".factor", Fault.Unknown);
            var words = faults.Text(field + ".words", draft.Words, 0, WordsMax);
            var evidence = (draft.Evidence ?? []).Distinct().ToList();
            faults.If(evidence.Exists(id => !ofCase.Contains(id)), field + ".evidence", Fault.Unknown);
            var hasWords = PlainText.Length(words) >= WordsMin;
            faults.If(
                !hasWords && (evidence.Count == 0 || factor == ConsumptionFactor.Other),
                field + ".words",
                Unproven
            );
            found.Add(new FactorFound(factor, words.Length == 0 ? null : words, evidence));
        }
        faults.If(found.Count == 0, "factors", Fault.Required);
        return new FactorSheet(found);
    }

    /// <summary>Evidence it stands on.</summary>
    public IReadOnlyList<Guid> Evidence => [.. Found.SelectMany(f => f.Evidence).Distinct()];

    /// <summary>A factor in a sentence.</summary>
    public static (string Zh, string En) Name(ConsumptionFactor factor) =>
        factor switch
        {
            ConsumptionFactor.Quantity => (
                "购买的数量、次数、频率与保质期或通常消费习惯明显不符",
                "Quantity or frequency against shelf life or habit"
            ),
            ConsumptionFactor.Mass => (
                "短期内对同一经营者、同类商品、同类问题大量投诉，或者串通投诉",
                "Many complaints in a short time about one business, kind and problem, or by people who collude"
            ),
            ConsumptionFactor.NoPurchase => (
                "不能证明真实购买，或者权益实际受损",
                "No proof of a real purchase or of harm"
            ),
            ConsumptionFactor.SharedContact => (
                "多人使用同一手机号、地址等联系方式投诉",
                "Several people on one phone or address"
            ),
            _ => ("其他因素", "Another factor"),
        };

    /// <summary>The sheet as its reader reads it.</summary>
    public string Say(bool english) =>
        (
            english
                ? "Not for daily consumption, by these factors (SAMR Order 121 art. 17):"
                : "不是生活消费的判断因素（令121第17条）："
        ) + string.Concat(Found.Select((one, no) => Line(one, no + 1, english)));

    private static string Line(FactorFound one, int no, bool english)
    {
        var (zh, en) = Name(one.Factor);
        var proofs = one.Evidence.Count;
        return $"\n{no}. {(english ? en : zh)}"
            + (one.Words is { } words ? (english ? ": " : "：") + words : "")
            + (
                proofs == 0 ? ""
                : english ? $" (evidence: {proofs})"
                : $"（证据 {proofs} 份）"
            );
    }
}
