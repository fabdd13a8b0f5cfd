using Hengping.Rules.Fields;
using Hengping.Rules.Screening;

namespace Hengping.Rules.Operators;

/// <summary>提示词表: the operator's own versions of the list that sends texts to a human.</summary>
public sealed partial record Operator
{
    private const int ReasonMin = 2;
    private const int ReasonMax = 200;

    /// <summary>The version in force; null while it is the one that came with the program.</summary>
    public OperatorEvent.WordsIssued? Words { get; init; }

    /// <summary>Number of the version in force.</summary>
    public static int WordsVersion(Operator? house) => house?.Words?.Version ?? ScreeningList.Shipped.Version;

    /// <summary>The phrases in force.</summary>
    public static IReadOnlyList<ScreeningPhrases> WordsInForce(Operator? house) =>
        house?.Words?.Entries ?? ScreeningList.Shipped.Entries;

    /// <summary>Judges why a version is issued.</summary>
    public static string CheckReason(string? typed, FieldFaults faults) =>
        faults.Text("reason", typed, ReasonMin, ReasonMax);

    /// <summary>Issues a version.</summary>
    /// <param name="entries">As <see cref="ScreeningDraft.Check"/> gave them.</param>
    /// <param name="basis">The version that was in force when the admin began to type.</param>
    /// <param name="restores">The earlier version that is put in force again.</param>
    public static Decided<OperatorEvent> IssueWords(
        Operator? before,
        IReadOnlyList<ScreeningPhrases> entries,
        string? reason,
        int basis,
        int? restores = null
    )
    {
        if (WordsVersion(before) != basis)
            return ScreeningDraft.Changed;
        if (ScreeningDraft.IsSame(WordsInForce(before), entries))
            return ScreeningDraft.Same;
        return new OperatorEvent.WordsIssued(basis + 1, entries, restores) { Reason = reason };
    }
}
