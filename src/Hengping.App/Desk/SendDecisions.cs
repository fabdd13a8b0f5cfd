using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;

namespace Hengping.App.Desk;

/// <summary>
/// Sends what was decided at the desk when its seconds are over, also after a restart. Several nodes may run it: the
/// version of the decision's stream lets one of them win.
/// </summary>
public sealed class SendDecisions(Store store, LawInForce laws, ILogger<SendDecisions> log) : Job(log)
{
    private const int BatchMax = 100;

    // What is to wait for longer was decided by a clock that was ahead.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(DecideFromDesk.UndoFor.Most) + ClockGuard.Apart;

    /// <inheritdoc/>
    public override string Name => "decisions";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <summary>Does everything that is due now; how many decisions were due.</summary>
    public async Task<long> RunDue(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            """
            select id from desk_decisions where state = 'waiting' and (send_at <= @now or send_at > @far)
            order by send_at, id limit @limit
            """,
            new
            {
                now = store.Now.ToUnixTimeMilliseconds(),
                far = (store.Now + Longest).ToUnixTimeMilliseconds(),
                limit = BatchMax,
            },
            ct
        );
        foreach (var id in due)
            await Send(id, ct);
        return due.Count;
    }

    /// <inheritdoc/>
    protected override Task<long> Round(CancellationToken ct) => RunDue(ct);

    private async Task Send(Guid id, CancellationToken ct)
    {
        var held = await store.Load(DecisionBook.Instance, id, ct);
        if (held.State is not { State: DecisionState.Waiting } decision)
            return;
        var words = (DecisionEvent.Held)(await store.ReadStory(DecisionBook.Instance, id, ct))[0].Event;
        var loaded = await store.Load(ComplaintBook.Instance, decision.Complaint, ct);
        var account = DecisionBook.AccountOf(decision.By);
        var role = Words.Parse<Role>(
            await store.First<string>("select role from accounts where id = @account and live", new { account }, ct)
        );
        var isStaff = role is { } r && CaseSides.Of(decision.Verb).Roles.Contains(r);
        if (loaded.State is null || decision.Hindrance(loaded.Version, isStaff) is not null)
        {
            await Stop(held, decision.Hindrance(loaded.Version, isStaff) ?? Problems.NotFound, ct);
            return;
        }
        var now = store.Now;
        var caller = new Caller(account, role!.Value, Merchant: null, Name: "");
        var opened = new Opened(loaded, caller, Party.Mediator, store, await laws.Now(ct), now);
        var decided = await HeldWords.Judge(opened, decision.Verb, HeldWords.Said(words), ct);
        // What its words name is no longer there.
        if (!opened.Faults.None)
        {
            await Stop(held, DeskDecision.CaseMoved, ct);
            return;
        }
        if (decided.Refusal is { } no)
        {
            await Stop(held, no, ct);
            return;
        }
        var changes = await CaseVerbs.Changes(opened, [opened.Noted(decided.Event!)], ct);
        var sent = store.Change(DecisionBook.Instance, held, now, decision.By, [new DecisionEvent.Sent()]);
        // A race leaves it waiting: the next round looks at what the case has become.
        await store.Append(new Commit([.. changes, sent]), ct);
    }

    private Task Stop(Loaded<DeskDecision> held, Refusal why, CancellationToken ct)
    {
        var stopped = new DecisionEvent.Stopped(why.Code);
        return store.Append(new Commit([store.Change(DecisionBook.Instance, held, store.Now, "clock", [stopped])]), ct);
    }
}
