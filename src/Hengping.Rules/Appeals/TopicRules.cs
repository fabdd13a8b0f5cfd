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
            if (letter.Of(topic) is null && !letter.Items.Any(it => DealsWith(it.Section, it.Item, "topic." + name)))
                yield return new LintFinding(LintCode.SectionMissing, name, letter.Start, "");
        }
    }

    /// <summary>A paragraph that goes through several topics: it says how things stand, and is no action.</summary>
    public static bool IsRound(LetterItem item) => !item.Listed && Seven.Count(it => item.Has("topic." + it.Name)) >= 4;

    /// <summary>What tells of the measure, blames, asks or thanks deals with no topic.</summary>
    private static bool DealsWith(LetterSection section, LetterItem item, string list) =>
        (section.Topics & (Topics.Subject | Topics.Closing)) == 0
        && item.Sentences.Any(it =>
            it.Has(list)
            && !it.HasAny("told", "request", "polite.only")
            && (!section.Topics.HasFlag(Topics.Papers) || list is "topic.testing" || !it.Has("paper.listed"))
        );

    /// <summary>
    /// The text talks of prices, praise or opening hours where something else was asked, and of nothing that belongs to
    /// the heading. What is merely thin is not off topic.
    /// </summary>
    private static IEnumerable<LintFinding> OffTopic(LetterSection section)
    {
        const Topics other = Topics.Papers | Topics.Subject | Topics.Closing;
        if (section.Heading is null || section.Items.Count == 0 || (section.Topics & other) != 0)
            yield break;
        var sentences = section.Sentences.Where(it => !it.Has("paper.listed")).ToList();
        if (sentences.Count == 0 || !sentences.Exists(it => it.Has("aside")))
            yield break;
        if (!sentences.Exists(it => IsAnswer(section, it)))
            yield return PlanLint.At(LintCode.OffTopic, sentences[0], section.Heading);
    }

    private static bool IsAnswer(LetterSection section, Sentence it)
    {
        if (it.HasAny("fault.own", "paper.named") || (section.Topics.HasFlag(Topics.Cause) && it.Has("fail")))
            return true;
        if (it.Has("aside"))
            return false;
        if ((section.Topics & Topics.Safety) != 0)
            return it.HasAny("done", "measure")
                || Seven.Any(one => section.Topics.HasFlag(one.Topic) && it.Has("core." + one.Name));
        return section.Topics.HasFlag(Topics.Cause)
            ? it.HasAny("fail", "told", "deny", "blame")
            : it.HasAny("done", "measure", "how", "fail", "promise");
    }
}
