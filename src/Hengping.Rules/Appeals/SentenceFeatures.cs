using System.Text;

namespace Hengping.Rules.Appeals;

/// <summary>
/// What a <see cref="RoleModel"/> weighs of a sentence: its words and signs in runs of one to four, the word lists it
/// hits, under which heading it stands, what stands before it, and whether it says a day, a quantity, a paper.
/// </summary>
internal static class SentenceFeatures
{
    /// <summary>What every sentence has.</summary>
    private const string Always = "any";

    private const int HanRun = 4;

    private const int WordRun = 3;

    private static readonly (Topics Topic, string Name)[] Headings =
    [
        .. Enum.GetValues<Topics>()
            .Where(topic => topic is not (Topics.None or Topics.Actions or Topics.Safety))
            .Select(topic => (topic, topic.ToString())),
    ];

    /// <summary>Each once.</summary>
    /// <param name="papers">What the letter's list of papers hits.</param>
    public static HashSet<string> Of(LetterSection section, LetterItem item, int at, Sentence? before, Said? papers)
    {
        var sentence = item.Sentences[at];
        var features = new HashSet<string>(StringComparer.Ordinal) { Always };
        var under = Headings.Where(it => section.About.HasFlag(it.Topic)).Select(it => it.Name).ToList();
        if (under.Count == 0)
            under.Add("none");
        foreach (var heading in under)
            features.Add("T:" + heading);
        foreach (var list in sentence.Lists)
        {
            features.Add("L:" + list);
            foreach (var heading in under)
                features.Add($"T:{heading}|{list}");
        }
        foreach (var list in before?.Lists ?? [])
            features.Add("P:" + list);
        foreach (var list in papers is { } said ? said.All().Where(IsOfPaper) : [])
        {
            features.Add("E:" + list);
            foreach (var own in sentence.Lists.Where(it => it.StartsWith("claim.", StringComparison.Ordinal)))
                features.Add($"E:{list}|{own}");
        }
        if (item.Listed)
            features.Add("listed");
        if (Dates.SaysWhen(sentence.Text))
            features.Add("day");
        if (ActionRules.HasFigure(sentence.Text))
            features.Add("figure");
        if (Owners.IsNamed(sentence))
            features.Add("named");
        if (ClaimRules.NamesPaper(sentence.Text))
            features.Add("paper");
        if (ClaimRules.NamesPaper(item.Text))
            features.Add("paper.item");
        if (at + 1 < item.Sentences.Count && ClaimRules.NamesPaper(item.Sentences[at + 1].Text))
            features.Add("paper.next");
        Runs(sentence.Text, ":", HanRun, features);
        if (section.Heading is { } text)
            Runs(LintWords.Plain(text), "h:", 2, features);
        return features;
    }

    private static bool IsOfPaper(string list) => list.StartsWith("of.", StringComparison.Ordinal);

    /// <summary>Every run of words, beginning and end counting as one.</summary>
    public static void Runs(string text, string mark, int most, HashSet<string> features)
    {
        var words = Words(text.ToLowerInvariant());
        var run = new StringBuilder();
        for (var from = 0; from < words.Count; from++)
        {
            run.Clear().Append(mark);
            var longest = LintWords.IsHan(words[from][0]) ? most : Math.Min(most, WordRun);
            for (var i = from; i < Math.Min(from + longest, words.Count); i++)
            {
                if (i > from)
                    run.Append(' ');
                features.Add(run.Append(words[i]).ToString());
            }
        }
    }

    /// <summary>A Chinese character, a word of letters, a number (all alike) or a sign.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string> { "^" };
        for (var i = 0; i < text.Length; )
        {
            var from = i;
            if (char.IsAsciiDigit(text[i]))
            {
                while (i < text.Length && (char.IsAsciiDigit(text[i]) || IsWithin(text, i)))
                    i++;
                words.Add("0");
            }
            else if (IsLetter(text[i]))
            {
                while (i < text.Length && (IsLetter(text[i]) || text[i] == '\''))
                    i++;
                words.Add(text[from..i]);
            }
            else
            {
                // A tab would end a cell of the model.
                if (!char.IsWhiteSpace(text[i]) && !char.IsControl(text[i]))
                    words.Add(text[i].ToString());
                i++;
            }
        }
        words.Add("$");
        return words;
    }

    private static bool IsLetter(char c) => char.IsLetter(c) && !LintWords.IsHan(c);

    private static bool IsWithin(string text, int i) =>
        text[i] is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);
}
