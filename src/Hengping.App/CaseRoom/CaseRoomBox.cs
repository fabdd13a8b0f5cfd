using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.Rules.Complaints;
using Hengping.Rules.Operators;

namespace Hengping.App.CaseRoom;

/// <summary>A way on where the case has ended without what was asked for.</summary>
/// <param name="Text">Key of its name.</param>
/// <param name="Address">Where it is, or the number to call.</param>
public sealed record OtherRoute(string Text, string Address);

/// <summary>What the box says beside whose turn it is: why it ended, where else to go.</summary>
public sealed partial class CaseRoomPage
{
    /// <summary>For fraud the police come first (rules.md §2: the refusal names other routes).</summary>
    private static readonly OtherRoute[] All =
    [
        new("route.12315", "https://www.12315.cn/"),
        new("route.association", "tel:12315"),
        new("route.legal", "tel:12348"),
        new("route.court", "tel:12368"),
        new("route.police", "tel:110"),
    ];

    /// <summary>What the button of the reader's turn says; null where there is none to press.</summary>
    public string? Go => WaitingDecision is null ? TurnWords.Button(Turn?.Turn) : null;

    /// <summary>Where it leads.</summary>
    public string Where => Turn is { Turn.Turn: var turn } ? TurnWords.Place(turn, Case.Number) : "#act";

    /// <summary>The forms by which the reader's turn is done, as their handlers are called; null where none is.
    /// </summary>
    public string? TurnForms =>
        Turn is not { Turn: { IsMine: true, Turn: var turn } } ? null
        : turn.Kind == TurnKind.AnswerOffer ? "AcceptOffer RejectOffer"
        : turn.Kind == TurnKind.Judge ? "Score NotSolved"
        : turn.Kind == TurnKind.Screen ? "Deliver Return Decline"
        : turn.Verb?.ToString();

    /// <summary>One of them was opened by the address, or came back: it needs no button that leads to it.</summary>
    public bool IsTurnOpen =>
        TurnForms is { } forms
        && forms
            .Split(' ')
            .Any(form => form == tried?.ToString() || form.Equals(Act, StringComparison.OrdinalIgnoreCase));

    /// <summary>Why it was declined or its mediation terminated, for its claimant.</summary>
    public string? EndedFor =>
        Case.Status is Status.Declined or Status.Terminated
        && Reader == Party.Claimant
        && Case.EndReason is { Length: > 0 } reason
            ? Names.Reason(reason)
            : null;

    private OperatorEvent.Described? sign;

    /// <summary>How a party says that it should count after all; null for staff, and where it counts.</summary>
    public string? Disagree =>
        Case.Excluded is null || Reader == Party.Mediator ? null
        : May(Verb.Message) ? Texts.T("case.excluded.write")
        : sign is { Contact: { Length: > 0 } contact }
            ? Texts.T("case.excluded.call", Texts.Pick(sign.NameZh, sign.NameEn), contact, Case.Number)
        : null;

    /// <summary>The reader's own offers that nobody has answered yet, by number.</summary>
    public string OwnOffers =>
        string.Join(Texts.T("say.list"), OpenOffers.Where(o => o.Offer.By == Reader).Select(o => o.Offer.No));

    /// <summary>Where else the claimant can go with it.</summary>
    public IReadOnlyList<OtherRoute> Routes => EndedFor is null ? [] : All;

    /// <summary>What was agreed; null where nothing was.</summary>
    public Agreement? Agreement => CaseRoom.Agreement.Of(Case, past, Reader);
}
