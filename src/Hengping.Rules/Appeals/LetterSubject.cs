namespace Hengping.Rules.Appeals;

/// <summary>What the letter is about: day, product, and whether the ground is safety.</summary>
/// <param name="On">The letter's own day, else that of the measure; null where it says neither.</param>
/// <param name="Models">Model names of the product.</param>
/// <param name="Product">Its name as the letter's head has it; empty where it has none.</param>
internal sealed record LetterSubject(DateOnly? On, IReadOnlySet<string> Models, string Product, bool Safety)
{
    public static LetterSubject Of(Letter letter, LintContext context, LetterRoles roles)
    {
        var head = Head(letter);
        var product = LintWords.Plain(context.Product ?? ProductIn(letter, head));
        return new LetterSubject(
            context.On ?? DayOf(letter),
            ModelsIn(LetterPatterns.Reference().Replace(product.Length > 0 ? product : string.Join('\n', head), " ")),
            product,
            context.Safety ?? roles.IsSafety
        );
    }

    /// <summary>What stands before the first cause or action: there it says what it is against.</summary>
    private static List<string> Head(Letter letter)
    {
        var head = new List<string>();
        foreach (var section in letter.Sections)
        {
            if ((section.Topics & (Topics.Cause | Topics.Actions | Topics.Papers)) != 0)
                break;
            if (section.Heading is { } heading)
                head.Add(LintWords.Plain(heading));
            head.AddRange(section.Sentences.Take(12).Select(sentence => sentence.Text));
            if (head.Count > 30)
                break;
        }
        return head;
    }

    private static string ProductIn(Letter letter, List<string> head)
    {
        var field = letter.Sections.FirstOrDefault(it =>
            it.Topics == Topics.Subject
            && it.Heading is { } heading
            && it.Items.Count > 0
            && LetterPatterns.Product().IsMatch(LintWords.Plain(heading) + ": it")
        );
        if (field is not null)
            return field.Items[0].Text;
        for (var i = 0; i < head.Count; i++)
        {
            if (LetterPatterns.Product().Match(head[i]) is { Success: true } line)
                return line.Groups["product"].Value;
        }
        return head.Find(text => LintWords.Has(text, "measureword") && LetterPatterns.Model().IsMatch(text)) ?? "";
    }

    private static DateOnly? DayOf(Letter letter)
    {
        var all = letter.Sentences.Concat(letter.Papers.SelectMany(it => it.Sentences)).ToList();
        foreach (var sentence in all)
        {
            if (
                LetterPatterns.Dated().IsMatch(sentence.Text)
                && Dates.In(sentence.Text).Select(it => (DateOnly?)it.Day).FirstOrDefault() is { } day
            )
                return day;
        }
        foreach (var section in letter.Sections)
        {
            if (
                section.Heading is { } heading
                && LetterPatterns.Dated().IsMatch(heading + ":")
                && section
                    .Sentences.SelectMany(it => Dates.In(it.Text))
                    .Select(it => (DateOnly?)it.Day)
                    .FirstOrDefault()
                    is { } day
            )
                return day;
        }
        return LastLine(letter)
            ?? all.Where(it => it.Has("measureword"))
                .SelectMany(it => Dates.In(it.Text))
                .Select(it => (DateOnly?)it.Day)
                .FirstOrDefault();
    }

    /// <summary>A short last line that ends or begins with a day: place, sender and date.</summary>
    private static DateOnly? LastLine(Letter letter) =>
        letter
            .Sections.SelectMany(section => section.Sentences)
            .Where(it => it.Text.Length < 60 && !it.Has("paper") && !it.Has("measureword"))
            .SelectMany(it =>
                Dates
                    .In(it.Text)
                    .Where(found =>
                        found.At == 0 || found.At + found.Length >= it.Text.TrimEnd('.', '。', ' ', '*').Length
                    )
                    .Select(found => (DateOnly?)found.Day)
            )
            .LastOrDefault();

    /// <summary>Names such as HB-200 or KX3000, folded.</summary>
    public static HashSet<string> ModelsIn(string text) =>
        [
            .. LetterPatterns
                .Model()
                .Matches(text)
                .Select(it => it.Value)
                .Where(it => !LetterPatterns.NoModel().IsMatch(it))
                .Select(Folded),
        ];

    public static string Folded(string model) =>
        model.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
