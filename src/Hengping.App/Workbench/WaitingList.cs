using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Workbench;

/// <summary>A complaint that waits for the merchant's answer, and what answering does.</summary>
/// <param name="Step">The next line after which an answer counts less; null when both have passed. Of what is excluded
/// when it ends unanswered.</param>
/// <param name="Effect">On the index of the month it was delivered in; null for a shop on a platform, which is not
/// rated for it, and while the sums have not heard of it.</param>
public sealed record WaitingCase(
    Guid Id,
    string Number,
    string Problem,
    Status Status,
    decimal? Amount,
    DateTimeOffset DeliveredAt,
    DateTimeOffset? Step,
    Side Side,
    AnswerEffect? Effect
)
{
    /// <summary>How it begins; null where it was erased.</summary>
    public CaseGlimpse? Glimpse { get; init; }

    /// <summary>Ground of a 剔除 in force: an answer wins and loses nothing; null where it counts.</summary>
    public string? Excluded { get; init; }

    /// <summary>What a valid reply counts now.</summary>
    public Answered Counts(DateTimeOffset now) => RatingIndex.ClassOf(DeliveredAt, now);

    /// <summary>And what after the next line.</summary>
    public Answered Then(DateTimeOffset now) => Counts(now) == Answered.InFull ? Answered.InPart : Answered.Late;
}

/// <summary>What waits for a merchant, what loses value next on top.</summary>
public static class WaitingList
{
    /// <summary>Cases of one page.</summary>
    public const int Size = 30;

    private sealed record Row(
        Guid Id,
        string Number,
        string Problem,
        string Status,
        long? AmountCents,
        long DeliveredAt,
        string Side,
        Guid Respondent,
        string? DueKind
    );

    /// <summary>All of it.</summary>
    public static readonly (string Sql, IReadOnlyDictionary<string, object?> Args) Unlimited = (
        "",
        new Dictionary<string, object?>(StringComparer.Ordinal)
    );

    /// <summary>Ways to sort it; the first is the usual one.</summary>
    public static readonly IReadOnlyList<string> Sorts = ["due", "newest", "sum"];

    /// <summary>
    /// What loses value next comes first, whatever it counts now; then what has none left, by when it was delivered;
    /// what is excluded, and has nothing to lose, last.
    /// </summary>
    private static ListOrder<Row> Order(string sort, DateTimeOffset now)
    {
        var delivered = ListOrder<Row>.By("c.delivered_at", row => row.DeliveredAt);
        var id = ListOrder<Row>.By("c.id", row => row.Id);
        if (sort == "newest")
            return new("waiting-newest", delivered.Down, id.Down);
        if (sort == "sum")
            return new("waiting-sum", ListOrder<Row>.By(CaseLists.Sum, row => row.AmountCents ?? 0).Down, id.Down)
            {
                Stretches = [CaseLists.OpenWithMerchant],
            };
        var full = "c.delivered_at + " + HoursSql.Full("c.delivered_at");
        var part = "c.delivered_at + " + HoursSql.Part("c.delivered_at");
        var step = ListOrder<Row>.By(
            $"case when {full} > @now then {full} when {part} >= @now then {part} else c.delivered_at end",
            row =>
                StepOf(DateTimeOffset.FromUnixTimeMilliseconds(row.DeliveredAt), now) is { } next
                    ? next.ToUnixTimeMilliseconds()
                    : row.DeliveredAt
        );
        return new("waiting", step, id)
        {
            Stretches = [$"{part} >= @now and not {Out}", $"{part} < @now and not {Out}", Out],
        };
    }

    // An excluded case, by the clock that alone runs in it.
    private const string Out = $"coalesce(c.due_kind, '') = '{Deadlines.Unanswered}'";

    private const string Select = """
        select c.id as Id, c.number as Number, c.problem as Problem, c.status as Status,
               c.amount_cents as AmountCents, c.delivered_at as DeliveredAt, c.side as Side,
               c.respondent as Respondent, c.due_kind as DueKind
        from complaints c
        """;

