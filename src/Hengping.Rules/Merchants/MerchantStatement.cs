namespace Hengping.Rules.Merchants;

/// <summary>商家声明: what a merchant says of itself on its public page, as its own words.</summary>
/// <param name="Text">Null where it was taken down.</param>
/// <param name="RemovedFor">Why staff took it down, in public; null while it stands.</param>
public sealed record MerchantStatement(string? Text, DateTimeOffset At, string? RemovedFor);

/// <summary>What an entry says of itself.</summary>
public sealed partial record Merchant
{
    /// <summary>Longest statement, in characters as a person counts them.</summary>
    public const int StatementLengthMax = 500;

    /// <summary>A statement is public: what the word list finds in it does not go out.</summary>
    public static readonly Refusal StatementWords = new(
        "merchant.statement-words",
        "声明会公开，其中有不适合公开的词语，请改后再发",
        "A statement is public; it holds words that cannot be published. Please change them"
    );

    /// <summary>There is nothing to take down.</summary>
    public static readonly Refusal NoStatement = new(
        "merchant.no-statement",
        "该商家目前没有声明",
        "This merchant has no statement at present"
    );

    /// <summary>Its own words stand on its public page; the words themselves are sealed.</summary>
    public bool HasStatement { get; init; }

    /// <summary>发布声明; null withdraws it.</summary>
    /// <param name="text">Clean, not longer than allowed.</param>
    /// <param name="hits">What the word list found in it.</param>
    public Decided<MerchantEvent> State(string? text, int hits)
    {
        if (hits > 0)
            return StatementWords;
        return text is null && !HasStatement
            ? NoStatement
            : new MerchantEvent.Stated(Withdrawn: text is null) { Text = text };
    }

    /// <summary>撤下声明: staff, with a reason everybody reads.</summary>
    public Decided<MerchantEvent> TakeDown(string reason) =>
        HasStatement ? new MerchantEvent.StatementRemoved { Reason = reason } : NoStatement;

    /// <summary>What stands on the page after an event that was opened with its key.</summary>
    public static MerchantStatement? Statement(MerchantStatement? before, MerchantEvent happened, DateTimeOffset at) =>
        happened switch
        {
            MerchantEvent.Stated { Text: { } text } => new(text, at, RemovedFor: null),
            MerchantEvent.Stated => null,
            MerchantEvent.StatementRemoved e => new(Text: null, at, e.Reason),
            _ => before,
        };

    private Merchant AfterStatement(MerchantEvent happened) =>
        happened switch
        {
            MerchantEvent.Stated e => this with { HasStatement = !e.Withdrawn },
            MerchantEvent.StatementRemoved => this with { HasStatement = false },
            _ => this,
        };
}
