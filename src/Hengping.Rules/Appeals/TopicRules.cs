namespace Hengping.Rules.Appeals;

/// <summary>The seven topics of a safety ground, and whether a heading is answered by what stands under it.</summary>
internal static class TopicRules
{
    private static readonly (Topics Topic, Role Role, string Name)[] Seven =
    [
        (Topics.Sourcing, Role.Sourcing, "sourcing"),
        (Topics.Listing, Role.Listing, "listing"),
        (Topics.Shipping, Role.Shipping, "shipping"),
        (Topics.Testing, Role.Testing, "testing"),
        (Topics.Expiry, Role.Expiry, "expiry"),
        (Topics.Labelling, Role.Labelling, "labelling"),
        (Topics.Condition, Role.Condition, "condition"),
    ];

    public static IEnumerable<LintFinding> Read(Letter letter, LetterSubject about, LetterRoles roles) =>
        (about.Safety ? Missing(letter, roles) : []).Concat(
            letter.Sections.SelectMany(section => OffTopic(section, roles))
        );

    private static IEnumerable<LintFinding> Missing(Letter letter, LetterRoles roles)
    {
        foreach (var (topic, role, name) in Seven)
        {
            if (letter.Of(topic) is null && !letter.Sentences.Any(it => roles.Plays(it, role)))
                yield return new LintFinding(LintCode.SectionMissing, name, letter.Start, "");
        }
    }

    /// <summary>
    /// What stands under the heading of a topic deals with anything but it. What is merely thin is not off topic.
    /// </summary>
    private static IEnumerable<LintFinding> OffTopic(LetterSection section, LetterRoles roles)
    {
        if (
            section.Heading is null
            || Asked.Where(it => section.Topics.HasFlag(it.Topic)).ToList() is not [_, ..] asked
        )
            yield break;
        var sentences = section.Sentences.ToList();
        var isAnswered = sentences.Exists(it => asked.Exists(one => roles.Likely(it, one.Role) >= DealtWith));
        if (
            sentences.Exists(it => roles.Plays(it, Role.Astray)) && !isAnswered
            || ((section.Topics & Topics.Safety) != 0 && IsAside(sentences, asked))
        )
            yield return PlanLint.At(LintCode.OffTopic, sentences[0], section.Heading);
    }

    /// <summary>It talks of prices, praise or sales, and no word of it is of the topic's own.</summary>
    private static bool IsAside(List<Sentence> sentences, List<(Topics Topic, Role Role, string Name)> asked) =>
        sentences.Exists(it => it.Has("aside"))
        && !sentences.Exists(it =>
            it.HasAny("fault.own", "paper.named")
            || (
                !it.Has("aside")
                && (
                    it.HasAny("done", "measure")
                    || asked.Exists(one => (one.Topic & Topics.Safety) != 0 && it.Has("core." + one.Name))
                )
            )
        );

    /// <summary>As likely as this, something stands there of what was asked.</summary>
    private const double DealtWith = 0.2;

    private static readonly (Topics Topic, Role Role, string Name)[] Asked =
    [
        (Topics.Cause, Role.Cause, "cause"),
        (Topics.Corrective, Role.Done, "corrective"),
        (Topics.Preventive, Role.Preventive, "preventive"),
        .. Seven,
    ];
}
