using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;

namespace Hengping.App.CaseRoom;

/// <summary>One act of the reader: what was decided, about which cases, and where it stands.</summary>
/// <param name="Ids">Of the decisions, to undo them together.</param>
/// <param name="Why">Why it did not go out.</param>
public sealed record Outgoing(
    Verb Verb,
    DecisionState State,
    DateTimeOffset SendAt,
    IReadOnlyList<Guid> Ids,
    IReadOnlyList<string> Numbers,
    string? Why
)
{
    /// <summary>What was decided, in a word.</summary>
    public string Name => Texts.T("desk.verb." + Words.Of(Verb));
}

/// <summary>What goes out in some seconds, at the bottom of whatever page it was decided on.</summary>
/// <param name="Acts">The newest first.</param>
/// <param name="Undo">Where undoing is posted to.</param>
/// <param name="Back">The page to come back to; null where the address says it.</param>
/// <param name="Here">This page, to look again without a script.</param>
public sealed record OutgoingToast(
    IReadOnlyList<Outgoing> Acts,
    DateTimeOffset Now,
    string Undo,
    string? Back,
    string Here
);

/// <summary>One act in it.</summary>
public sealed record OutgoingLine(Outgoing Act, OutgoingToast Of);
