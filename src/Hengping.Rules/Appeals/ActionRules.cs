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
        var texts = Scope(letter, actions)
            .Select(it => LintWords.Pattern("action.papers").Replace(it.Text, " "))
            .ToList();
        if (!texts.Exists(it => Dates.SaysWhen(it)))
            yield return PlanLint.At(LintCode.DateMissing, first);
        if (!texts.Exists(HasOwner) && !NamesSomebody(letter, texts))
            yield return PlanLint.At(LintCode.OwnerMissing, first);
        if (!texts.Exists(it => LintWords.Pattern("action.figure").IsMatch(Dates.Without(it))))
            yield return PlanLint.At(LintCode.FigureMissing, first);
    }

    /// <summary>A role, a team or a person; names of goods stand in quotation marks.</summary>
    private static bool HasOwner(string text)
    {
        var named = Dates.Without(LintWords.Pattern("text.quoted").Replace(text, " "));
        return LintWords.Has(named, "owner")
            || LintWords.Pattern("action.person").IsMatch(named)
            || LintWords.Pattern("action.nameZh").IsMatch(named);
    }

    /// <summary>A first name alone counts where it comes again and is no word of the letter's head or end.</summary>
    private static bool NamesSomebody(Letter letter, List<string> texts)
    {
        var sentences = letter.Sections.SelectMany(section => section.Sentences).Select(it => it.Text).ToList();
        var elsewhere = string.Join(' ', sentences.Take(2).Append(sentences[^1]));
        return texts
            .SelectMany(text =>
                LintWords
                    .Pattern("action.first")
                    .Matches(Dates.Without(LintWords.Pattern("text.quoted").Replace(text, " ")))
            )
            .Select(it => it.Value)
            .GroupBy(name => name, StringComparer.Ordinal)
            .Any(it =>
                it.Count() > 1
                && !LintWords.Has(it.Key, "paper")
                && !LintWords.Has(it.Key, "not.name")
                && !elsewhere.Contains(it.Key, StringComparison.OrdinalIgnoreCase)
                && !sentences.Exists(text => text.Contains(" " + it.Key.ToLowerInvariant(), StringComparison.Ordinal))
            );
    }

    private sealed record Action(LetterSection Section, LetterItem Item, Sentence Sentence);

    private static IEnumerable<Action> Of(Letter letter, Func<LetterSection, string, bool> isOne) =>
        from it in letter.Items
        where (it.Section.Topics & (Topics.Papers | Topics.Subject | Topics.Closing)) == 0
        where (it.Section.Topics & (Topics.Cause | Topics.Actions)) != Topics.Cause
        from sentence in it.Item.Sentences
        where !IsNone(sentence.Text) && isOne(it.Section, sentence.Text)
        select new Action(it.Section, it.Item, sentence);

    /// <summary>Denials, praise and requests are no action, nor is a promise that does not say how.</summary>
    private static bool IsNone(string text) =>
        LintWords.Has(text, "measure.told")
        || LintWords.Has(text, "deny")
        || LintWords.Has(text, "request")
        || LintWords.Has(text, "blame")
        || LintWords.Has(text, "chatter")
        || LintWords.Has(text, "polite.only")
        || (LintWords.Has(text, "promise") && !LintWords.Has(text, "promise.how"));

    private static bool IsDone(LetterSection section, string text)
    {
        if (section.Topics.HasFlag(Topics.Corrective) && text.Length > 4)
            return !LintWords.Has(text, "only.future");
        return LintWords.Has(text, "act.done")
            && !LintWords.Has(text, "only.future")
            && !section.Topics.HasFlag(Topics.Preventive);
    }

    private static bool IsPreventive(LetterSection section, string text)
    {
        if (section.Topics.HasFlag(Topics.Preventive) && text.Length > 4)
            return true;
        var isOne =
            LintWords.Has(text, "act.measure")
            || LintWords.Pattern("action.figure").IsMatch(Dates.Without(text))
            || LintWords.Has(text, "act.kept");
        return isOne
            && LintWords.Has(text, "act.future")
            && (!LintWords.Has(text, "act.done") || LintWords.Has(text, "future"))
            && !LintWords.Has(text, "aim.other")
            && (section.About & Topics.Safety) == 0;
    }

    private static LintFinding Missing(Letter letter, Topics topic, string name) =>
        letter.Of(topic) is { } section
            ? new LintFinding(LintCode.SectionMissing, name, section.Line, section.Heading ?? "")
            : new LintFinding(LintCode.SectionMissing, name, letter.Start, "");

    /// <summary>The actions, and all that stands under headings of actions.</summary>
    private static IEnumerable<Sentence> Scope(Letter letter, List<Action> actions) =>
        letter
            .Sections.Where(section => (section.About & Topics.Actions) != 0)
            .SelectMany(section =>
                section.Sentences.Append(
                    new Sentence(section.Line, section.Heading ?? "", LintWords.Plain(section.Heading ?? ""))
                )
            )
            .Concat(actions.SelectMany(it => it.Item.Listed ? it.Item.Sentences : [it.Sentence]))
            .Where(it => !LintWords.Has(it.Text, "measure.told"));

    private static bool IsFact(string text) => LintWords.Has(text, "claim.test") && !LintWords.Has(text, "future");

    private static IEnumerable<LintFinding> Promises(Letter letter)
    {
        foreach (var (section, item) in letter.Items)
        {
            if (section.Topics.HasFlag(Topics.Papers) || section.Topics.HasFlag(Topics.Cause))
                continue;
            foreach (var sentence in item.Sentences)
            {
                if (!LintWords.Has(sentence.Text, "promise") || IsFact(sentence.Text))
                    continue;
                var whole = item.Listed ? item.Text : sentence.Text;
                if (
                    !LintWords.Has(whole, "promise.how")
                    && !LintWords.Pattern("action.figure").IsMatch(Dates.Without(whole))
                )
                    yield return PlanLint.At(LintCode.PromiseRestatesRule, sentence, section.Heading);
            }
        }
    }
}
