namespace Hengping.Rules.Appeals;

/// <summary>The seven topics of a safety ground, and whether a heading is answered by what stands under it.</summary>
internal static class TopicRules
{
    private static readonly (Topics Topic, string Name)[] Seven =
    [
        (Topics.Sourcing, "sourcing"),
        (Topics.Listing, "listing"),
        (Topics.Shipping, "shipping"),
        (Topics.Testing, "testing"),
        (Topics.Expiry, "expiry"),
        (Topics.Labelling, "labelling"),
        (Topics.Condition, "condition"),
    ];

    public static IEnumerable<LintFinding> Read(Letter letter, LetterSubject about) =>
        (about.Safety ? Missing(letter) : []).Concat(letter.Sections.SelectMany(OffTopic));

    private static IEnumerable<LintFinding> Missing(Letter letter)
    {
        foreach (var (topic, name) in Seven)
        {
            if (letter.Of(topic) is null && !letter.Sentences.Any(it => LintWords.Has(it.Text, "topic." + name)))
                yield return new LintFinding(LintCode.SectionMissing, name, letter.Start, "");
        }
    }

    /// <summary>
    /// The text talks of prices, praise or opening hours where something else was asked, cites no paper and says no
    /// measure. What is merely thin is not off topic.
    /// </summary>
    private static IEnumerable<LintFinding> OffTopic(LetterSection section)
    {
        const Topics other = Topics.Papers | Topics.Subject | Topics.Closing;
        if (section.Heading is null || section.Items.Count == 0 || (section.Topics & other) != 0)
            yield break;
        var first = section.Items[0];
        var core = Seven.Where(it => section.Topics.HasFlag(it.Topic)).Select(it => it.Name).FirstOrDefault();
        if (IsAside(section, first, core))
            yield return PlanLint.At(LintCode.OffTopic, first.Sentences[0], section.Heading);
    }

    private static bool IsAside(LetterSection section, LetterItem item, string? core)
    {
        if (core == "expiry" && LintWords.Has(item.Text, "aside.expiry"))
            return !LintWords.Has(item.Text, "core.expiry");
        if (!LintWords.Has(item.Text, "chatter") || LintWords.Has(item.Text, "paper.listed"))
            return false;
        var isAllChatter = item.Sentences.All(it => LintWords.Has(it.Text, "chatter"));
        if (core is not null)
            return isAllChatter || !LintWords.Has(item.Text, "topic." + core);
        if (section.Topics.HasFlag(Topics.Cause) && LintWords.Has(item.Text, "cause.fail"))
            return isAllChatter;
        return isAllChatter
            || !(LintWords.Has(item.Text, "act.measure") || item.Sentences.Any(it => Dates.SaysWhen(it.Text)));
    }
}
