using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>The reasons of a verb to choose from, and a note.</summary>
public sealed record ReasonPick(Verb Verb, CaseRoomPage Of)
{
    /// <summary>What was sent, where this form comes back.</summary>
    public IFormCollection? Sent => Of.SentFor(Verb);

    /// <summary>What is wrong with this form.</summary>
    public IReadOnlyDictionary<string, string>? Faults => Of.FaultsOf(Verb);

    /// <summary>Code and name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Reasons => Of.Reasons(Words.Of(Verb));
}
