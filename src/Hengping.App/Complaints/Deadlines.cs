using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>The clocks that run in a case now.</summary>
public static class Deadlines
{
    /// <summary>Kind of the reply clock: until then an answer counts in full.</summary>
    public const string Reply = "reply";

    /// <summary>Kind of the term after which a case without an answer ends.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>Kind of the promise to look, and to deliver, where personal safety is at stake.</summary>
    public const string Safety = "safety";

    /// <summary>Kind of the promise to decide a review.</summary>
    public const string Review = "review";

    /// <summary>Kind of the term to tell both that a mediation was terminated.</summary>
    public const string Told = "told";

    /// <summary>Kind of the promise to judge a contested reply again.</summary>
    public const string Validity = "validity";

    /// <summary>
    /// The clock a queue is sorted by: the one whose missing costs most, as a function of the facts alone.
    /// </summary>
    public static (string Kind, DateTimeOffset Due)? Next(Complaint c) =>
        c.ValidityContestedAt is { } contested ? (Validity, contested + ComplaintPolicy.Current.DecideWithin)
        : c is { ReviewPending: true, ReviewAskedAt: { } asked }
            ? (Review, asked + ComplaintPolicy.Current.DecideWithin)
        : c is { ToldBy: { } tell, Untold.IsEmpty: false } ? (Told, tell)
        : c.Imported is not null ? null
        : c.Status switch
        {
            Status.Filed when c.SafetyBy is { } by => (Safety, by),
            Status.Filed when c.ScreenBy is { } by => ("screening", by),
            Status.Returned when c.LapsesAt is { } at => ("lapse", at),
            // What counts in no rating loses nothing by a late answer: it only ends unanswered.
            Status.Delivered or Status.Unreached when c.Excluded is not null => (Unanswered, UnansweredAt(c)!.Value),
            Status.Delivered or Status.Unreached => (Reply, c.DeliveredAt!.Value + c.Hours.InFull),
            Status.Contested when c.ContestAnswerBy is { } by => ("contest", by),
            Status.Replied => ("closing", ClosingDue(c)),
            Status.InMediation when c.MediationEndBy is { } end => ("mediation", end),
            Status.Settled => Settled(c),
            _ => null,
        };

    /// <summary>SQL: when the clock a queue is sorted by runs out, for a respondent, whom a review does not
    /// concern.</summary>
    public const string ShownDueSql = $"case when c.due_kind in ('{Review}', '{Told}') then null else c.due_at end";

    /// <summary>SQL: the same for <c>@merchant</c> in all its cases; of what it filed itself the review,
    /// too.</summary>
    public const string MerchantsDueSql =
        $"case when c.due_kind in ('{Review}', '{Told}') "
        + "and (c.claimant_merchant is null or c.claimant_merchant <> @merchant) then null "
        + "else c.due_at end";

    /// <summary>The clocks of the case that one reader may know of, soonest first.</summary>
    public static IReadOnlyList<ShownDeadline> Of(Complaint c, Law law, Party reader) =>
        reader == Party.Respondent ? [.. Of(c, law).Where(d => d.Kind is not (Review or Told))] : Of(c, law);

    /// <summary>All clocks of the case, soonest first.</summary>
    public static IReadOnlyList<ShownDeadline> Of(Complaint c, Law law)
    {
        var shown = new List<ShownDeadline>();
        if (c.ReviewPending)
            Promised(
                shown,
                Review,
                c.ReviewAskedAt + Decide,
                "申请复核后7天内决定",
                "decided within 7 days of the asking"
            );
        Promised(
            shown,
            Validity,
            c.ValidityContestedAt + Decide,
            "对回复认定的异议7天内决定",
            "a contested reply is judged within 7 days"
        );
        if (c.Imported is not null)
            return shown;
        switch (c.Status)
        {
            case Status.Filed when c.Safety is not null:
                Reckoned(shown, law, Safety, c.FirstContact is null ? "safety.seen" : "safety.delivered", c.FiledAt);
                break;
            case Status.Returned:
                Promised(shown, "lapse", c.LapsesAt, "逾期未补充则自动撤回", "lapses if it is not completed by then");
                break;
            case Status.Delivered or Status.Unreached:
                WaitingForReply(shown, c, law);
                break;
            case Status.Replied:
                Promised(
                    shown,
                    "closing",
                    ClosingDue(c),
                    "回复后15天没有进一步反馈则自动办结",
                    "closes by itself 15 days after the last move"
                );
                break;
            case Status.InMediation when c.SuspendedAt is not null || c.MediationFrom is null:
                Promised(
                    shown,
                    "mediation",
                    c.MediationEndBy,
                    c.SuspendedAt is null ? "调解期限（中止、检测、鉴定时间不计）" : "调解已中止，恢复后顺延",
                    c.SuspendedAt is null
                        ? "end of the mediation, suspensions not counted"
                        : "suspended: the end moves on",
                    isOurs: false
                );
                break;
            case Status.Settled:
                var (kind, due) = Settled(c);
                // Shown to be done before its day: what counts is when the other side has to have objected.
                if (kind == "performance" && c.ShownAt is not null)
                    (kind, due) = ("objection", due + ComplaintPolicy.Current.ObjectWithin);
                var (zh, en) = SettledWhy[kind];
                Promised(shown, kind, due, zh, en, isOurs: kind != "performance");
                break;
        }
        if (c.Status == Status.InMediation)
            Promised(
                shown,
                "proof",
                c.ShowBy,
                "约定的履行日已到，3天内可以说明，之后公开计数",
                "the agreed day has come: 3 days to show that it was done; then it is counted in public"
            );
        foreach (var term in c.RunningTerms)
            if (ShownDeadline.ByLaw(term, c.NoteOf(term.Kind), law) is { } deadline)
                shown.Add(deadline);
        foreach (var offer in c.Offers.Where(o => o.State == OfferState.Open && c.Can(Verb.AcceptOffer)))
            Promised(
                shown,
                "offer",
                offer.ExpiresAt,
                $"第{offer.No}号方案的答复期限",
                $"last moment to answer offer {offer.No}",
                isOurs: false
            );
        return [.. shown.OrderBy(d => d.Due)];
    }

