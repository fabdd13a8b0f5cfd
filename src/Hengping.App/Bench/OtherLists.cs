using Dapper;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;
using Hengping.World;

namespace Hengping.App.Bench;

/// <summary>
/// Reports, measures and appeals, one for so many cases. The last two are the rows that their lists read and no more:
/// nothing but lists asks for them here.
/// </summary>
internal static class OtherLists
{
    private const int CasesOfReport = 40;
    private const int CasesOfMeasure = 60;
    private const int AtOnce = 5_000;
    private const int ReportsAtOnce = 250;
    private const long Day = 86_400_000;

    /// <summary>Fills them.</summary>
    public static async Task Fill(Store store, int cases, CancellationToken ct)
    {
        var merchants = await store.Query<Guid>("select id from merchants order by name, id", null, ct);
        foreach (var some in Enumerable.Range(0, cases / CasesOfReport).Chunk(ReportsAtOnce))
            await store.Append(new Commit([.. some.Select(i => Report(store, merchants, i))]), ct);
        await Put(store, Measures, cases / CasesOfMeasure, i => Measure(store, merchants, i), ct);
        await Put(store, Appeals, cases / CasesOfMeasure / 10, i => Appeal(store, merchants, i), ct);
    }

    private static async Task Put(Store store, string sql, int count, Func<int, object> row, CancellationToken ct)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
            await store.Write((db, tx) => db.ExecuteAsync(sql, some.Select(row), tx), ct);
    }

    private const string Measures = """
        insert into measures (id, number, kind, form, status, reason, merchant, target_kind, rule, rule_version, clause,
                              facts_on, source, detected, automation, urgent, proposed_by, proposed_at, signed_at,
                              ended_at, overdue, human_due, appealed, public_at, due_at, erased, version, provisional)
        values (@id, @number, 'campaignBarred', 'decision', @status, 'counterfeit', @merchant, 'listing', @id, 1, '1',
                '2026-01-01', 'own', @no, 'none', @no, @id, @at, @at, @ended, @no, @no, @no, @at, @due, @no,
                1, @no)
        """;

    private const string Appeals = """
        insert into appeals (id, target_kind, target, merchant, status, safety, begun_at, submitted_at, due_at, place,
                             late, look, erased, version, provisional)
        values (@id, 'measure', @id, @merchant, 'submitted', @no, @at, @at, @due, 1, @no, @no, @no, 1, @no)
        """;

    // Pages of reports open each of them.
    private static Change Report(Store store, IReadOnlyList<Guid> merchants, int index)
    {
        var (chance, began) = Begun(store, "report", index);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(began);
        var filed = new ReportEvent.Filed(
            CaseNumber.From(chance.Bits()),
            IsAnonymous: true,
            chance.Pick(Taxonomies.Taxonomies.Current.Breaches).Code,
            chance.Pick(merchants),
            Reporter: null,
            Evidence: [],
            TellBy: null,
            VerifyBy: at.AddDays(90)
        )
        {
            Story = new ReportStory("标价一百元，结账时收一百二十元。", RespondentName: null),
        };
        List<Stamped<ReportEvent>> story = [new(filed, at, "bench")];
        if (chance.Hits(0.9))
        {
            story.Add(new(new ReportEvent.Accepted(), at, "bench"));
            story.Add(
                new(new ReportEvent.Concluded(ReportStatus.NotFound, Measure: null, Authority: null), at, "bench")
            );
        }
        return store.Change(ReportBook.Instance, new Loaded<Report>(chance.Id(at), 0, 0, null), story);
    }

    private static object Measure(Store store, IReadOnlyList<Guid> merchants, int index)
    {
        var (chance, at) = Begun(store, "measure", index);
        var isOver = chance.Hits(0.7);
        return new
        {
            id = chance.Id(store.Now),
            number = "M" + index,
            status = isOver ? "ended" : "inForce",
            merchant = chance.Hits(0.4) ? merchants[0] : chance.Pick(merchants),
            at,
            due = (long?)null,
            ended = isOver ? (long?)(at + (20 * Day)) : null,
            no = false,
        };
    }

    private static object Appeal(Store store, IReadOnlyList<Guid> merchants, int index)
    {
        var (chance, at) = Begun(store, "appeal", index);
        return new
        {
            id = chance.Id(store.Now),
            merchant = chance.Pick(merchants),
            at,
            due = (long?)(at + (30 * Day)),
            no = false,
        };
    }

    private static (Chance, long At) Begun(Store store, string what, int index)
    {
        var chance = new Chance(23, what, index);
        return (chance, store.Now.ToUnixTimeMilliseconds() - (long)(chance.Part() * 330 * Day));
    }
}
