using Hengping.App.Design;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

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

    /// <summary>Where the reader is of 14 to 17, and a guardian has to agree: what is wrong with that part.</summary>
    public IReadOnlyDictionary<string, string>? GuardianFaults =>
        Reader == Party.Claimant && Case.FiledFor == FiledFor.Minor ? Faults : null;

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
        Fault("resolved", Rules.Fields.Fault.Required);
        if (form["satisfaction"].Count == 0)
            Fault("satisfaction", Rules.Fields.Fault.Required);
        return true;
    }

    /// <summary>What came back, as far as is known: said before, or agreed on and done.</summary>
    public string? Recovered =>
        Typed("amountRecovered")
        ?? (Case.Score is { } before ? before.AmountRecovered : Case.Agreed)?.ToString("0.##", Say.Machine);

    /// <summary>Its form comes back with a fault, and open: a fault that lies folded is not found.</summary>
    public bool IsTried(params ReadOnlySpan<Verb> verbs) => this.tried is { } tried && verbs.Contains(tried);

    /// <summary>The same of what is seldom done.</summary>
    public bool IsSeldomTried => IsTried(Seldom);

    /// <summary>Whether a choice of a form that comes back was this one.</summary>
    public bool Picked(string field, string choice) =>
        Request.HasFormContentType && Request.Form[field].Contains(choice);
}
