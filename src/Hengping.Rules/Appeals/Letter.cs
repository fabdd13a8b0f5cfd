namespace Hengping.Rules.Appeals;

/// <summary>What a part of a letter is about. A heading may name several.</summary>
[Flags]
internal enum Topics
{
    None = 0,
    Cause = 1,
    Corrective = 2,
    Preventive = 4,
    Sourcing = 8,
    Listing = 16,
    Shipping = 32,
    Testing = 64,
    Expiry = 128,
    Labelling = 256,
    Condition = 512,
    Papers = 1024,
    Subject = 2048,
    Closing = 4096,
    Actions = Corrective | Preventive,
    Safety = Sourcing | Listing | Shipping | Testing | Expiry | Labelling | Condition,
}

/// <summary>A sentence as it was written, and in the one writing that the lists know.</summary>
/// <param name="line">From 1, of the text that was handed in.</param>
internal sealed class Sentence(int line, string raw, string text)
{
    private Said? said;

    public int Line => line;

    public string Raw => raw;

    public string Text => text;

    /// <summary>Whether a phrase of the list stands in it.</summary>
    public bool Has(string list) => (said ??= LintWords.In(text)).Has(list);

    /// <summary>The lists that have a phrase in it.</summary>
    public IEnumerable<string> Lists => (said ??= LintWords.In(text)).All();

    /// <summary>Whether any of the lists has a phrase in it.</summary>
    public bool HasAny(params ReadOnlySpan<string> lists)
    {
        foreach (var list in lists)
        {
            if (Has(list))
                return true;
        }
        return false;
    }
}

/// <summary>A paragraph, an item of a list, or a row of a table.</summary>
internal sealed class LetterItem(int line, string text, IReadOnlyList<Sentence> sentences, bool listed)
{
    private Said? said;

    public int Line => line;

    public string Text => text;

    public IReadOnlyList<Sentence> Sentences => sentences;

    public bool Listed => listed;

    /// <summary>Whether a phrase of the list stands anywhere in it.</summary>
    public bool Has(string list) => (said ??= LintWords.In(text)).Has(list);
}

/// <summary>A heading, or a label such as <c>Sourcing --</c>, and what stands under it.</summary>
/// <param name="Heading">As it was written without its marks; null for what stands before the first.</param>
/// <param name="Within">The topics of the headings above it.</param>
internal sealed record LetterSection(string? Heading, int Line, Topics Topics, Topics Within, List<LetterItem> Items)
{
    /// <summary>Every sentence under the heading.</summary>
    public IEnumerable<Sentence> Sentences => Items.SelectMany(item => item.Sentences);

    /// <summary>Its own topics; those above it where it names none.</summary>
    public Topics About => Topics == Topics.None ? Within : Topics;

    /// <summary>All its text in one writing.</summary>
    public string Text => string.Join('\n', Items.Select(item => item.Text));
}

/// <summary>A letter as the linter reads it.</summary>
internal sealed record Letter(IReadOnlyList<LetterSection> Sections, int Start)
{
    /// <summary>Every sentence but the list of papers.</summary>
    public IEnumerable<Sentence> Sentences =>
        Sections.Where(section => !section.Topics.HasFlag(Topics.Papers)).SelectMany(section => section.Sentences);

    /// <summary>Everything with its section.</summary>
    public IEnumerable<(LetterSection Section, LetterItem Item)> Items =>
        Sections.SelectMany(section => section.Items.Select(item => (section, item)));

    /// <summary>The lines of the list of papers, under its heading or each with its own number.</summary>
    public IEnumerable<LetterItem> Papers =>
        Items
            .Where(it =>
                it.Section.Topics.HasFlag(Topics.Papers) || it.Item.Sentences.Any(one => one.Has("paper.listed"))
            )
            .Select(it => it.Item);

    /// <summary>The first section of a topic; null where none has it as heading.</summary>
    public LetterSection? Of(Topics topic) => Sections.FirstOrDefault(section => (section.Topics & topic) != 0);
}
