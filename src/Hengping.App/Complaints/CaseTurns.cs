using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>A room in which something can wait for a case that is not in the case itself.</summary>
public interface IWaitsBesideCases
{
    /// <summary>What waits there, by case; cases it knows nothing of are left out.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Turn>>> Of(IReadOnlyList<Guid> cases, CancellationToken ct);
}

/// <summary>Whose turn it is, in the API.</summary>
/// <param name="Kind">What waits.</param>
/// <param name="Who">claimant, respondent, mediator; clock where nobody has to do anything.</param>
/// <param name="Verb">What they do, as <c>can</c> names it; in a joint complaint as its own <c>can</c> does.</param>
/// <param name="By">Last moment.</param>
/// <param name="Yours">It is the caller's to do now.</param>
/// <param name="May">They may and need not.</param>
public sealed record TurnShown(
    TurnKind Kind,
    Party Who,
    string? Verb,
    DateTimeOffset? By,
    bool Yours,
    bool May,
    int? No,
    string? Amount,
    TurnEnd Otherwise
)
{
    /// <summary>The case counts in no rating, whatever is done: why, and who took it out.</summary>
    public ExcludedShown? Excluded { get; init; }

    /// <summary>As the API says it.</summary>
    public static TurnShown? Of(CaseTurn? found) =>
        found?.Turn is not { } turn
            ? null
            : new TurnShown(
                turn.Kind,
                turn.Who,
                turn.Verb is { } verb ? Words.Of(verb) : JointWord(turn.Kind),
                turn.By,
                found.IsMine,
                turn.IsRight,
                turn.No,
                ComplaintView.Money(turn.Sum),
                turn.Otherwise
            )
            {
                Excluded = found.Excluded is { } ground ? new ExcludedShown(ground, Role.Reviewer) : null,
            };

    private static string? JointWord(TurnKind kind) =>
        kind switch
        {
            TurnKind.ConfirmJoint => "confirm",
            TurnKind.AnswerInvitation => "join",
            TurnKind.AnswerJoint => "agree",
            _ => null,
        };
}

/// <summary>A 剔除 in force.</summary>
/// <param name="Ground">Code of the taxonomy.</param>
/// <param name="By">Whose it is to exclude, and to take it back.</param>
public sealed record ExcludedShown(string Ground, Role By);

/// <summary>The line of one reader in one case.</summary>
/// <param name="IsMine">It is theirs to do now.</param>
public sealed record CaseTurn(Turn Turn, Party Reader, bool IsMine)
{
    /// <summary>Ground of a 剔除 in force: whatever is done, nothing of it counts in a rating.</summary>
    public string? Excluded { get; init; }
}

/// <summary>轮到谁: one answer for the box, the lists, the API and the messages.</summary>
public sealed class CaseTurns(Store store, Law law, IEnumerable<IWaitsBesideCases> beside)
{
    /// <summary>The promises of this operator.</summary>
    public static ComplaintPolicy PolicyOf(Law law) =>
        ComplaintPolicy.Current with
        {
            SilenceTerminates = law.IsRegulator,
        };

    /// <summary>The line of somebody in a case; null where nothing waits, or the case is none of theirs.</summary>
    public async Task<CaseTurn?> Of(Guid id, Complaint c, Caller caller, CancellationToken ct) =>
        Of(c, caller, law, store.Now, (await Beside([id], ct)).GetValueOrDefault(id));

    /// <summary>The lines of somebody in several cases.</summary>
    public async Task<IReadOnlyDictionary<Guid, CaseTurn>> Of(
        IReadOnlyList<Guid> cases,
        Caller caller,
        CancellationToken ct
    )
    {
        var (others, lines) = (await Beside(cases, ct), new Dictionary<Guid, CaseTurn>());
        foreach (var (id, c) in await store.LoadSeveral(ComplaintBook.Instance, cases, ct))
            if (Of(c, caller, law, store.Now, others.GetValueOrDefault(id)) is { } line)
                lines[id] = line;
        return lines;
    }

    /// <summary>The line of whoever answers by a link, and can do nothing else.</summary>
    /// <param name="can">What the link lets them do now.</param>
    public CaseTurn? OfLink(Complaint c, IReadOnlyCollection<Verb> can) =>
        Turn.For(c.Turns(store.Now, PolicyOf(law)), Party.Respondent, can, store.Now) is { } turn
            ? new CaseTurn(turn, Party.Respondent, turn.IsOf(Party.Respondent, can)) { Excluded = c.Excluded }
            : null;

    /// <summary>The line of somebody in a case.</summary>
    /// <param name="others">What waits for it in other rooms.</param>
    public static CaseTurn? Of(Complaint c, Caller caller, Law law, DateTimeOffset now, IReadOnlyList<Turn>? others)
    {
        if (CaseAccess.PartyOf(c, caller) is not { } party)
            return null;
        var by = CaseAccess.ActorOf(c, caller, party);
        // Whether the respondent is a platform changes nothing of what waits.
        var policy = PolicyOf(law);
        var can = c.Possible(by, default, now, policy);
        if (Turn.For([.. others ?? [], .. c.Turns(now, policy)], party, can, now) is not { } turn)
            return null;
        // What waits beside the case is for the desk's own roles: reviewers read it.
        var isReader = turn.Verb is null && party == Party.Mediator && !CaseSides.Desk.Roles.Contains(caller.Role);
        return new CaseTurn(turn, party, !isReader && turn.IsOf(party, can)) { Excluded = c.Excluded };
    }

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Turn>>> Beside(
        IReadOnlyList<Guid> cases,
        CancellationToken ct
    )
    {
        var all = new Dictionary<Guid, IReadOnlyList<Turn>>();
        foreach (var room in beside)
        foreach (var (id, turns) in await room.Of(cases, ct))
            all[id] = [.. all.GetValueOrDefault(id) ?? [], .. turns];
        return all;
    }
}
