using Hengping.App.Design;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>A reply whose counting can be judged again.</summary>
/// <param name="Judges">The reader is a mediator and decides; else a party that asks for it.</param>
/// <param name="No">The reader's own running number of the reply.</param>
/// <param name="ListsTouched">Which published lists the decision would touch, in a sentence.</param>
public sealed record ReplyCard(ReplyFact Reply, bool Judges, int No, string? ListsTouched = null)
{
    /// <summary>Its form, where it comes back.</summary>
    public IFormCollection? Sent { get; init; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();

    /// <summary>It comes back.</summary>
    public bool IsTried => Sent is not null;

    /// <summary>What the rule said when it arrived, in the reader's language.</summary>
    public string Why => Said(Reply.Validity);

    /// <summary>A code of the rule in the reader's language.</summary>
    public static string Said(string code) => ReplyValidity.Of(code) is { } v ? Texts.Pick(v.Zh, v.En) : code;
}
