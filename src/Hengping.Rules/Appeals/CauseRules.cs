namespace Hengping.Rules.Appeals;

/// <summary>Whether the letter says what went wrong on the sender's own side, or only who else is to blame.</summary>
internal static class CauseRules
{
    public static IEnumerable<LintFinding> Read(Letter letter)
    {
        if (letter.Sections.Any(section => section.Sentences.Any(it => IsOwnCause(section, it))))
            yield break;
        var headed = letter.Of(Topics.Cause);
        yield return new LintFinding(
            LintCode.RootCauseMissing,
            headed?.Heading,
            headed?.Line ?? letter.Start,
            headed?.Heading ?? ""
        );
        var blame = letter
            .Sections.Where(section => !section.Topics.HasFlag(Topics.Papers))
            .OrderByDescending(section => section.Topics.HasFlag(Topics.Cause))
            .SelectMany(section => section.Sentences)
            .FirstOrDefault(it => LintWords.Has(it.Text, "blame"));
        if (blame is not null)
            yield return PlanLint.At(LintCode.BlameOnly, blame, headed?.Heading);
    }

    /// <summary>
    /// Under a heading that asks for the cause, any fact that is no denial, blame, praise or promise; elsewhere only a
    /// failing of one's own, said as one, for actions speak of failings too.
    /// </summary>
    private static bool IsOwnCause(LetterSection section, Sentence sentence)
    {
        var text = sentence.Text;
        if ((section.Topics & (Topics.Papers | Topics.Closing)) != 0 || IsNone(text))
            return false;
        var own = LintWords.Has(text, "own");
        var fails = LintWords.Has(text, "cause.fail");
        if (section.Topics.HasFlag(Topics.Cause))
            return fails || (!IsPraise(text) && (own || !LintWords.Has(text, "others")));
        if (LintWords.Has(text, "measure.told") || (section.About & (Topics.Actions | Topics.Safety)) != 0)
            return false;
        return fails && own && !(LintWords.Has(text, "others") && !LintWords.Has(text, "cause.mine"));
    }

    /// <summary>That the goods were tested or sold well is no reason for what went wrong.</summary>
    private static bool IsPraise(string text) =>
        LintWords.Has(text, "claim.test")
        || LintWords.Has(text, "claim.cert")
        || LintWords.Has(text, "claim.sold")
        || LintWords.Has(text, "request");

    private static bool IsNone(string text) =>
        LintWords.Has(text, "promise")
        || LintWords.Has(text, "chatter")
        || LintWords.Has(text, "polite.only")
        || LintWords.Has(text, "deny")
        || (LintWords.Has(text, "blame") && !LintWords.Has(text, "cause.mine"));
}
