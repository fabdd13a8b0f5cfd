namespace Hengping.Rules.Appeals;

/// <summary>What was done and what will be done: whether it is there, when, who, how much.</summary>
internal static class ActionRules
{
    public static IEnumerable<LintFinding> Read(Letter letter, LetterRoles roles)
    {
        var done = Of(letter, roles, Role.Done).ToList();
        var next = Of(letter, roles, Role.Preventive).ToList();
        if (done.Count == 0)
            yield return Missing(letter, Topics.Corrective, "corrective");
        if (next.Count == 0)
            yield return Missing(letter, Topics.Preventive, "preventive");
        foreach (var (section, item) in letter.Items.Where(it => !it.Section.Topics.HasFlag(Topics.Papers)))
        foreach (var sentence in item.Sentences.Where(it => roles.Plays(it, Role.Restated)))
            yield return PlanLint.At(LintCode.PromiseRestatesRule, sentence, section.Heading);

        var actions = done.Concat(next).Distinct().ToList();
        if (actions.Count == 0)
            yield break;
        var first = actions.MinBy(it => it.Line)!;
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

    private static IEnumerable<Sentence> Of(Letter letter, LetterRoles roles, Role role) =>
        letter.Sentences.Where(it => roles.Plays(it, role));

    private static LintFinding Missing(Letter letter, Topics topic, string name) =>
        letter.Of(topic) is { } section
            ? new LintFinding(LintCode.SectionMissing, name, section.Line, section.Heading ?? "")
            : new LintFinding(LintCode.SectionMissing, name, letter.Start, "");

    /// <summary>The actions, each with the item of a list or the row of a table it stands in.</summary>
    private static IEnumerable<Sentence> Scope(Letter letter, List<Sentence> actions) =>
        letter
            .Items.Where(it => it.Item.Sentences.Any(actions.Contains))
            .SelectMany(it => it.Item.Listed ? it.Item.Sentences : it.Item.Sentences.Where(actions.Contains));
}
