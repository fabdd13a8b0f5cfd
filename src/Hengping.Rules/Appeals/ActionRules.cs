namespace Hengping.Rules.Appeals;

/// <summary>What was done and what will be done: whether it is there, when, who, how much.</summary>
internal static class ActionRules
{
    public static IEnumerable<LintFinding> Read(Letter letter)
    {
        var done = Of(letter, IsDone).ToList();
        var future = Of(letter, IsPreventive).ToList();
        if (done.Count == 0)
            yield return Missing(letter, Topics.Corrective, "corrective");
        if (future.Count == 0)
            yield return Missing(letter, Topics.Preventive, "preventive");
        foreach (var finding in Promises(letter))
            yield return finding;

        var actions = done.Concat(future).ToList();
        if (actions.Count == 0)
            yield break;
        var first = actions.MinBy(it => it.Sentence.Line)!.Sentence;
        var scope = Scope(letter, actions).ToList();
        if (!scope.Exists(it => Dates.SaysWhen(LetterPatterns.Marks().Replace(it.Text, " "))))
            yield return PlanLint.At(LintCode.DateMissing, first);
        if (!Owners.AreNamed(letter, scope))
            yield return PlanLint.At(LintCode.OwnerMissing, first);
        if (!scope.Exists(it => HasFigure(it.Text)))
            yield return PlanLint.At(LintCode.FigureMissing, first);
    }

    /// <summary>A number that is left when dates and the marks of papers, models and lists are taken out.</summary>
    public static bool HasFigure(string text) =>
        LetterPatterns
            .Figure()
            .IsMatch(LetterPatterns.Marks().Replace(Dates.Without(LetterPatterns.Quoted().Replace(text, " ")), " "));

    private sealed record Action(LetterSection Section, LetterItem Item, Sentence Sentence);

    private static IEnumerable<Action> Of(Letter letter, Func<LetterSection, Sentence, bool> isOne) =>
        from it in letter.Items
        where (it.Section.Topics & (Topics.Papers | Topics.Subject | Topics.Closing)) == 0
        where !TopicRules.IsRound(it.Item) && !letter.End.Contains(it.Item)
        from sentence in it.Item.Sentences
        where !IsNone(sentence) && isOne(it.Section, sentence)
        select new Action(it.Section, it.Item, sentence);

    /// <summary>Denials, praise and requests are no action, nor is a promise that does not say how.</summary>
    private static bool IsNone(Sentence it) =>
        it.HasAny("told", "request", "blame", "polite.only", "aim.other")
        || (it.Has("aside") && !it.Has("done"))
        || (it.Has("promise") && !it.Has("how"));

    private static bool IsDone(LetterSection section, Sentence it)
    {
        if (it.Has("only.future") || IsCause(section))
            return false;
        if (section.Topics.HasFlag(Topics.Corrective) && !section.Topics.HasFlag(Topics.Preventive))
            return it.Text.Length > 4 && !IsIdle(it);
        return it.Has("done")
            && !IsBoast(it)
            && !it.HasAny("mine", "fault.own")
            && !section.Topics.HasFlag(Topics.Preventive)
            && (!IsOfTopic(section) || Dates.SaysWhen(it.Text));
    }

    private static bool IsPreventive(LetterSection section, Sentence it)
    {
        if (section.Topics.HasFlag(Topics.Preventive) && it.Text.Length > 4 && !IsIdle(it))
            return true;
        if (section.Topics.HasFlag(Topics.Corrective) && it.Has("done") && !it.Has("only.future"))
            return false;
        return (
                it.Has("future.strong")
                    ? it.Has("measure") || HasFigure(it.Text)
                    : it.Has("future") && it.Has("measure") && !it.Has("done") && section.Topics == Topics.None
            )
            && !IsBoast(it)
            && !(IsCause(section) && it.Has("fail"))
            && !IsOfTopic(section);
    }

    /// <summary>
    /// A section on a topic of safety says how things stand; where the topics stand under the plan, what is done.
    /// </summary>
    private static bool IsOfTopic(LetterSection section) =>
        (section.About & Topics.Safety) != 0 && (section.Within & Topics.Actions) != Topics.Actions;

    /// <summary>What was always so is neither done for this case nor new.</summary>
    private static bool IsBoast(Sentence it) => it.HasAny("deny", "praise", "claim.auth", "claim.sold");

    /// <summary>A boast under a heading of actions, in which nothing is done.</summary>
    private static bool IsIdle(Sentence it) => IsBoast(it) && !it.HasAny("done", "future.strong", "measure");

    private static bool IsCause(LetterSection section) =>
        (section.Topics & (Topics.Cause | Topics.Actions)) == Topics.Cause;

    private static LintFinding Missing(Letter letter, Topics topic, string name) =>
        letter.Of(topic) is { } section
            ? new LintFinding(LintCode.SectionMissing, name, section.Line, section.Heading ?? "")
            : new LintFinding(LintCode.SectionMissing, name, letter.Start, "");

    /// <summary>The actions, and all that stands under headings of actions.</summary>
    private static IEnumerable<Sentence> Scope(Letter letter, List<Action> actions) =>
        letter
            .Sections.Where(section => (section.About & Topics.Actions) != 0)
            .SelectMany(section =>
                section
                    .Items.Where(it => !TopicRules.IsRound(it) && !letter.End.Contains(it))
                    .SelectMany(it => it.Sentences)
                    .Append(new Sentence(section.Line, section.Heading ?? "", LintWords.Plain(section.Heading ?? "")))
            )
            .Concat(actions.SelectMany(it => it.Item.Listed ? it.Item.Sentences : [it.Sentence]))
            .Where(it => !it.HasAny("told", "aside", "polite.only"));

    private static IEnumerable<LintFinding> Promises(Letter letter)
    {
        foreach (var (section, item) in letter.Items)
        {
            if ((section.Topics & (Topics.Papers | Topics.Cause)) != 0)
                continue;
            foreach (var sentence in item.Sentences)
            {
                if (!sentence.Has("promise"))
                    continue;
                var isWhole = item.Listed && !sentence.Has("claim.further");
                if (
                    !(isWhole ? item.Has("how") : sentence.Has("how"))
                    && !HasFigure(isWhole ? item.Text : sentence.Text)
                )
                    yield return PlanLint.At(LintCode.PromiseRestatesRule, sentence, section.Heading);
            }
        }
    }
}
