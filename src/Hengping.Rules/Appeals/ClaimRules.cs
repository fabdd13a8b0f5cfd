namespace Hengping.Rules.Appeals;

/// <summary>Statements that a paper could show, and whether one is named; names of certifications.</summary>
internal static class ClaimRules
{
    // What is claimed, and what a paper of the list is called that belongs to it.
    private static readonly (string Claim, string Paper)[] Kinds =
    [
        ("claim.test", "of.test"),
        ("claim.cert", "of.cert"),
        ("claim.auth", "of.auth"),
        ("claim.refund", "of.refund"),
        ("claim.sold", "of.sold"),
    ];

    public static IEnumerable<LintFinding> Read(Letter letter, LintContext context)
    {
        var listed = letter.Papers.Select(it => it.Text).Concat((context.Papers ?? []).Select(LintWords.Plain)).ToList();
        foreach (var (section, item) in letter.Items)
        {
            foreach (var sentence in item.Sentences)
            {
                foreach (var name in Certifications.Unknown(sentence.Text))
                    yield return PlanLint.At(LintCode.UnknownCertification, sentence, name);
            }
            if ((section.Topics & (Topics.Papers | Topics.Subject)) != 0)
                continue;
            foreach (var sentence in item.Sentences)
            {
                if (Claimed(sentence.Text) is not { } paper)
                    continue;
                // What one sentence says beside a paper of another thing is not shown by that.
                var statement = Statements(sentence.Text).First(it => Claimed(it) is not null);
                var isShown =
                    NamesPaper(statement)
                    || (NamesPaper(item.Text) && LintWords.Has(item.Text.Replace(statement, ""), paper))
                    || listed.Exists(it => LintWords.Has(it, paper));
                if (!isShown)
                    yield return PlanLint.At(LintCode.ClaimWithoutEvidence, sentence, section.Heading);
            }
        }
    }

    private static IEnumerable<string> Statements(string text) =>
        LintWords.Pattern("claim.beside").Split(text).Append(text);

    private static bool NamesPaper(string text) =>
        LintWords.Has(LintWords.Without(text, "paper.generic"), "paper.named");

    private static string? Claimed(string text)
    {
        if (LintWords.Has(text, "future") || LintWords.Has(text, "measure.told"))
            return null;
        foreach (var (claim, paper) in Kinds)
        {
            if (LintWords.Has(text, claim))
                return paper;
        }
        return null;
    }
}
