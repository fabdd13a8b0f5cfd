using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Admin;

/// <summary>What the form about the operator holds; the same at set-up and later.</summary>
public sealed class OperatorForm
{
    public string? Kind { get; set; }
    public string? NameZh { get; set; }
    public string? NameEn { get; set; }
    public string? OperatorContact { get; set; }
    public string? Icp { get; set; }
    public string? PublicSecurity { get; set; }
    public string? PrivacyZh { get; set; }
    public string? PrivacyEn { get; set; }
    public string? AgreementZh { get; set; }
    public string? AgreementEn { get; set; }

    /// <summary>The form as a new operator finds it: papers that say what this program does.</summary>
    public static OperatorForm Fresh() =>
        new()
        {
            PrivacyZh = Texts.All["paper.privacy.default"][0],
            PrivacyEn = Texts.All["paper.privacy.default"][1],
            AgreementZh = Texts.All["paper.agreement.default"][0],
            AgreementEn = Texts.All["paper.agreement.default"][1],
        };

    /// <summary>The form filled with what holds now; fresh where nobody has said it yet: who runs the site, or a
    /// paper.</summary>
    public static OperatorForm Of(Operator? now)
    {
        var fresh = Fresh();
        return now?.Sign is not { } sign
            ? fresh
            : new()
            {
                Kind = Words.Of(sign.Kind),
                NameZh = sign.NameZh,
                NameEn = sign.NameEn,
                OperatorContact = sign.Contact,
                Icp = sign.Icp,
                PublicSecurity = sign.PublicSecurity,
                PrivacyZh = now.InForce(Paper.Privacy)?.Zh ?? fresh.PrivacyZh,
                PrivacyEn = now.InForce(Paper.Privacy)?.En ?? fresh.PrivacyEn,
                AgreementZh = now.InForce(Paper.Agreement)?.Zh ?? fresh.AgreementZh,
                AgreementEn = now.InForce(Paper.Agreement)?.En ?? fresh.AgreementEn,
            };
    }

    /// <summary>As the rules take it; {name} and {contact} in a paper become what stands above it.</summary>
    public OperatorDraft ToDraft() =>
        new(
            Words.Parse<OperatorKind>(Kind),
            NameZh,
            NameEn,
            OperatorContact,
            Icp,
            PublicSecurity,
            new Dictionary<Paper, (string?, string?)>
            {
                [Paper.Privacy] = (Filled(PrivacyZh, NameZh), Filled(PrivacyEn, NameEn)),
                [Paper.Agreement] = (Filled(AgreementZh, NameZh), Filled(AgreementEn, NameEn)),
            }
        );

    private string? Filled(string? paper, string? name) =>
        paper
            ?.Replace("{name}", name?.Trim(), StringComparison.Ordinal)
            .Replace("{contact}", OperatorContact?.Trim(), StringComparison.Ordinal);
}
