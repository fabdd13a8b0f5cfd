using System.Text.Json;

namespace Hengping.Rules.Appeals;

/// <summary>The kinds of findings: codes are the contract's, words stand in <c>data/findings.json</c>.</summary>
public static class LintCode
{
    public const string SectionMissing = "section-missing";
    public const string RootCauseMissing = "root-cause-missing";
    public const string BlameOnly = "blame-only";
    public const string DateMissing = "date-missing";
    public const string OwnerMissing = "owner-missing";
    public const string FigureMissing = "figure-missing";
    public const string ClaimWithoutEvidence = "claim-without-evidence";
    public const string UnknownCertification = "unknown-certification";
    public const string EvidenceExpired = "evidence-expired";
    public const string EvidenceOfOtherProduct = "evidence-of-other-product";
    public const string PromiseRestatesRule = "promise-restates-rule";
    public const string OffTopic = "off-topic";

    /// <summary>Of an appeal's first part alone: a letter has none.</summary>
    public const string GroundsUnchecked = "grounds-unchecked";

    private static readonly Lazy<IReadOnlyDictionary<string, LintText>> Texts = new(Load);

    /// <summary>Every code with what it means and what would mend it.</summary>
    public static IReadOnlyDictionary<string, LintText> All => Texts.Value;

    private static Dictionary<string, LintText> Load()
    {
        using var stream = typeof(LintCode).Assembly.GetManifestResourceStream("appeals/findings.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, LintText>>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What a finding means to the person who wrote the letter, and what would mend it.</summary>
public sealed record LintText(string Zh, string En, string MendZh, string MendEn);