    /// <summary>One page of it.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    /// <param name="limits">Conditions beside that: of whoever works for some shops alone.</param>
    /// <returns>The cases, the cursor of the next page, and whether this is not the first.</returns>
    public static async Task<(IReadOnlyList<WaitingCase> Cases, string? Next, bool IsPaged)> Read(
        Store store,
        Guid merchant,
        string sort,
        string? cursor,
        (string Sql, IReadOnlyDictionary<string, object?> Args) limits,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var where = new Conditions()
            .And("c.status in ('delivered', 'unreached')" + limits.Sql, "merchant", merchant)
            .With("now", now.ToUnixTimeMilliseconds());
        foreach (var (name, value) in limits.Args)
            where.With(name, value);
        var order = Order(sort, now);
        var isPaged = order.GoOn(where, cursor);
        var (rows, next) = await order.Read(
            store,
            Select,
            where,
            Size,
            ct,
            [.. WhoseCase.ReachedLists.Select(list => new ListPart(list))]
        );
        var months = new MerchantMonths(store, merchant);
        var glimpses = await CaseGlimpse.Of(store, [.. rows.Select(r => r.Id)], Party.Respondent, ct);
        var cases = new List<WaitingCase>();
        foreach (var row in rows)
        {
            var delivered = DateTimeOffset.FromUnixTimeMilliseconds(row.DeliveredAt);
            var side = row.Side == Words.Of(Side.Merchant) ? Side.Merchant : Side.Consumer;
            // What runs until an answer runs in no case that is excluded.
            var opened =
                row.DueKind == Deadlines.Reply ? null : (await store.Load(ComplaintBook.Instance, row.Id, ct)).State;
            var excluded = opened?.Excluded;
            var effect =
                excluded is null && row.Respondent == merchant
                    ? AnswerEffect.Of(await months.Of(delivered, side, ct), delivered, now)
                    : null;
            cases.Add(
                new WaitingCase(
                    row.Id,
                    row.Number,
                    Names.Problem(row.Problem),
                    Words.Parse<Status>(row.Status) ?? Status.Delivered,
                    row.AmountCents is { } cents ? cents / 100m : null,
                    delivered,
                    excluded is null ? StepOf(delivered, now) : Deadlines.UnansweredAt(opened!),
                    side,
                    effect
                )
                {
                    Excluded = excluded,
                    Glimpse = glimpses.GetValueOrDefault(row.Id),
                }
            );
        }
        return (cases, next, isPaged);
    }

    /// <summary>What waits first beside a case that was just answered; null where nothing does.</summary>
    public static async Task<string?> NextAfter(
        Store store,
        Guid merchant,
        Guid answered,
        string limits,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var where = new Conditions()
            .And("c.status in ('delivered', 'unreached')" + limits, "merchant", merchant)
            .And("c.id <> @answered", "answered", answered)
            .With("now", now.ToUnixTimeMilliseconds());
        var (rows, _) = await Order(Sorts[0], now)
            .Read(store, Select, where, 1, ct, [.. WhoseCase.ReachedLists.Select(list => new ListPart(list))]);
        return rows is [var first, ..] ? first.Number : null;
    }

    /// <summary>
    /// This month's index of consumers' complaints now, and with a valid reply this minute to all that wait. What is
    /// taken out of the rating wins nothing by a reply, and is not among them.
    /// </summary>
    public static async Task<(long Cases, long? Now, long After)?> All(Store store, Guid merchant, CancellationToken ct)
    {
        var now = store.Now;
        var tally = await new MerchantMonths(store, merchant).Of(now, Side.Consumer, ct);
        var month = Period.Parse(Periods.Month(Shanghai.DayOf(now)), now).Event!;
        var delivered = await store.Query<long>(
            """
            select c.delivered_at from complaints c where c.respondent = @merchant and c.side = 'consumer'
              and c.status in ('delivered', 'unreached') and c.delivered_at >= @from and c.replied_at is null
              and not exists (select 1 from rating_cases r
                              where r.complaint = c.id and r.merchant = c.respondent and r.excluded is not null)
            limit @most
            """,
            new
            {
                merchant,
                from = month.From.ToUnixTimeMilliseconds(),
                most = Capped.Max + 1,
            },
            ct
        );
        // Nobody answers more than that in a minute.
        if (delivered.Count is 0 || delivered.Count > Capped.Max)
            return null;
        var after = AnswerEffect.OfAll(tally, [.. delivered.Select(DateTimeOffset.FromUnixTimeMilliseconds)], now);
        return after is { } index ? (delivered.Count, IndexOf(tally), index) : null;
    }

    /// <summary>
    /// What a valid answer this minute does to the index of the month a case was delivered in: as it stands, and with
    /// it, in thousandths. Null while the sums have not heard of the case; nothing stands where nothing counts yet.
    /// </summary>
    public static async Task<(long? Stands, long After)?> EffectOf(
        Store store,
        Guid merchant,
        DateTimeOffset delivered,
        Side side,
        CancellationToken ct
    )
    {
        var tally = await new MerchantMonths(store, merchant).Of(delivered, side, ct);
        return AnswerEffect.Of(tally, delivered, store.Now) is { } effect ? (IndexOf(tally), effect.IfNow) : null;
    }

    /// <summary>The index of a sum, in thousandths; null while nothing counts.</summary>
    internal static long? IndexOf(in Tally tally) =>
        tally.Valid == 0
            ? null
            : RatingIndex.Thousandths(
                tally.Valid,
                tally.Replied,
                tally.Tenths,
                tally.Scored,
                tally.ScoreMilli,
                Unscored.Zero
            );

    private static DateTimeOffset? StepOf(DateTimeOffset delivered, DateTimeOffset now)
    {
        var hours = ReplyHours.At(delivered);
        return delivered + hours.InFull > now ? delivered + hours.InFull
            : delivered + hours.InPart >= now ? delivered + hours.InPart
            : null;
    }
}
