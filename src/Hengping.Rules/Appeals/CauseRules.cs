namespace Hengping.Rules.Appeals;

/// <summary>Whether the letter says what went wrong on the sender's own side, or only who else is to blame.</summary>
internal static class CauseRules
{
    public static IEnumerable<LintFinding> Read(Letter letter, LetterRoles roles)
    {
        if (letter.Sentences.Any(it => roles.Plays(it, Role.Cause)))
            yield break;
        var headed = letter.Of(Topics.Cause);
        yield return new LintFinding(
            LintCode.RootCauseMissing,
            headed?.Heading,
            headed?.Line ?? letter.Start,
            headed?.Heading ?? ""
        );
        var blame = letter.Sentences.MaxBy(it => roles.Likely(it, Role.Blame));
        if (blame is not null && roles.Plays(blame, Role.Blame))
            yield return PlanLint.At(LintCode.BlameOnly, blame, headed?.Heading);
    }
}
