using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>What an appeal is against: kind measure or report, and its id.</summary>
public sealed record TargetSaid(string? Kind, Guid? Id);

/// <summary>The body of <c>POST /appeals</c>.</summary>
public sealed record AppealRequest
{
    public TargetSaid? Target { get; init; }

    /// <summary>Why it comes after the 7 days.</summary>
    public string? LateReason { get; init; }
    public IReadOnlyList<StatementDraft?>? Statements { get; init; }

    /// <summary>True: it is kept as a draft and not sent.</summary>
    public bool? Draft { get; init; }
}

/// <summary>A version, to keep or to send.</summary>
public sealed record VersionRequest
{
    /// <summary>All of it; absent where the last version is meant.</summary>
    public IReadOnlyList<StatementDraft?>? Statements { get; init; }
    public string? LateReason { get; init; }
}

/// <summary>What is missing, part by part.</summary>
public sealed record RefuseRequest
{
    public IReadOnlyList<Part?>? Missing { get; init; }
    public string? Note { get; init; }

    public sealed record Part(string? Section, string? Note);
}

/// <summary>Why it takes longer, or what was done about a check that says worse.</summary>
public sealed record ReasonRequest
{
    public string? Reason { get; init; }
}

/// <summary>Who decides from outside: the account of a lawyer.</summary>
public sealed record SecondRequest
{
    public Guid? Account { get; init; }
}

/// <summary>The decision.</summary>
public sealed record DecideRequest
{
    /// <summary>upheld, partly, overturned.</summary>
    public string? Outcome { get; init; }

    /// <summary>One for each statement of the version that was sent.</summary>
    public IReadOnlyList<Verdict?>? Statements { get; init; }
    public string? Reason { get; init; }

    /// <summary>Of partly: what changes.</summary>
    public Changing? Change { get; init; }

    /// <summary>Refuse it with <c>appeal.look</c> where all of it is right; else it is decided.</summary>
    public bool? AsksFirst { get; init; }

    public sealed record Verdict(int? No, bool? Accepted, string? Why);

    public sealed record Changing(DateOnly? EndsOn, decimal? Amount, string? Scope);
}