    /// <summary>What is promised of a case filed at an instant, should personal safety be at stake.</summary>
    public static SafetyTerms? SafetyFrom(Law law, DateTimeOffset filed) =>
        (Due(law, "safety.seen", filed), Due(law, "safety.delivered", filed)) is ({ } seen, { } delivered)
            ? new SafetyTerms(seen, delivered)
            : null;

    /// <summary>When a rule counted from an instant ends, the earliest day where the calendar is missing.</summary>
    public static DateTimeOffset? Due(Law law, string rule, DateTimeOffset from) => law.Count(rule, from)?.Due;

    /// <summary>The event with what is to be said of the term it sets: provisional, or lawful until later.</summary>
    public static ComplaintEvent Noted(ComplaintEvent happened, Law law, DateTimeOffset at)
    {
        if (Complaint.SetBy(happened) is not { By: { } by } set || happened.TermNotes is not null)
            return happened;
        return law.Count(set.Rule, happened.CountedFrom ?? at) is { } counted && counted.Due == by
            ? happened with
            {
                TermNotes = TermNote.Of(set.Kind, counted) is { } note ? [note] : null,
            }
            : happened;
    }

    private static TimeSpan Decide => ComplaintPolicy.Current.DecideWithin;

    private static void WaitingForReply(List<ShownDeadline> shown, Complaint c, Law law)
    {
        // These two are the rating's: what is taken out of it has none.
        if (c.FirstValidReply is null && c.Excluded is null)
        {
            Reckoned(shown, law, Reply, "reply.timely", c.DeliveredAt!.Value);
            Reckoned(shown, law, "reply-late", "reply.late", c.DeliveredAt.Value);
        }
        Promised(
            shown,
            Unanswered,
            UnansweredAt(c),
            law.IsRegulator ? "递交满30天仍无回复则终止调解" : "递交满30天仍无回复则以未答复办结，仍可评分",
            law.IsRegulator
                ? "mediation is terminated 30 days after delivery without an answer"
                : "closed as unanswered 30 days after delivery; it can still be scored"
        );
    }

    /// <summary>When a delivered case ends, should nobody ever answer it; null where it never was.</summary>
    public static DateTimeOffset? UnansweredAt(Complaint c) =>
        c.LastDeliveredAt + ComplaintPolicy.Current.UnansweredAfter;

    private static DateTimeOffset ClosingDue(Complaint c) =>
        c.ClosesAt ?? c.ActiveAt + ComplaintPolicy.Current.NoReactionAfter;

    private static (string Kind, DateTimeOffset Due) Settled(Complaint c) =>
        c.ProofBy is { } proof ? ("proof", proof)
        : c.ObjectBy is { } objection ? ("objection", objection)
        : ("performance", c.Offers.First(o => o.No == c.Settlement).DueBy);

    private static readonly Dictionary<string, (string Zh, string En)> SettledWhy = new(StringComparer.Ordinal)
    {
        ["performance"] = ("和解方案约定的履行日", "the day the settlement is to be performed"),
        ["objection"] = ("到期无异议视为已履行", "counts as performed unless somebody objects"),
        ["proof"] = (
            "反馈未履行后3天内可以说明，之后进入调解并公开计数",
            "3 days to show that it was done; then it is mediated and counted in public"
        ),
    };

    private static void Reckoned(List<ShownDeadline> shown, Law law, string kind, string rule, DateTimeOffset from)
    {
        if (law.Count(rule, from) is { } d)
            shown.Add(new ShownDeadline(kind, d.Due, English ? d.En : d.Zh));
    }

    private static void Promised(
        List<ShownDeadline> shown,
        string kind,
        DateTimeOffset? due,
        string zh,
        string en,
        bool isOurs = true
    )
    {
        if (due is { } at)
            shown.Add(
                new ShownDeadline(
                    kind,
                    at,
                    English ? en + (isOurs ? "; our own promise" : "") : zh + (isOurs ? "（本平台承诺）" : "")
                )
            );
    }

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}
