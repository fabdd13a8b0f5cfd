using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>By when somebody has to act, and how that was counted.</summary>
/// <param name="Kind">screening, lapse, reply, reply-late, unanswered, contest, mediation, performance, objection,
/// proof, closing, offer, review, validity, seller.</param>
/// <param name="Explanation">In the language asked for.</param>
public sealed record ShownDeadline(string Kind, DateTimeOffset Due, string Explanation);

/// <summary>The clocks that run in a case now.</summary>
public static class Deadlines
{
    /// <summary>Kind of the 72-hour reply clock.</summary>
    public const string Reply = "reply";

    /// <summary>Kind of the promise to decide a review.</summary>
    public const string Review = "review";

    /// <summary>Kind of the promise to judge a contested reply again.</summary>
    public const string Validity = "validity";

    /// <summary>
    /// The clock a queue is sorted by: the one whose missing costs most, as a function of the facts alone.
    /// </summary>
    public static (string Kind, DateTimeOffset Due)? Next(Complaint c) =>
        c.ValidityContestedAt is { } contested ? (Validity, contested + ComplaintPolicy.Current.DecideWithin)
        : c is { ReviewPending: true, ReviewAskedAt: { } asked }
            ? (Review, asked + ComplaintPolicy.Current.DecideWithin)
        : c.Imported is not null ? null
        : c.Status switch
        {
            Status.Filed when c.ScreenBy is { } by => ("screening", by),
            Status.Returned when c.LapsesAt is { } at => ("lapse", at),
            Status.Delivered or Status.Unreached => (Reply, c.DeliveredAt!.Value.AddHours(72)),
            Status.Contested when c.ContestAnswerBy is { } by => ("contest", by),
            Status.Replied => ("closing", ClosingDue(c)),
            Status.InMediation when c.MediationEndBy is { } end => ("mediation", end),
            Status.Settled => Settled(c),
            _ => null,
        };

    /// <summary>SQL: when the clock a queue is sorted by runs out, for a respondent, whom a review does not
    /// concern.</summary>
    public const string ShownDueSql = $"case when c.due_kind = '{Review}' then null else c.due_at end";

    /// <summary>SQL: the same for <c>@merchant</c> in all its cases; of what it filed itself the review,
    /// too.</summary>
    public const string MerchantsDueSql =
        $"case when c.due_kind = '{Review}' and (c.claimant_merchant is null or c.claimant_merchant <> @merchant) "
        + "then null else c.due_at end";

    /// <summary>The clocks of the case that one reader may know of, soonest first.</summary>
    public static IReadOnlyList<ShownDeadline> Of(Complaint c, Law law, Party reader) =>
        reader == Party.Respondent ? [.. Of(c, law).Where(d => d.Kind != Review)] : Of(c, law);

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
            case Status.Filed:
                Reckoned(shown, law, "screening", "complaint.screening", c.ScreenFrom);
                break;
            case Status.Returned:
                Promised(shown, "lapse", c.LapsesAt, "逾期未补充则自动撤回", "lapses if it is not completed by then");
                break;
            case Status.Delivered or Status.Unreached:
                WaitingForReply(shown, c, law);
                break;
            case Status.Contested:
                Promised(
                    shown,
                    "contest",
                    c.ContestAnswerBy,
                    "投诉人可在3个工作日内说明",
                    "the claimant has 3 working days to answer the contest"
                );
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
            case Status.InMediation:
                Promised(
                    shown,
                    "mediation",
                    c.MediationEndBy,
                    c.SuspendedAt is null ? "调解期限（中止、检测、鉴定时间不计）" : "调解已中止，恢复后顺延",
                    c.SuspendedAt is null
                        ? "end of the mediation, suspensions not counted"
                        : "suspended: the end moves on"
                );
                Promised(
                    shown,
                    "proof",
                    c.ShowBy,
                    "约定的履行日已到，3天内可以说明，之后公开计数",
                    "the agreed day has come: 3 days to show that it was done; then it is counted in public"
                );
                break;
            case Status.Settled:
                var (kind, due) = Settled(c);
                var (zh, en) = SettledWhy[kind];
                Promised(shown, kind, due, zh, en);
                break;
        }
        if (c is { IsSellerNamed: false, IsSellerOverdue: false, Ended: false })
            Promised(
                shown,
                "seller",
                c.SellerAnswerBy,
                "平台应在3个工作日内提供销售者信息",
                "the platform has 3 working days to name the seller"
            );
        foreach (var offer in c.Offers.Where(o => o.State == OfferState.Open && c.Can(Verb.AcceptOffer)))
            Promised(
                shown,
                "offer",
                offer.ExpiresAt,
                $"第{offer.No}号方案的答复期限",
                $"last moment to answer offer {offer.No}"
            );
        return [.. shown.OrderBy(d => d.Due)];
    }

    /// <summary>The due instant of a rule, or null where the calendar of the year is not known yet.</summary>
    public static DateTimeOffset? Due(Law law, string rule, DateTimeOffset from) => law.Reckon(rule, from).Event?.Due;

    private static TimeSpan Decide => ComplaintPolicy.Current.DecideWithin;

    private static void WaitingForReply(List<ShownDeadline> shown, Complaint c, Law law)
    {
        if (c.FirstValidReply is null)
        {
            Reckoned(shown, law, Reply, "reply.timely", c.DeliveredAt!.Value);
            Reckoned(shown, law, "reply-late", "reply.late", c.DeliveredAt.Value);
        }
        Promised(
            shown,
            "unanswered",
            c.LastDeliveredAt + ComplaintPolicy.Current.UnansweredAfter,
            "递交满30天仍无回复则以未答复办结，仍可评分",
            "closed as unanswered 30 days after delivery; it can still be scored"
        );
    }

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
        var reckoned = law.Reckon(rule, from);
        if (reckoned.Event is { } d)
            shown.Add(new ShownDeadline(kind, d.Due, English ? d.En : d.Zh));
    }

    private static void Promised(List<ShownDeadline> shown, string kind, DateTimeOffset? due, string zh, string en)
    {
        if (due is { } at)
            shown.Add(new ShownDeadline(kind, at, English ? en : zh));
    }

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}
