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
            .FirstOrDefault(it => it.Has("blame"));
        if (blame is not null)
            yield return PlanLint.At(LintCode.BlameOnly, blame, headed?.Heading);
    }

    /// <summary>
    /// Under a heading that asks for the cause, any fact that is no denial, blame, praise or promise; elsewhere only a
    /// failing of one's own, said as one, for actions speak of failings too.
    /// </summary>
    private static bool IsOwnCause(LetterSection section, Sentence it)
    {
        if ((section.Topics & (Topics.Papers | Topics.Closing | Topics.Subject)) != 0)
            return false;
        var isDenied = it.HasAny("deny", "polite.only", "promise", "praise") || (it.Has("blame") && !it.Has("mine"));
        var isOwned = it.Has("fault.own") && !it.Has("fault.not");
        if (isDenied && !isOwned)
            return false;
        if (section.Topics.HasFlag(Topics.Cause))
            return isOwned
                || (it.Has("fail") && (!it.Has("others.first") || it.Has("mine")))
                || (
                    !it.HasAny("claim.test", "claim.cert", "claim.sold", "request", "aside")
                    && (it.Has("own") || !it.HasAny("others", "told", "safety"))
                );
        if ((section.About & (Topics.Actions | Topics.Safety)) != 0)
            return false;
        return isOwned
            || (
                it.Has("fail")
                && it.Has("own")
                && !it.Has("told")
                && (!it.HasAny("others.first", "future.strong") || it.Has("mine"))
            );
    }
}
