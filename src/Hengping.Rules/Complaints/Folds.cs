namespace Hengping.Rules.Complaints;

public abstract partial record ComplaintEvent
{
    /// <summary>
    /// The fold this is recorded for: a changed fold holds for what is recorded after it, so that stored cases do not
    /// jump back. Null is that of 2026-11-28 and before, under which a score and a consent were moves, and a reply that
    /// does not count moved the case like any other; of what leaves the ratings or comes back, that of 2026-11-30 and
    /// before, under which both were moves.
    /// </summary>
    public int? Fold { get; init; }

    /// <summary>The fold in force.</summary>
    internal const int FoldNow = 1;
}
