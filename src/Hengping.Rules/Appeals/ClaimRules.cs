namespace Hengping.Rules.Appeals;

/// <summary>Statements that a paper could show, and whether one is named; names of certifications.</summary>
internal static class ClaimRules
{
    // What is claimed, and what a paper of the list is called that belongs to it.
    private static readonly (string Claim, string Paper)[] Kinds =
    [
        ("claim.audit", "of.audit"),
        ("claim.award", "of.award"),
        ("claim.test", "of.test"),
        ("claim.cert", "of.cert"),
        ("claim.auth", "of.auth"),
        ("claim.refund", "of.refund"),
        ("claim.sold", "of.sold"),
    ];

    public static IEnumerable<LintFinding> Read(Letter letter, LintContext context)
    {
        var listed = letter
            .Papers.Select(it => it.Text)
            .Concat((context.Papers ?? []).Select(LintWords.Plain))
            .Select(LintWords.In)
            .ToList();
        foreach (var (section, item) in letter.Items)
        {
            foreach (var sentence in item.Sentences)
            {
                foreach (var name in CertificationNames.Unknown(sentence.Text))
                    yield return PlanLint.At(LintCode.UnknownCertification, sentence, name);
            }
            if ((section.Topics & (Topics.Papers | Topics.Subject)) != 0)
                continue;
            for (var i = 0; i < item.Sentences.Count; i++)
            {
                var sentence = item.Sentences[i];
                if (!sentence.HasAny(Claims))
                    continue;
                var isShownNext = i + 1 < item.Sentences.Count && NamesPaper(item.Sentences[i + 1].Text);
                if (LetterPatterns.Beside().Split(sentence.Text).Any(it => IsBare(it, item, listed, isShownNext)))
                    yield return PlanLint.At(LintCode.ClaimWithoutEvidence, sentence, section.Heading);
            }
        }
    }

    private static readonly string[] Claims = [.. Kinds.Select(it => it.Claim)];

    /// <summary>
    /// A claim without a paper of its own, in its item of a list, right after it, or beside it where it is of its kind.
    /// What is said on top of another claim is shown by its own paper alone.
    /// </summary>
    private static bool IsBare(string statement, LetterItem item, List<Said> listed, bool isShownNext)
    {
        if (Clauses(statement).Append(statement).Select(Claimed).FirstOrDefault(it => it is not null) is not { } kind)
            return false;
        if (CertificationNames.Unknown(statement).Any())
            return !Clauses(statement).Any(it => NamesPaper(it) && LintWords.Has(it, "of.name"));
        if (NamesPaper(statement))
            return false;
        if (LintWords.Has(statement, "claim.further"))
            return true;
        if (isShownNext || (item.Listed && NamesPaper(item.Text)))
            return false;
        return !Clauses(item.Text).Any(it => NamesPaper(it) && LintWords.Has(it, kind))
            && !listed.Exists(it => it.Has(kind));
    }

    private static string[] Clauses(string text) => LetterPatterns.Clause().Split(text);

    private static bool NamesPaper(string text) =>
        LetterPatterns.Bracketed().IsMatch(text)
        || LintWords.Has(LintWords.Without(text, "paper.generic"), "paper.named");

    /// <summary>What is claimed as a fact: nothing that is to come, that failed or that the measure says.</summary>
    private static string? Claimed(string clause)
    {
        var said = LintWords.In(clause);
        if (
            said.Has("only.future")
            || said.Has("told")
            || said.Has("promise")
            || (said.Has("fail") && !said.Has("deny"))
        )
            return null;
        foreach (var (claim, paper) in Kinds)
        {
            if (said.Has(claim))
                return paper;
        }
        return null;
    }
}
