using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;

namespace Hengping.App.Ratings;

/// <summary>
/// What to expect of a merchant with a kind of problem, from its latest cases that count: how many were answered, how
/// fast; and how many of the claimants who said so call it solved, with whatever problem: of one kind alone that would
/// tell what a single one said. Counts of events only, no person.
/// </summary>
/// <param name="Cases">Cases that count and are not pending: answered, or past their hours.</param>
/// <param name="Replied">Of these with a valid reply; null below five cases.</param>
/// <param name="MedianHours">
/// Median of delivery to first valid reply in whole hours, half away from zero; null below five known instants.
/// </param>
/// <param name="Said">Claimants who said whether it was solved.</param>
/// <param name="Solved">Of these who said yes; null below five.</param>
/// <param name="IsLatestOnly">There are older ones beyond <see cref="CasesMax"/>, which are left out.</param>
public sealed record Expectation(
    long Cases,
    long? Replied,
    long? MedianHours,
    long Said,
    long? Solved,
    bool IsLatestOnly
)
{
    /// <summary>Fewer say nothing about the next one.</summary>
    public const int CasesMin = 5;

    /// <summary>
    /// The latest say more about the next one than old ones, and are read at once in a store of any size.
    /// </summary>
    public const int CasesMax = 1_000;

    private const long HourMs = 3_600_000;

    private sealed record Lived(long DeliveredAt, long? RepliedAt, bool ValidReply);

    /// <summary>Reads it for a merchant and those merged into it.</summary>
    /// <param name="problem">A code of the taxonomy.</param>
    /// <param name="side">consumer or merchant.</param>
    /// <returns>Null where there is no such merchant.</returns>
    public static async Task<Expectation?> Read(
        Store store,
        Guid merchant,
        string problem,
        string side,
        CancellationToken ct
    )
    {
        var under = await Under(store, merchant, ct);
        if (under.Count == 0)
            return null;
        var latest = await store.Query<Lived>(
            """
            select delivered_at as DeliveredAt, replied_at as RepliedAt, valid_reply as ValidReply
            from rating_cases
            where merchant in @under and side = @side and problem = @problem and excluded is null
            order by delivered_at desc limit @limit
            """,
            new
            {
                under,
                side,
                problem,
                limit = CasesMax + 1,
            },
            ct
        );
        var ends = side == "consumer" ? await LiveLists.Ends(store, under, from: long.MinValue, ct) : null;
        return Of([.. latest.Take(CasesMax)], latest.Count > CasesMax, ends ?? new ShownEnds(0, 0, 0), store.Now);
    }

    /// <summary>In one sentence, in the reader's language.</summary>
    public string Sentence()
    {
        if (Replied is not { } replied)
            return Texts.T("expect.few");
        var answered = MedianHours is { } hours
            ? Texts.T("expect.median", Say.Count(Cases), Say.Count(replied), Say.Many("say.hours", hours))
            : Texts.T("expect.answered", Say.Count(Cases), Say.Count(replied));
        var solved = Solved is { } yes ? Texts.T("expect.solved", Say.Count(Said), Say.Count(yes)) : "";
        return Texts.T(IsLatestOnly ? "expect.latest" : "expect.here", answered + solved);
    }

    private static Expectation Of(IReadOnlyList<Lived> latest, bool isLatestOnly, ShownEnds ends, DateTimeOffset now)
    {
        // An unanswered one inside its hours says nothing yet, as in every live view.
        var at = now.ToUnixTimeMilliseconds();
        var told = latest.Where(c => c.ValidReply || c.DeliveredAt + ReplyHours.At(c.DeliveredAt).PartMs < at).ToList();
        var waits = told.Where(c => c.RepliedAt is not null).Select(c => c.RepliedAt!.Value - c.DeliveredAt).ToList();
        return new Expectation(
            told.Count,
            told.Count < CasesMin ? null : told.Count(c => c.ValidReply),
            waits.Count < CasesMin ? null : Hours(Median(waits)),
            ends.Asked,
            ends.Asked < CasesMin ? null : ends.Solved,
            isLatestOnly
        );
    }

    /// <summary>The middle one, or the mean of the middle two.</summary>
    private static decimal Median(List<long> waits)
    {
        waits.Sort();
        return (waits[(waits.Count - 1) / 2] + waits[waits.Count / 2]) / 2m;
    }

    private static long Hours(decimal milliseconds) =>
        (long)Math.Round(milliseconds / HourMs, MidpointRounding.AwayFromZero);

    /// <summary>The entries whose cases count for a merchant: those of the whole chain it was merged in.</summary>
    private static Task<IReadOnlyList<Guid>> Under(Store store, Guid merchant, CancellationToken ct) =>
        store.Query<Guid>(
            """
            with recursive
            up (id, into_id) as (
              select id, merged_into from merchants where id = @merchant
              union select m.id, m.merged_into from merchants m join up on m.id = up.into_id
            ),
            under (id) as (
              select id from up where into_id is null
              union select m.id from merchants m join under on m.merged_into = under.id
            )
            select id from under
            """,
            new { merchant },
            ct
        );
}
