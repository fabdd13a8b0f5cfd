using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;

namespace Hengping.World;

/// <summary>An event of an appeal with the time and author the log will hold.</summary>
public sealed record AppealStamp(AppealEvent Event, DateTimeOffset At, string Author);

/// <summary>One lived appeal.</summary>
public sealed record AppealLived(Guid Id, IReadOnlyList<AppealStamp> Story);

/// <summary>
/// Appeals against the market's measures, in every status. Both of the staff had a part in each measure, so somebody
/// from outside decided; what is open waits for the colleague who came since.
/// </summary>
public sealed class Appeals
{
    private readonly Market market;
    private readonly Func<string, DateTimeOffset, Deadline?> count;
    private readonly Chance chance;
    private readonly List<AppealStamp> story = [];
    private readonly List<MeasureStamp> lived;
    private Appeal? appeal;
    private bool isWrong;
    private Measure measure;
    private DateTimeOffset now;

    private Appeals(Market market, Func<string, DateTimeOffset, Deadline?> count, MeasureLived of, int index)
    {
        (this.market, this.count, lived) = (market, count, [.. of.Story]);
        chance = new Chance(market.Seed, "appeal", index);
        measure = lived.Aggregate((Measure?)null, (state, s) => Measure.Fold(state, s.Event, s.At))!;
    }

    private enum Fate
    {
        Draft,
        Waits,
        SentBack,
        Front,
        Partly,
        Upheld,
        Withdrawn,
    }

    /// <summary>All of them, and the measures with what became of them by it.</summary>
    /// <param name="count">Counts a clock of the rulebook from an instant.</param>
    public static (IReadOnlyList<AppealLived> Appeals, IReadOnlyList<MeasureLived> Measures) Of(
        Market market,
        IReadOnlyList<MeasureLived> measures,
        Func<string, DateTimeOffset, Deadline?> count
    )
    {
        var (appeals, after) = (new List<AppealLived>(), new List<MeasureLived>());
        var next = 0;
        foreach (var (one, index) in measures.Select((one, index) => (one, index)))
        {
            var of = new Appeals(market, count, one, index);
            if (of.measure.Appeal is { } known)
                appeals.Add(of.Decided(one.Id, known));
            else if (of.MayBegin)
                appeals.Add(of.Play(one.Id, (Fate)(next++ % Enum.GetValues<Fate>().Length)));
            after.Add(new MeasureLived(one.Id, of.lived));
        }
        return (appeals, after);
    }

    // Of a shop, in force for a day and not for longer than the time to appeal.
    private bool MayBegin =>
        measure is { Status: MeasureStatus.InForce, Addressee.IsMerchant: true, Form: MeasureForm.Decision }
        && measure.SignedAt is { } signed
        && lived[^1].At.AddDays(1) < market.End
        && lived[^1].At < signed.AddDays(5);

    private string Appellant =>
        measure.Addressee.IsMerchant
            ? $"merchant:{market.Merchants.First(m => m.Id == measure.Addressee.Id).Person:D}"
            : $"claimant:{measure.Addressee.Id:D}";

    private AppealTexts.Plan Says => AppealTexts.Of(measure.Reason);

    private string Other => $"staff:{Second:D}";
    private Guid Second { get; set; }

    // What the measure's own story says of it.
    private AppealLived Decided(Guid target, Guid id)
    {
        var sent = lived.First(s => s.Event is MeasureEvent.Appealed).At;
        Begin(target, sent.AddHours(-2));
        var end = lived.FirstOrDefault(s => s.Event is MeasureEvent.Upheld or MeasureEvent.Overturned);
        isWrong = end?.Event is MeasureEvent.Overturned;
        Submit(PlanOf(whole: true), sent);
        if (end is not null)
            Decide(isWrong ? AppealStatus.Overturned : AppealStatus.Upheld, end.At, null);
        return new AppealLived(id, story);
    }

    private AppealLived Play(Guid target, Fate fate)
    {
        var id = Lot();
        var from = lived[^1].At.AddHours(3);
        Begin(target, from);
        var plan = PlanOf(whole: fate is not (Fate.SentBack or Fate.Front));
        if (fate == Fate.Draft)
        {
            Take(appeal!.Save(plan, lateReason: null).Event, from.AddHours(1), Appellant);
            return new AppealLived(id, story);
        }
        Submit(plan, from.AddHours(2));
        InMeasure(measure.Appealing(id, now).Event, Appellant);
        if (fate is Fate.SentBack or Fate.Front)
            SendBack(plan, fate == Fate.Front);
        else if (fate == Fate.Withdrawn && now.AddHours(5) < market.End)
        {
            Take(appeal!.Withdraw().Event, now.AddHours(5), Appellant);
            InMeasure(measure.EndAppeal(id, now).Event, Appellant);
        }
        else if (fate is Fate.Partly or Fate.Upheld && now.AddHours(15) < market.End)
            DecideNow(id, fate == Fate.Partly);
        return new AppealLived(id, story);
    }

