using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>The part of a form in which a guardian agrees.</summary>
/// <param name="Faults">Of the form it stands in.</param>
/// <param name="Sent">What was sent in that form and comes back; null where nothing was.</param>
public sealed record GuardianForm(IReadOnlyDictionary<string, string> Faults, IFormCollection? Sent)
{
    /// <summary>What was typed in one of its fields.</summary>
    public string? Typed(string field) => Sent?["guardian." + field];

    /// <summary>What a fault of a field leads to. A page may have this part in several forms, so only the one that
    /// came back carries it.</summary>
    public string? IdOf(string field) => Sent is null ? null : FaultIds.Field("guardian." + field);
}

/// <summary>What is asked once more before it is done.</summary>
public sealed partial class CaseRoomPage
{
    private Verb? tried;

    /// <summary>The reply that was typed would not count, and why: it is sent only if that is wanted.</summary>
    public string? WouldNotCount { get; private set; }

    /// <summary>More is said to be recovered than was in dispute: it is kept only if that is right.</summary>
    public bool IsMore { get; private set; }

    /// <summary>The day on which the settlement is to be performed has begun.</summary>
    public bool IsDue => Now >= Case.DueFrom;

    /// <summary>Where the reader is of 14 to 17, and a guardian has to agree: that part of a form.</summary>
    /// <param name="isBack">This form was sent, and comes back with what was typed and what is wrong.</param>
    public GuardianForm? Guardian(bool isBack) =>
        Reader != Party.Claimant || Case.FiledFor != FiledFor.Minor ? null
        : isBack ? new GuardianForm(Faults, Sent)
        : new GuardianForm(new Dictionary<string, string>(), Sent: null);

    private bool IsUnsure(Verb verb, IFormCollection form)
    {
        if (verb != Verb.NotPerformed || form["sure"].Count > 0)
            return false;
        Fault("sure", Rules.Fields.Fault.Required);
        return true;
    }

    // Whether it was solved is half of what a score says (rules.md): nobody passes it by.
    private bool IsHalfAScore(Verb verb, IFormCollection form)
    {
        if (verb != Verb.Score || form["resolved"].Count > 0)
            return false;
        if (form["satisfaction"].Count == 0)
            Fault("satisfaction", Rules.Fields.Fault.Required);
        Fault("resolved", Rules.Fields.Fault.Required);
        return true;
    }

    /// <summary>What came back, as far as is known: said before, or agreed on and done.</summary>
    public string? Recovered =>
        Typed("amountRecovered")
        ?? (Case.Score is { } before ? before.AmountRecovered : Case.Agreed)?.ToString("0.##", Say.Machine);

    /// <summary>The fields of a score: as they came back, or as the score before says.</summary>
    public ScoreForm ScoreForm =>
        IsTried(Verb.Score)
            ? new(Faults, Typed("satisfaction"), Typed("resolved"), Recovered, IsMore, Typed("comment"), IsOut)
            : new(
                Faults,
                Case.Score is { } before ? Say.Raw(before.Satisfaction) : null,
                Case.Score?.Resolved is { } resolved ? Words.Of(resolved) : null,
                Recovered,
                IsMore,
                Comment: null,
                IsOut
            );

    private bool IsOut => Case.Excluded is not null;

    /// <summary>Its form comes back with a fault, and open: a fault that lies folded is not found.</summary>
    public bool IsTried(params ReadOnlySpan<Verb> verbs) => this.tried is { } tried && verbs.Contains(tried);

    /// <summary>The same of what is seldom done.</summary>
    public bool IsSeldomTried => IsTried(Seldom);

    // What was sent and comes back: with a fault, or because it was taken back in time.
    private IFormCollection? Sent => Request.HasFormContentType ? Request.Form : back?.Typed;

    private TakenBack? back;

    /// <summary>What was typed in a form that comes back.</summary>
    public string? Typed(string field) => Sent?[field].ToString();

    /// <summary>Whether a choice of a form that comes back was this one.</summary>
    public bool Picked(string field, string choice) => Sent?[field].Contains(choice) == true;

    /// <summary>The form of a verb that comes back; null of every other, which may have fields of the same name.
    /// </summary>
    public IFormCollection? SentFor(Verb verb) => IsTried(verb) ? Sent : null;

    /// <summary>Whether a choice was made in the form of a verb that comes back.</summary>
    public bool Picked(Verb verb, string field, string choice) => IsTried(verb) && Picked(field, choice);

    /// <summary>Its form is open: it comes back, or was asked for by its address.</summary>
    public bool IsOpen(Verb verb) => IsTried(verb) || Act == Words.Of(verb);

    /// <summary>What is wrong with the form of a verb; null of every other.</summary>
    public IReadOnlyDictionary<string, string>? FaultsOf(Verb verb) => IsTried(verb) ? Faults : null;

    /// <summary>The id of a field that several forms have: a fault leads to that of its own form.</summary>
    public string IdOf(Verb verb, string field) => FaultIds.Field(IsTried(verb) ? field : $"{field}.{Words.Of(verb)}");

    private async Task ComesBack()
    {
        (IsUndone, Done) = (true, Texts.T("desk.did.undone"));
        if (Reader != Party.Mediator || await takenBack.Last(Id, Me!, Ct) is not { } last || !May(last.Verb))
            return;
        (back, tried) = (last, last.Verb);
    }
}
