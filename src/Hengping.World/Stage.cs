using Hengping.Rules.Complaints;

namespace Hengping.World;

/// <summary>An event with the time and author the log will hold.</summary>
public sealed record Stamped(ComplaintEvent Event, DateTimeOffset At, string Author);

/// <summary>A picture a claimant adds to a case.</summary>
/// <param name="Draw">The same bytes every time.</param>
public sealed record EvidencePlan(Guid Id, string Name, Func<byte[]> Draw);

/// <summary>What the world needs of the program it plays in; all of it pure.</summary>
/// <param name="ScreenBy">Accept or decline, and tell: 7 working days from an instant.</param>
/// <param name="AnswerBy">The claimant's word on a contest: 3 working days.</param>
/// <param name="MediationEnd">When a mediation that begins now must have ended.</param>
public sealed record House(
    Codes Codes,
    Func<DateTimeOffset, DateTimeOffset> ScreenBy,
    Func<DateTimeOffset, DateTimeOffset> AnswerBy,
    Func<DateTimeOffset, DateTimeOffset> MediationEnd
);

/// <summary>One lived case: what the log will hold of it.</summary>
/// <param name="Story">Events as the rules decided them, oldest first.</param>
/// <param name="State">The facts after the last of them.</param>
public sealed record CaseLife(
    CasePlan Plan,
    IReadOnlyList<Stamped> Story,
    Complaint State,
    IReadOnlyList<EvidencePlan> Evidence
);

/// <summary>
/// The stage a case is played on: people act at instants, the clock acts in between, and every event is what a rule
/// decided. After <paramref name="end"/> nothing happens.
/// </summary>
public sealed class Stage(DateTimeOffset end)
{
    private static readonly ComplaintPolicy Policy = ComplaintPolicy.Current;
    private readonly List<Stamped> story = [];
    private bool over;

    /// <summary>All so far.</summary>
    public IReadOnlyList<Stamped> Story => story;

    /// <summary>The case as it stands; null before it is filed.</summary>
    public Complaint? Case { get; private set; }

    /// <summary>Instant of the last event.</summary>
    public DateTimeOffset Now => Case!.LastAt;

    /// <summary>The first event.</summary>
    public void Begin(ComplaintEvent filed, DateTimeOffset at, string author) => Add(filed, at, author);

    /// <summary>
    /// Somebody acts, if the life table still allows it then and the world has not ended. A refusal for another reason
    /// is a fault of the world.
    /// </summary>
    public bool Act(
        DateTimeOffset at,
        string author,
        Verb verb,
        Func<Complaint, DateTimeOffset, Rules.Decided<ComplaintEvent>> decide
    )
    {
        if (over)
            return false;
        at = Later(at);
        Pass(at < end ? at : end);
        over = at >= end;
        if (over || !Case!.Can(verb))
            return false;
        var decided = decide(Case, Later(at));
        if (decided.Refusal is { } no)
            throw new InvalidOperationException($"{verb} in {Case.Status}: {no.Code} {no.En}");
        Add(decided.Event!, Later(at), author);
        return true;
    }

    /// <summary>The clock runs to the end of the world.</summary>
    public void Close()
    {
        if (!over)
            Pass(end);
        over = true;
    }

    // Two events of a case are at least a second apart, so that their order is plain to see.
    private DateTimeOffset Later(DateTimeOffset at) => at > Now ? at : Now.AddSeconds(1);

    private void Pass(DateTimeOffset until)
    {
        while (Case!.NextByClock(Policy) is { } next && next.Due < until)
            Add(next.Event, next.Due > Now ? next.Due : Now, "clock");
    }

    private void Add(ComplaintEvent happened, DateTimeOffset at, string author)
    {
        story.Add(new Stamped(happened, at, author));
        Case = Complaint.Fold(Case, happened, at, author);
    }
}
