using System.Globalization;

namespace Hengping.Rules.Appeals;

/// <summary>What is known about the appeal beside its letter. What is not given is read from the letter.</summary>
/// <param name="On">The letter's day, which papers have to be valid on.</param>
/// <param name="Product">The product that the measure is about, with its model.</param>
/// <param name="Market">Where the goods go, as <c>CN</c> or <c>US</c>: whose certifications count.</param>
/// <param name="Safety">Whether the measure stands on a ground of safety: then all seven topics are asked for.</param>
/// <param name="Papers">Papers bound to statements of the plan, as one would cite them.</param>
public sealed record LintContext(
    DateOnly? On = null,
    string? Product = null,
    string? Market = null,
    bool? Safety = null,
    IReadOnlyList<string>? Papers = null
)
{
    /// <summary>Nothing but the letter.</summary>
    public static readonly LintContext LetterAlone = new();
}

/// <summary>One thing the letter leaves open. It advises, and refuses nothing.</summary>
/// <param name="Code">One of <see cref="LintCode"/>.</param>
/// <param name="Section">What is missing, or the heading or name it is about; null where about the whole.</param>
/// <param name="Line">From 1, of the text handed in.</param>
/// <param name="Excerpt">The place, shortened; empty where there is none.</param>
public sealed record LintFinding(string Code, string? Section, int Line, string Excerpt);

/// <summary>
/// Reads an appeal and its plan of action, in Chinese, English or both, and says what a reviewer will ask for. Words
/// and certifications are data with a day; the rules are here. It finds what is missing, and never what is true.
/// </summary>
public static class PlanLint
{
    /// <summary>Characters read; a letter is far shorter.</summary>
    public const int LengthMax = 400_000;

    /// <summary>The day of the word lists and of the certifications that judged.</summary>
    public static string Version =>
        string.CompareOrdinal(LintWords.Version, Certifications.Version) > 0
            ? LintWords.Version
            : Certifications.Version;

    /// <summary>All findings, in the order of the letter's lines. Any text may be given.</summary>
    public static IReadOnlyList<LintFinding> Read(string letter, LintContext context) =>
        Read(letter, context, RoleModel.Shipped);

    /// <summary>The same by other weights, for whoever measures them.</summary>
    internal static IReadOnlyList<LintFinding> Read(string letter, LintContext context, RoleModel model)
    {
        var text = letter.Length > LengthMax ? letter[..LengthMax] : letter;
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var read = LetterReading.Read(text);
        return Read(read, context, LetterRoles.Of(read, model, context.Papers));
    }

    /// <summary>The same of a letter that was taken apart, and whose sentences were weighed.</summary>
    internal static IReadOnlyList<LintFinding> Read(Letter read, LintContext context, LetterRoles roles)
    {
        var about = LetterSubject.Of(read, context, roles);
        return
        [
            .. CauseRules
                .Read(read, roles)
                .Concat(ActionRules.Read(read, roles))
                .Concat(TopicRules.Read(read, about, roles))
                .Concat(ClaimRules.Read(read, context, roles))
                .Concat(PaperRules.Read(read, about))
                .Distinct()
                .OrderBy(it => it.Line),
        ];
    }

    /// <summary>A finding at a sentence.</summary>
    internal static LintFinding At(string code, Sentence place, string? section = null) =>
        new(code, section, place.Line, Excerpt(place.Raw));

    private static string Excerpt(string raw)
    {
        const int most = 120;
        var one = raw.ReplaceLineEndings(" ").Trim();
        var text = new StringInfo(one);
        return text.LengthInTextElements <= most ? one : text.SubstringByTextElements(0, most - 1) + "…";
    }
}
