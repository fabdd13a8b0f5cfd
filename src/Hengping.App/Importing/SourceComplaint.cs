namespace Hengping.App.Importing;

/// <summary>A row of somebody's file as a complaint, before our rules have spoken.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Key">Its own id, or the hash of its cells and its occurrence number: what is never loaded
/// twice.</param>
/// <param name="Respondent">The name as given, trimmed.</param>
/// <param name="Claimant">Who complained, as the source calls them; stored sealed, once.</param>
/// <param name="Text">The story, phone and id numbers masked.</param>
/// <param name="Problem">A code of the taxonomy.</param>
/// <param name="Demands">Codes of the taxonomy.</param>
/// <param name="Tags">What the source says and the taxonomy does not hold.</param>
/// <param name="Course">What happened after it was filed, in order.</param>
public sealed record SourceComplaint(
    long Line,
    string Key,
    string Respondent,
    string? Claimant,
    DateTimeOffset FiledAt,
    string Text,
    string Problem,
    IReadOnlyList<string> Demands,
    decimal? Amount,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<SourceStep> Course
);

/// <summary>What a source says happened to a complaint.</summary>
/// <param name="At">When.</param>
public abstract record SourceStep(DateTimeOffset At)
{
    /// <summary>The respondent had it.</summary>
    public sealed record Delivered(DateTimeOffset At) : SourceStep(At);

    /// <summary>The respondent could not be found.</summary>
    public sealed record Unreached(DateTimeOffset At) : SourceStep(At);

    /// <summary>The respondent replied.</summary>
    /// <param name="At">When; the delivery's instant where the source does not say.</param>
    /// <param name="InstantKnown">The source says when.</param>
    /// <param name="Timely">The source's own flag, where it has one.</param>
    /// <param name="Text">The words, masked, where it publishes them.</param>
    public sealed record Replied(DateTimeOffset At, bool InstantKnown, bool? Timely, string? Text) : SourceStep(At);

    /// <summary>Not taken up.</summary>
    public sealed record Declined(DateTimeOffset At) : SourceStep(At);

    /// <summary>The respondent was not located: out of the base.</summary>
    public sealed record Excluded(DateTimeOffset At) : SourceStep(At);

    /// <summary>Ended without a word of the respondent.</summary>
    public sealed record Terminated(DateTimeOffset At) : SourceStep(At);

    /// <summary>The claimant took it back.</summary>
    public sealed record Withdrawn(DateTimeOffset At) : SourceStep(At);

    /// <summary>Closed, with the source's own result.</summary>
    public sealed record Closed(DateTimeOffset At, string? Outcome, decimal? Recovered) : SourceStep(At);

    /// <summary>Scored, 0–10.</summary>
    public sealed record Scored(DateTimeOffset At, decimal Satisfaction) : SourceStep(At);
}
