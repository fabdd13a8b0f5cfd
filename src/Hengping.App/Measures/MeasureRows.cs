using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Measures;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.Measures;

/// <summary>Measures as lists hold them: facts alone, and no name of a person.</summary>
public static class MeasureRows
{
    /// <summary>A row of any list.</summary>
    /// <param name="Merchant">Null where it is addressed to a person.</param>
    /// <param name="At">When it last changed in public; else when it was proposed.</param>
    public sealed record Item(
        Guid Id,
        string Number,
        MeasureKind Kind,
        MeasureForm Form,
        MeasureStatus Status,
        MeasureReason Reason,
        Guid? Merchant,
        string? MerchantName,
        TargetKind TargetKind,
        string? TargetId,
        string? TargetTitle,
        ClauseRef Clause,
        string? ClauseTitleZh,
        string? ClauseTitleEn,
        DateOnly FactsOn,
        MeasureSource Source,
        bool DetectedByMachine,
        Automation Automation,
        bool Urgent,
        DateTimeOffset ProposedAt,
        DateTimeOffset? SignedAt,
        DateTimeOffset? StartsAt,
        DateOnly? EndsOn,
        DateTimeOffset? EndedAt,
        decimal? Amount,
        bool Overdue,
        bool Appealed,
        DateTimeOffset At,
        DateTimeOffset? DueAt,
        string? DueKind,
        bool HumanDue
    );

    /// <summary>The columns and the tables.</summary>
    internal const string Select = """
        select s.id as Id, s.number as Number, s.kind as Kind, s.form as Form, s.status as Status, s.reason as Reason,
               s.merchant as Merchant, m.name as MerchantName, s.target_kind as TargetKind, s.target_id as TargetId,
               s.target_title as TargetTitle, s.rule as Rule, s.rule_version as RuleVersion, s.clause as Clause,
               v.title_zh as TitleZh, v.title_en as TitleEn, s.facts_on as FactsOn, s.source as Source,
               s.detected as Detected, s.automation as Automation, s.urgent as Urgent, s.proposed_at as ProposedAt,
               s.signed_at as SignedAt, s.starts_at as StartsAt, s.ends_on as EndsOn,
               s.ended_at as EndedAt, s.amount as Amount,
               s.overdue as Overdue, s.appealed as Appealed, s.public_at as PublicAt, s.due_at as DueAt,
               s.due_kind as DueKind, s.human_due as HumanDue
        from measures s left join merchants m on m.id = s.merchant
        left join rule_versions v on v.rule = s.rule and v.version = s.rule_version
        """;

    internal sealed record Row(
        Guid Id,
        string Number,
        string Kind,
        string Form,
        string Status,
        string Reason,
        Guid? Merchant,
        string? MerchantName,
        string TargetKind,
        string? TargetId,
        string? TargetTitle,
        Guid Rule,
        long RuleVersion,
        string Clause,
        string? TitleZh,
        string? TitleEn,
        string FactsOn,
        string Source,
        bool Detected,
        string Automation,
        bool Urgent,
        long ProposedAt,
        long? SignedAt,
        long? StartsAt,
        string? EndsOn,
        long? EndedAt,
        string? Amount,
        bool Overdue,
        bool Appealed,
        long? PublicAt,
        long? DueAt,
        string? DueKind,
        bool HumanDue
    )
    {
        public Item Shown =>
            new(
                Id,
                Number,
                Words.Parse<MeasureKind>(Kind)!.Value,
                Words.Parse<MeasureForm>(Form)!.Value,
                Words.Parse<MeasureStatus>(Status)!.Value,
                Words.Parse<MeasureReason>(Reason)!.Value,
                Merchant,
                MerchantName,
                Words.Parse<TargetKind>(TargetKind)!.Value,
                Merchant is null ? null : TargetId,
                TargetTitle,
                new ClauseRef(Rule, (int)RuleVersion, Clause),
                TitleZh,
                TitleEn,
                DayOf(FactsOn)!.Value,
                Words.Parse<MeasureSource>(Source)!.Value,
                Detected,
                Words.Parse<Automation>(Automation)!.Value,
                Urgent,
                At(ProposedAt),
                SignedAt is { } signed ? At(signed) : null,
                StartsAt is { } starts ? At(starts) : null,
                DayOf(EndsOn),
                EndedAt is { } ended ? At(ended) : null,
                Amount is null ? null : decimal.Parse(Amount, CultureInfo.InvariantCulture),
                Overdue,
                Appealed,
                At(PublicAt ?? ProposedAt),
                DueAt is { } due ? At(due) : null,
                DueKind,
                HumanDue
            );

        private static DateTimeOffset At(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

        private static DateOnly? DayOf(string? day) =>
            day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>What changed last on top: a correction stands where the measure stood.</summary>
    internal static readonly ListOrder<Row> Public = new(
        "public",
        ListOrder<Row>.By("s.public_at", row => row.PublicAt!.Value).Down,
        ListOrder<Row>.By("s.id", row => row.Id).Down
    );

    /// <summary>What is due first on top.</summary>
    internal static readonly ListOrder<Row> Queue = new(
        "queue",
        ListOrder<Row>.ByTime("s.due_at", row => row.DueAt),
        ListOrder<Row>.By("s.proposed_at", row => row.ProposedAt),
        ListOrder<Row>.By("s.id", row => row.Id)
    );

    /// <summary>Somebody's own, newest first.</summary>
    internal static readonly ListOrder<Row> Own = new(
        "own",
        ListOrder<Row>.By("s.proposed_at", row => row.ProposedAt).Down,
        ListOrder<Row>.By("s.id", row => row.Id).Down
    );
}