    private void SendBack(PlanOfAction plan, bool isFront)
    {
        MissingPart[] missing = [new(AppealSection.RootCause, AppealTexts.Missing)];
        Take(
            appeal!.Refuse(missing, "其余部分写得清楚，补上原因就可以决定。", Due(Appeal.ResendRule) ?? now).Event,
            now.AddHours(6),
            Staff
        );
        if (!isFront || now.AddHours(4) >= market.End)
            return;
        var cause = plan.Statements.Select(s =>
            s.Section == AppealSection.RootCause ? s with { Text = Says.Cause } : s
        );
        Submit(new PlanOfAction([.. cause]), now.AddHours(4), plan);
    }

    private void DecideNow(Guid id, bool isPartly)
    {
        var change = isPartly ? new ChangedMeasure(null, null, Says.Scope) : null;
        var reason = isPartly ? Says.InPart : AppealTexts.Upheld;
        Decide(isPartly ? AppealStatus.Partly : AppealStatus.Upheld, now.AddHours(15), change, reason);
        InMeasure(
            isPartly
                ? measure.Change(id, reason, now, scope: change!.Scope, by: Second).Event
                : measure.Uphold(id, Second, now).Event,
            Other
        );
    }

    private string Staff => $"staff:{market.Reviewer.Id:D}";

    private void Begin(Guid target, DateTimeOffset at)
    {
        Second = Lot();
        var facts = new TargetFacts(
            new AppealTarget(AppealTargetKind.Measure, target),
            measure.ToldAt ?? measure.ProposedAt,
            [.. new[] { measure.DecidedBy, measure.ProposedBy }.Distinct()],
            measure.IsSafety
        );
        var appellant = measure.Addressee.IsMerchant
            ? new Appellant(measure.Addressee.Id, null)
            : new Appellant(null, measure.Addressee.Id);
        now = at;
        Take(Appeal.Begin(facts, appellant, at.AddDays(30), Due(Appeal.DraftRule) ?? at, at).Event, at, Appellant);
    }

    private void Submit(PlanOfAction plan, DateTimeOffset at, PlanOfAction? before = null)
    {
        Take(appeal!.Save(plan, lateReason: null).Event, at, Appellant);
        var window = new AppealWindow(at.AddDays(1), at.AddDays(1));
        var sent = appeal.Submit(plan, before, window, hasReason: false, Due(appeal.DecideBook), at);
        Take(sent.Event, at, Appellant);
    }

    private void Decide(AppealStatus outcome, DateTimeOffset at, ChangedMeasure? change, string? reason = null)
    {
        Take(appeal!.NameSecond(Second, isFree: false).Event, at.AddHours(-1), $"staff:{market.Admin.Id:D}");
        var plan = PlanOf(whole: true);
        var verdicts = plan.Statements.Select(s =>
            outcome == AppealStatus.Upheld && s.Section != AppealSection.RootCause
                ? new StatementVerdict(s.No, false, AppealTexts.NotShown)
                : new StatementVerdict(s.No, true, AppealTexts.Accepted(s.Section))
        );
        var decision = new AppealDecision(
            outcome,
            [.. verdicts],
            reason ?? (outcome == AppealStatus.Upheld ? AppealTexts.Upheld : Says.WhyWrong),
            change
        );
        var today = Shanghai.DayOf(at);
        var decided = appeal.Decide(decision, plan, Second, isFree: false, today, day => Due(Appeal.CheckRule, day));
        Take(decided.Event, at, Other);
    }

    private PlanOfAction PlanOf(bool whole)
    {
        var day = Shanghai.DayOf(appeal!.BegunAt);
        var prevents = new PlanStatement(
            isWrong ? 2 : 3,
            AppealSection.Preventive,
            Says.Preventive,
            "李强",
            day.AddDays(3),
            []
        );
        // Who only says that the decision is wrong needs no plan; a shop gives its word all the same.
        if (isWrong)
            return new PlanOfAction([
                new(1, AppealSection.Grounds, Says.Wrong, null, null, []),
                .. measure.Addressee.IsMerchant ? [prevents] : Array.Empty<PlanStatement>(),
            ]);
        return new PlanOfAction([
            new(1, AppealSection.RootCause, whole ? Says.Cause : "管理疏忽，今后一定注意。", null, null, []),
            new(2, AppealSection.Corrective, Says.Corrective, "张敏", day, []),
            prevents,
        ]);
    }

    private DateTimeOffset? Due(string clock, DateOnly? day = null) =>
        count(clock, day is { } from ? Shanghai.StartOf(from) : now)?.Due;

    // A null is a scenario that the rules refuse: the world is wrong then.
    private void Take(AppealEvent? happened, DateTimeOffset at, string author)
    {
        now = at;
        var one = happened ?? throw new InvalidOperationException("An appeal of the world was refused");
        story.Add(new AppealStamp(one, at, author));
        appeal = Appeal.Fold(appeal, one, at);
    }

    private void InMeasure(MeasureEvent? happened, string author)
    {
        var stamp = new MeasureStamp(
            happened ?? throw new InvalidOperationException("A measure of the world refused its appeal"),
            now,
            author
        );
        lived.Add(stamp);
        measure = Measure.Fold(measure, stamp.Event, stamp.At);
    }

    // Drawn by lot, as the program's own.
    private Guid Lot()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, chance.Bits());
        BitConverter.TryWriteBytes(bytes[8..], chance.Bits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
