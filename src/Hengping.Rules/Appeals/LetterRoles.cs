namespace Hengping.Rules.Appeals;

/// <summary>How likely each sentence of a letter plays each role.</summary>
internal sealed class LetterRoles
{
    private readonly Dictionary<Sentence, double[]> likely = new(ReferenceEqualityComparer.Instance);

    private LetterRoles() { }

    /// <summary>Whether the letter is about a ground of safety.</summary>
    public bool IsSafety { get; private set; }

    /// <summary>Reads every sentence, those of the list of papers too.</summary>
    public static LetterRoles Of(Letter letter, RoleModel model, IReadOnlyList<string>? papers = null)
    {
        var roles = new LetterRoles();
        roles.IsSafety = model.Read(Beginning(letter))[(int)Role.Safety] >= Enough(Role.Safety);
        foreach (var (sentence, features) in Features(letter, papers))
            roles.likely[sentence] = model.Read(features);
        return roles;
    }

    /// <summary>Every sentence in order with what is weighed of it.</summary>
    public static IEnumerable<(Sentence Sentence, HashSet<string> Features)> Features(
        Letter letter,
        IReadOnlyList<string>? papers = null
    )
    {
        var all = string.Join(
            '\n',
            letter.Papers.Select(item => item.Text).Concat((papers ?? []).Select(LintWords.Plain))
        );
        Said? listed = all.Length > 0 ? LintWords.In(all) : null;
        Sentence? before = null;
        foreach (var (section, item) in letter.Items)
        {
            for (var at = 0; at < item.Sentences.Count; at++)
            {
                yield return (item.Sentences[at], SentenceFeatures.Of(section, item, at, before, listed));
                before = item.Sentences[at];
            }
        }
    }

    /// <summary>
    /// What is weighed of a letter's beginning: whether it is about safety. The marks are not those of sentences.
    /// </summary>
    public static HashSet<string> Beginning(Letter letter)
    {
        var features = new HashSet<string>(StringComparer.Ordinal) { "s" };
        foreach (var text in BeginningOf(letter))
        {
            foreach (var list in LintWords.In(text).All())
                features.Add("sL:" + list);
            SentenceFeatures.Runs(text, "s:", 3, features);
        }
        return features;
    }

    private const int BeginningMost = 8;

    private static IEnumerable<string> BeginningOf(Letter letter) =>
        letter
            .Sections.SelectMany(section =>
                section.Sentences.Select(it => it.Text).Prepend(LintWords.Plain(section.Heading ?? ""))
            )
            .Where(text => text.Length > 0)
            .Take(BeginningMost);

    /// <summary>Likely enough to speak of it.</summary>
    public bool Plays(Sentence sentence, Role role) => Likely(sentence, role) >= Enough(role);

    /// <summary>
    /// Chosen on letters of writers whose own letters were left out of the learning: what is looked for in vain counts
    /// as there early (causes, actions, topics), what is found fault with late.
    /// </summary>
    private static double Enough(Role role) =>
        role switch
        {
            Role.Cause or Role.Blame => 0.4,
            Role.Restated or Role.Bare => 0.6,
            Role.Sourcing => 0.12,
            Role.Safety => 0.5,
            Role.Done or Role.Preventive or Role.Listing or Role.Condition => 0.25,
            _ => 0.2,
        };

    /// <summary>From 0 to 1.</summary>
    public double Likely(Sentence sentence, Role role) => likely[sentence][(int)role];
}
