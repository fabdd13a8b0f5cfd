namespace Hengping.Rules.Appeals;

/// <summary>Statements that a paper could show, and whether one is named; names of certifications.</summary>
internal static class ClaimRules
{
    public static IEnumerable<LintFinding> Read(Letter letter, LintContext context, LetterRoles roles)
    {
        var shown = letter
            .Papers.Select(it => it.Text)
            .Concat((context.Papers ?? []).Select(LintWords.Plain))
            .Any(paper => LintWords.Has(paper, "of.cert"));
        foreach (var (section, item) in letter.Items)
        foreach (var sentence in item.Sentences)
        {
            foreach (var name in CertificationNames.Unknown(sentence.Text))
                yield return PlanLint.At(LintCode.UnknownCertification, sentence, name);
            if ((section.Topics & (Topics.Papers | Topics.Subject)) != 0)
                continue;
            // A certification is named by its word: that it has a paper is looked up.
            var isBare = sentence.Has("claim.cert") && !shown && !NamesPaper(item.Text);
            if (isBare || roles.Plays(sentence, Role.Bare))
                yield return PlanLint.At(LintCode.ClaimWithoutEvidence, sentence, section.Heading);
        }
    }

    /// <summary>By a number in brackets, or as a paper with what tells it from others.</summary>
    public static bool NamesPaper(string text) =>
        LetterPatterns.Bracketed().IsMatch(text)
        || LintWords.Has(LintWords.Without(text, "paper.generic"), "paper.named");
}
