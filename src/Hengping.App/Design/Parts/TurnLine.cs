namespace Hengping.App.Design.Parts;

/// <summary>轮到谁, as every page says it: who must or may do what, by when, and what happens otherwise.</summary>
/// <param name="Otherwise">In the reader's language.</param>
/// <param name="IsMine">It is the reader's to do now.</param>
public sealed record TurnLine(string Title, DateTimeOffset? By, string Otherwise, bool IsMine, DateTimeOffset Now)
{
    /// <summary>What holds whatever is done.</summary>
    public string? Note { get; init; }

    /// <summary>How the term was counted.</summary>
    public string? Why { get; init; }

    /// <summary>Nobody is late before, where that is later than the term.</summary>
    public DateTimeOffset? Late { get; init; }

    /// <summary>The term is the earliest day it can end.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>It stands under a heading of its own.</summary>
    public bool IsBeside { get; init; }
}

/// <summary>Something that waits for the reader, in a list of what does.</summary>
/// <param name="Address">Where it is done.</param>
/// <param name="Subject">What it is about.</param>
public sealed record TurnRow(string Address, string Subject, TurnLine Line)
{
    /// <summary>Number of its case; null where it is no case.</summary>
    public string? Number { get; init; }

    /// <summary>How it begins, and whose it is; null where nothing is known of it.</summary>
    public string? Begins { get; init; }
}
