namespace Hengping.Rules.Appeals;

/// <summary>Whether actions name who does them: a role, a team, a person, or the one who writes.</summary>
internal static class Owners
{
    public static bool AreNamed(Letter letter, IReadOnlyList<Sentence> actions)
    {
        if (actions.Any(it => IsNamed(it)))
            return true;
        var texts = actions.Select(it => Bare(it.Text)).ToList();
        var head = string.Join('\n', letter.Sections.SelectMany(it => it.Sentences).Take(3).Select(it => it.Text));
        return texts.Exists(text => HasFullName(text, head)) || HasFirstName(letter, texts, head);
    }

    public static bool IsNamed(Sentence it)
    {
        if (it.Has("owner") && LintWords.Has(Bare(it.Text), "owner"))
            return true;
        var text = Bare(it.Text);
        return LetterPatterns.Titled().IsMatch(text)
            || LetterPatterns.NameZh().IsMatch(text)
            || LintWords.Has(text, "myself");
    }

    /// <summary>Names of goods stand in quotation marks, and months are no people.</summary>
    private static string Bare(string text) => Dates.Without(LetterPatterns.Quoted().Replace(text, " "));

    private static bool HasFullName(string text, string head) =>
        LetterPatterns
            .FullName()
            .Matches(text)
            .Any(it =>
                !IsNoName(it.Groups["first"].Value)
                && !IsNoName(it.Groups["last"].Value)
                && !head.Contains(it.Value, StringComparison.Ordinal)
                && !LetterPatterns.Article().IsMatch(text[..it.Index])
            );

    /// <summary>A first name alone counts where somebody of that name does something.</summary>
    private static bool HasFirstName(Letter letter, List<string> texts, string head)
    {
        var all = letter.Sections.SelectMany(section => section.Sentences).Select(it => it.Text).ToList();
        foreach (var text in texts)
        {
            foreach (var name in LetterPatterns.FirstName().Matches(text).Where(it => !IsNoName(it.Value)))
            {
                if (head.Contains(name.Value, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (all.Exists(it => it.Contains(" " + name.Value.ToLowerInvariant(), StringComparison.Ordinal)))
                    continue;
                if (LetterPatterns.Article().IsMatch(text[..name.Index]))
                    continue;
                var after = text[(name.Index + name.Length)..].TrimStart();
                if (LintWords.Has(after.Length > 16 ? after[..16] : after, "act.verb"))
                    return true;
            }
        }
        return false;
    }

    private static bool IsNoName(string word) => LintWords.Has(word, "not.name") || LintWords.Has(word, "paper");
}
