namespace Hengping.Rules.Evidence;

/// <summary>How long evidence may lie about that is in no case yet.</summary>
public static class Keeping
{
    /// <summary>From its upload on it may be brought into a case or report.</summary>
    public static readonly TimeSpan Unused = TimeSpan.FromDays(7);

    /// <summary>
    /// Then it is dropped; so much later that a case that was just being filed with it is long filed or refused.
    /// </summary>
    public static readonly TimeSpan Dropping = Unused + TimeSpan.FromHours(1);
}

/// <summary>A piece of evidence as its events tell it.</summary>
/// <param name="At">When it was sent.</param>
public sealed record EvidenceItem(EvidenceEvent.Uploaded Sent, DateTimeOffset At, bool IsDropped = false);
