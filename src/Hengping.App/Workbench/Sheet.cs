using System.Globalization;
using System.Text;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;

namespace Hengping.App.Workbench;

/// <summary>One case of a period as the index uses it.</summary>
/// <param name="Number">Of the case; empty for a shop the reader does not work for. The public id of the open data is
/// left out: no score is told by it.</param>
/// <param name="Hours">Delivery to first valid reply, whole hours begun; null without one.</param>
/// <param name="IsPending">Still inside its hours: not in the base yet.</param>
/// <param name="Excluded">Why it is out of the base, as the public case file says.</param>
public sealed record SheetLine(
    string Number,
    DateTimeOffset DeliveredAt,
    DateTimeOffset? RepliedAt,
    long? Hours,
    Answered Answered,
    bool ValidReply,
    bool IsPending,
    string? Excluded
)
{
    /// <summary>It is in the base.</summary>
    public bool Counts => !IsPending && Excluded is null;

    /// <summary>Tenths of timeliness, where it is in the base.</summary>
    public int Tenths => RatingIndex.TenthsOf(Answered);
}

/// <summary>
/// 计入表: the merchant's cases of a period, one by one as they are now, and their sums. A respondent never sees one
/// case's score (rules.md §2): scores stand in the sums alone, as live views show them.
/// </summary>
/// <param name="Lines">Those delivered last, as many as were asked for.</param>
/// <param name="Tally">Sums over all cases, with the scores that live views show.</param>
/// <param name="Row">The row that a list makes of these sums.</param>
/// <param name="All">Cases of the period, with those that do not count.</param>
public sealed record Sheet(IReadOnlyList<SheetLine> Lines, Tally Tally, RatingRow Row, long All)
{
    private sealed record Numbered(Guid Id, string Number);

    // Days of a merchant's cases, as SQL asks for them.
    private sealed record Span(IReadOnlyList<Guid> Under, string Side, long From, long Until, int Most);

    /// <summary>Reads it, what was delivered last on top.</summary>
    /// <param name="most">Lines at the most; the sums are of all cases.</param>
    public static async Task<Sheet> Read(
        Store store,
        ListRequest asked,
        RatedMerchants merchants,
        Caller reader,
        int most,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var merchant = reader.Merchant!.Value;
        var of = new Span(
            merchants.Under(merchant),
            CaseRow.SideWord(asked.Side),
            Cells.DayOf(asked.Period.From),
            Cells.DayOf(asked.Period.Until),
            most
        );
        of = of with { From = await Since(store, of, ct) };
        var rows = await store.Query<CaseRow>(
            $"""
            select {CaseRow.Columns} from rating_cases
            where merchant in @Under and side = @Side and day >= @From and day < @Until
            order by delivered_at desc, public_id limit @Most
            """,
            of,
            ct
        );
        var numbers = await store.Query<Numbered>(
            $"""
            select c.id as Id, c.number as Number from complaints c
            join rating_cases r on r.complaint = c.id
            where r.merchant in @Under and r.side = @Side and r.day >= @From and r.day < @Until
              {ShopLimits.Sql(reader)}
            """,
            of,
            ct
        );
        var numberOf = numbers.DistinctBy(n => n.Id).ToDictionary(n => n.Id, n => n.Number);
        var lines = rows.Select(row => Line(row.ToCase(merchant), numberOf.GetValueOrDefault(row.Complaint, ""), now));
        var tally = await ExactLists.AnswersOf(store, asked, merchants, merchant, ct);
        var all = tally.Valid + tally.Pending + tally.Excluded;
        tally.Add(await LiveLists.ScoresOf(store, asked, of.Under, ct));
        return new Sheet([.. lines], tally, RatingList.RowOf(tally, merchants[merchant], asked.Policy), all);
    }

    // A day that has the last of them behind it: a big merchant has thousands a month.
    private static async Task<long> Since(Store store, Span of, CancellationToken ct)
    {
        var since = of.From;
        foreach (var one in of.Under)
        {
            var day = await store.First<long?>(
                """
                select day from rating_cases where merchant = @one and side = @Side and day >= @From and day < @Until
                order by day desc limit 1 offset @Most
                """,
                new
                {
                    one,
                    of.Side,
                    of.From,
                    of.Until,
                    of.Most,
                },
                ct
            );
            since = Math.Max(since, day ?? since);
        }
        return since;
    }

    /// <summary>CSV with a header, one line a case, UTF-8 with a mark so that Excel reads it.</summary>
    public byte[] ToCsv()
    {
        const string head = "number,deliveredAt,repliedAt,hours,timeliness,validReply,counts,excluded\n";
        var text = new StringBuilder("\uFEFF" + head);
        foreach (var line in Lines)
            text.Append(line.Number)
                .Append(',')
                .Append(CaseFile.Write(line.DeliveredAt))
                .Append(',')
                .Append(line.RepliedAt is { } at ? CaseFile.Write(at) : "")
                .Append(',')
                .Append(line.Hours?.ToString(CultureInfo.InvariantCulture))
                .Append(',')
                .Append(line.Counts ? (line.Tenths / 10m).ToString("0.0", CultureInfo.InvariantCulture) : "")
                .Append(',')
                .Append(line.ValidReply ? "true" : "false")
                .Append(',')
                .Append(line.Counts ? "true" : "false")
                .Append(',')
                .Append(line.IsPending ? "pending" : line.Excluded)
                .Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static SheetLine Line(RatingCase one, string number, DateTimeOffset now) =>
        new(
            number,
            one.DeliveredAt,
            one.RepliedAt,
            one.ValidReply && one.RepliedAt is { } at ? (long)Math.Ceiling((at - one.DeliveredAt).TotalHours) : null,
            one.Answered,
            one.ValidReply,
            one.IsPending(now),
            one.Excluded
        );
}
