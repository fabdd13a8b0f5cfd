namespace Hengping.App.Platform;

/// <summary>How a message goes out.</summary>
public enum Channel
{
    /// <summary>SMS: number and short link, never the story.</summary>
    Sms,

    /// <summary>E-mail.</summary>
    Email,
}

/// <summary>One message to be sent.</summary>
/// <param name="Once">The same text is never queued twice: event position, recipient and channel.</param>
/// <param name="Template">What it says. The key waits; the words are those of the program that sends.</param>
/// <param name="To">Phone digits or e-mail address.</param>
/// <param name="KeySlot">The recipient's key, so that erasing a person erases what was sent; null makes a new
/// one.</param>
/// <param name="IsCode">Somebody waits for it: what limits it was asked before, and it never waits.</param>
/// <param name="IsCounted">As an SMS it was counted at its door: <see cref="SmsLimits"/>.</param>
public sealed record Message(
    string Once,
    Channel Channel,
    Wording Template,
    string To,
    IReadOnlyDictionary<string, string> Values,
    Guid? Account = null,
    Guid? Complaint = null,
    long? KeySlot = null,
    bool IsCode = false,
    bool IsCounted = false
)
{
    /// <summary>zh, en: that of whoever reads it.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>A code to a number that nobody has an account under: <see cref="SmsBudget"/>.</summary>
    public bool IsStranger { get; init; }

    /// <summary>It waits at least until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

/// <summary>A message as it can be read again while its key lives.</summary>
/// <param name="Template">Which words: <see cref="Templates.Render"/>.</param>
/// <param name="Values">What fills the template's blanks: gateways with registered templates want them apart.</param>
/// <param name="Tries">How often it was tried to send it.</param>
/// <param name="Fault">Why the last try failed, in a word that names nobody.</param>
public sealed record Letter(
    Guid Id,
    Channel Channel,
    string Template,
    string To,
    string Language,
    IReadOnlyDictionary<string, string> Values,
    DateTimeOffset MadeAt,
    string State,
    int Tries,
    string? Fault
);
