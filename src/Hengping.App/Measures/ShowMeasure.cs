using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Appeals;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// <c>GET /measures/{id}</c>: everybody reads what is public, the addressee and the desk all of it. Nobody else learns
/// that it is there.
/// </summary>
public static class ShowMeasure
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder measures) =>
        measures.MapGet("/{id:guid}", Handle).Produces<MeasureView>().Anyone();

    private static async Task<IResult> Handle(Guid id, HttpContext http, Store store, Law law, CancellationToken ct) =>
        await Read(store, law, id, Caller.Of(http.User), ct) is { } view
            ? Results.Json(view, Cli.JsonFormat)
            : Answers.NotFound;

    /// <summary>For somebody who may read it; null where it is unknown or not theirs.</summary>
    public static async Task<MeasureView?> Read(Store store, Law law, Guid id, Caller? caller, CancellationToken ct)
    {
        var loaded = await store.Load(MeasureBook.Instance, id, ct);
        if (loaded.State is not { } measure)
            return null;
        var side = MeasureSides.Of(measure, caller);
        return MeasureSides.MayRead(measure, side) ? await Of(store, law, id, side, caller, ct) : null;
    }

    /// <summary>As it stands, for one side.</summary>
    public static async Task<MeasureView> Of(
        Store store,
        Law law,
        Guid id,
        MeasureSide side,
        Caller? caller,
        CancellationToken ct
    )
    {
        var story = await store.ReadStory(MeasureBook.Instance, id, ct);
        Measure? folded = null;
        foreach (var one in story)
            folded = Measure.Fold(folded, one.Event, one.At);
        var m = folded!;
        var proposed = (MeasureEvent.Proposed)story[0].Event;
        var isInside = side != MeasureSide.None;
        var isDesk = side is MeasureSide.Reader or MeasureSide.Reviewer or MeasureSide.Admin;
        var words = isInside || m.Addressee.IsMerchant ? proposed.Words : null;
        var changed = story.Select(s => s.Event).OfType<MeasureEvent.Changed>().LastOrDefault();
        var scopeBefore = isInside ? words?.Scope : OpenWords.Of(words?.Scope);
        if (words is not null && changed?.Scope is { } scope)
            words = words with { Scope = scope };
        if (!isDesk && words is not null)
            words = words with { HolderContact = null };
        var open = words is null ? null : OpenWords.Of(words);
        var who = caller?.Account ?? Guid.Empty;
        return new MeasureView(
            id,
            m.Number,
            m.Kind,
            m.Form,
            m.Status,
            await WhomOf(store, m, isDesk, ct),
            isInside || m.Addressee.IsMerchant ? m.Target : m.Target with { Id = null },
            m.Reason,
            new MeasureView.Ground(m.Clause, await ClausesInForce.Of(store, m.Clause, ct)),
            m.FactsOn,
            m.Source,
            m.DetectedByMachine,
            m.Automation,
            m.IsUrgent,
            m.IsHeavy,
            m.IsOfOne,
            side != MeasureSide.None && who == m.ProposedBy,
            m.IsInEffect,
            m.IsPublic,
            m.OverdueAt is not null,
            m.ProposedAt,
            m.SignedAt,
            m.StartsAt,
            m.EndsOn,
            m.EndedAt,
            m.Amount,
            MoneyOf(m),
            m.Cause,
            isInside ? words : open,
            isDesk && m.Addressee.IsMerchant && words is not null && words with { HolderContact = null } != open,
            m.Appeal is not null,
            m.IsChanged,
            m.LiftedBecause,
            isInside ? m.Evidence : [],
            TermOf(m, law, store.Now),
            isInside ? await AppealOf(store, law, m, id, side, ct) : null,
            changed is null ? null : new MeasureView.Before(scopeBefore, proposed.EndsOn, proposed.Amount),
            isInside
                ? [.. MeasureClocks.Shown(m, law).Where(due => due.Kind != "appeal" || MayStill(m, store.Now))]
                : [],
            MeasureTurns.Of(m, side, who, store.Now),
            isInside ? m.Can(side, who, store.Now) : [],
            [.. story.Where(s => isInside || IsOpenly(s.Event)).Select(s => LineOf(s.Event, s.At, m, isInside))]
        );
    }

    private static async Task<MeasureView.Whom> WhomOf(Store store, Measure m, bool isDesk, CancellationToken ct) =>
        m.Addressee.IsMerchant
            ? new MeasureView.Whom(
                true,
                m.Addressee.Id,
                (await MerchantDirectory.Find(store, m.Addressee.Id, ct))?.Name
            )
            : new MeasureView.Whom(false, isDesk ? m.Addressee.Id : null, Name: null);

    private sealed record AppealRow(
        Guid Id,
        string Status,
        long? SubmittedAt,
        long? SendBy,
        long? DueAt,
        long? EndedAt
    );

    // What was withdrawn or lapsed is as if it were none; a draft is its writer's alone.
    private static async Task<MeasureView.Appealing?> AppealOf(
        Store store,
        Law law,
        Measure m,
        Guid id,
        MeasureSide side,
        CancellationToken ct
    )
    {
        var row = await store.First<AppealRow>(
            """
            select id as Id, status as Status, submitted_at as SubmittedAt, send_by as SendBy, due_at as DueAt,
                   ended_at as EndedAt
            from appeals where target = @id and target_kind = 'measure' and not erased
            order by begun_at desc limit 1
            """,
            new { id },
            ct
        );
        if (row is null || Words.Parse<AppealStatus>(row.Status) is not { } status)
            return null;
        // A draft is in time where it is sent in time, whenever it was begun.
        var inTime = m.ToldAt is { } told ? law.Count(Measure.AppealRule, told)?.Lawful : null;
        var isDraft = status == AppealStatus.Draft;
        return
            status is AppealStatus.Withdrawn or AppealStatus.Lapsed
            || (status == AppealStatus.Draft && side != MeasureSide.Addressee)
            ? null
            : new MeasureView.Appealing(
                row.Id,
                status,
                At(row.SubmittedAt),
                isDraft && inTime >= store.Now ? inTime : At(status == AppealStatus.Submitted ? row.DueAt : row.SendBy),
                At(row.EndedAt),
                isDraft && inTime < store.Now
            );
        static DateTimeOffset? At(long? at) => at is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }

    // held, taken, returned.
    private static string? MoneyOf(Measure m) =>
        !MeasureKinds.IsMoney(m.Kind) || m.SignedAt is null ? null
        : m.IsMoneyTaken && m.Status != MeasureStatus.Overturned ? "taken"
        : m.IsMoneyHeld ? "held"
        : "returned";

    private static MeasureView.Term? TermOf(Measure m, Law law, DateTimeOffset now) =>
        MayAppeal(m, now)
        && m.ToldAt is { } told
        && law.Count(Measure.AppealRule, told) is { } inTime
        && law.Count(MeasureClocks.AppealLate, told) is { } late
        && now <= late.Lawful
            ? new MeasureView.Term(inTime.Lawful, late.Lawful)
            : null;

    private static bool MayAppeal(Measure m, DateTimeOffset now) =>
        m.Why(MeasureVerb.Appeal, MeasureSide.Appeals, Guid.Empty, now) is null;

    // The term without a reason is over, or there is nothing to appeal against: no clock is shown.
    private static bool MayStill(Measure m, DateTimeOffset now) => m.AppealBy > now && MayAppeal(m, now);

    // What everybody reads of what happened: not who said what on the way.
    private static bool IsOpenly(MeasureEvent happened) =>
        happened
            is MeasureEvent.Signed
                or MeasureEvent.Overdue
                or MeasureEvent.Started
                or MeasureEvent.Lifted
                or MeasureEvent.Ended
                or MeasureEvent.Overturned
                or MeasureEvent.Changed
                or MeasureEvent.Upheld
                or MeasureEvent.Stated
                or MeasureEvent.Sued;

    private static MeasureView.Line LineOf(MeasureEvent happened, DateTimeOffset at, Measure m, bool isInside)
    {
        var what = MeasureBook.Instance.KindOf(happened.GetType())[MeasureBook.Instance.Kinds.Length..];
        if (happened is MeasureEvent.Proposed)
            what =
                m.IsUrgent ? "urgent"
                : m.AnswerBy is not null ? "announced"
                : "proposed";
        var by = happened switch
        {
            MeasureEvent.Answered
            or MeasureEvent.HumanAsked
            or MeasureEvent.Stated
            or MeasureEvent.Appealed
            or MeasureEvent.AppealEnded => "addressee",
            MeasureEvent.Lapsed
            or MeasureEvent.Overdue
            or MeasureEvent.Started
            or MeasureEvent.Ended
            or MeasureEvent.MoneyTaken
            or MeasureEvent.TermsCounted
            or MeasureEvent.Lifted { By: null } => "clock",
            _ => "desk",
        };
        return new MeasureView.Line(
            what,
            at,
            by,
            isInside ? TextOf(happened)
                // Notice, statement and result are public (电商法 art. 44).
                : happened is MeasureEvent.Stated stated ? OpenWords.Of(stated.Text)
                : null
        );
    }

    private static string? TextOf(MeasureEvent happened) =>
        happened switch
        {
            MeasureEvent.Answered e => e.Text,
            MeasureEvent.HumanAsked e => e.Text,
            MeasureEvent.Signed e => e.Note,
            MeasureEvent.Dropped e => e.Reason,
            MeasureEvent.Looked e => e.Text,
            MeasureEvent.Lifted e => e.Reason,
            MeasureEvent.Stated e => e.Text,
            MeasureEvent.Sued e => e.Where,
            MeasureEvent.Overturned e => e.Reason,
            MeasureEvent.Changed e => e.Reason,
            MeasureEvent.TermsCounted e => CountedTerms.Say(e.Cause, e.TermNotes!, "measure.due."),
            _ => null,
        };
}
