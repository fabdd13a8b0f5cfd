using System.Text;
using Dapper;
using Hengping.App;
using Hengping.App.Bench;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Search finds all that a scan finds: two to four characters out of what 6,000 cases say, with and without the list's
/// filters, page after page, in the order of the list.
/// </summary>
public sealed class SearchScan
{
    private const int Cases = 6_000;
    private const int Queries = 42;
    private const int PagesMax = 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Said(
        Guid Id,
        string Status,
        Guid? Respondent,
        string Sector,
        string Problem,
        long FiledAt,
        string Name,
        string Words
    );

    private sealed record Row(
        Guid Id,
        string Status,
        Guid? Respondent,
        string Sector,
        string Problem,
        long FiledAt,
        string Name
    );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task All_that_a_scan_finds_is_found(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        await BulkCases.Load(store, Cases, Ct);
        await store.Write((db, tx) => db.ExecuteAsync("delete from checkpoints where name = 'search'", null, tx), Ct);
        await Listening.CatchUp(store, [new CaseSearchListener(store)], Ct);
        var all = await Scan(store);
        all.Count.ShouldBe(Cases);

        var random = new Random(6_000);
        var staff = new Caller(Guid.NewGuid(), Role.Mediator, null, "王调解");
        var (found, filtered) = (0, 0);
        for (var n = 0; n < Queries; n++)
        {
            var one = all[random.Next(all.Count)];
            var words = one.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= 2).ToList();
            var word = words[random.Next(words.Count)];
            var length = Math.Min(word.Length, random.Next(2, 5));
            var start = random.Next(word.Length - length + 1);
            var wanted = new ListComplaints.Wanted { Q = word.Substring(start, length) };
            var month = DateTimeOffset.FromUnixTimeMilliseconds(one.FiledAt).AddHours(-5);
            wanted = (n % 7) switch
            {
                1 => wanted with { Respondent = one.Respondent },
                2 => wanted with { Status = [Words.Parse<Status>(one.Status)!.Value] },
                3 => wanted with { Sector = one.Sector, Sort = "filed" },
                4 => wanted with { Problem = one.Problem, Status = [Words.Parse<Status>(one.Status)!.Value] },
                5 => wanted with { From = month, To = month.AddHours(10), Respondent = one.Respondent },
                6 => wanted with { Sector = one.Sector, Problem = one.Problem, Sort = "due" },
                _ => wanted,
            };
            var there = all.Where(said =>
                    (said.Words + '\n' + said.Name).Contains(wanted.Q!, StringComparison.Ordinal)
                    && (wanted.Respondent is null || wanted.Respondent == said.Respondent)
                    && (wanted.Status.Count == 0 || said.Status == one.Status)
                    && (wanted.Sector is null || said.Sector == wanted.Sector)
                    && (wanted.Problem is null || said.Problem == wanted.Problem)
                    && (wanted.From is null || said.FiledAt >= wanted.From.Value.ToUnixTimeMilliseconds())
                    && (wanted.To is null || said.FiledAt < wanted.To.Value.ToUnixTimeMilliseconds())
                )
                .Select(said => said.Id)
                .ToList();
            if (wanted.Sort == "filed")
                there.Reverse();
            var pages = await Pages(store, staff, wanted);
            var isThere =
                wanted.Sort == "due"
                    ? pages.Count == Math.Min(there.Count, PagesMax * wanted.Size) && !pages.Except(there).Any()
                    : pages.SequenceEqual(there.Take(PagesMax * wanted.Size));
            isThere.ShouldBeTrue($"{n}, {wanted.Q}: {pages.Count} of {there.Count}");
            found += pages.Count;
            filtered += n % 7 > 0 ? pages.Count : 0;
        }
        found.ShouldBeGreaterThan(Queries * 5);
        filtered.ShouldBeGreaterThan(Queries);
    }

    private static async Task<List<Guid>> Pages(Store store, Caller staff, ListComplaints.Wanted wanted)
    {
        var ids = new List<Guid>();
        for (var page = 0; page < PagesMax; page++)
        {
            var read = await ListComplaints.Of(store, staff, wanted, Ct);
            ids.AddRange(read.Items.Select(item => item.Id));
            if (read.Cursor is null)
                break;
            wanted = wanted with { Cursor = read.Cursor };
        }
        return ids;
    }

    /// <summary>What each case says, newest first.</summary>
    private static async Task<List<Said>> Scan(Store store)
    {
        var rows = await store.Query<Row>(
            """
            select c.id as Id, c.status as Status, c.respondent as Respondent, c.sector as Sector,
                   c.problem as Problem, c.filed_at as FiledAt, coalesce(m.name, '') as Name from complaints c
            left join merchants m on m.id = c.respondent order by c.filed_at desc, c.id desc
            """,
            null,
            Ct
        );
        var all = new List<Said>(rows.Count);
        foreach (var row in rows)
        {
            var text = new StringBuilder();
            foreach (var one in await store.ReadStory(ComplaintBook.Instance, row.Id, Ct))
                CaseText.AppendTo(text, one.Event);
            all.Add(
                new Said(
                    row.Id,
                    row.Status,
                    row.Respondent,
                    row.Sector,
                    row.Problem,
                    row.FiledAt,
                    row.Name,
                    BlindCodes.Normal(text.ToString())
                )
            );
        }
        return all;
    }
}
