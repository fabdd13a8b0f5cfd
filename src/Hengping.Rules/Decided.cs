namespace Hengping.Rules;

/// <summary>A "no" as a value: a stable code and a sentence in both languages for the person who hears it.</summary>
/// <param name="Code">Stable, lower-case, dotted, as <c>complaint.duplicate</c>. Programs rely on it.</param>
/// <param name="Zh">What the person reads in Chinese: why, and what else is possible.</param>
/// <param name="En">The same, written in English.</param>
public sealed record Refusal(string Code, string Zh, string En)
{
    /// <summary>Too often: how long until it is worth asking again.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Because of where something stands: what <see cref="ToldTo"/> tells it from.</summary>
    public Stood? Stood { get; init; }

    /// <summary>
    /// The same "no", told to somebody: who brought it there and when, and what this person can do now. One sentence in
    /// every room; any other "no" stays as it is.
    /// </summary>
    public Refusal ToldTo(Func<Hearer> hearer)
    {
        if (Stood is not { } stood)
            return this;
        var who = hearer();
        var ((zh, en), (canZh, canEn)) = (stood.Came?.Said(who) ?? stood.Is, who.Possible);
        return this with
        {
            Zh = $"{zh}，不能{stood.Wanted.Zh}。{canZh}",
            En = $"{en}; you cannot {stood.Wanted.En}. {canEn}",
            Stood = null,
        };
    }
}

/// <summary>What a rule answers: an event that happened, or a refusal. Never both, never neither.</summary>
public readonly record struct Decided<TEvent>
    where TEvent : class
{
    /// <summary>The event, when the rule said yes.</summary>
    public TEvent? Event { get; private init; }

    /// <summary>The refusal, when the rule said no.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>A yes.</summary>
    public static implicit operator Decided<TEvent>(TEvent happened) => new() { Event = happened };

    /// <summary>A no.</summary>
    public static implicit operator Decided<TEvent>(Refusal refusal) => new() { Refusal = refusal };
}
