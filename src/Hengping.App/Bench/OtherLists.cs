using Dapper;
using Hengping.App.Platform;
using Hengping.World;

namespace Hengping.App.Bench;

/// <summary>
/// Reports, measures and appeals, one for so many cases, as the rows that their lists read: nothing but lists asks for
/// them here.
/// </summary>
internal static class OtherLists
{
    private const int CasesOfReport = 40;
    private const int CasesOfMeasure = 60;
    private const int AtOnce = 5_000;
    private const long Day = 86_400_000;

    /// <summary>Fills them.</summary>
    public static async Task Fill(Store store, int cases, CancellationToken ct)
    {
        var merchants = await store.Query<Guid>("select id from merchants order by name, id", null, ct);
        await Put(store, Reports, cases / CasesOfReport, i => Report(store, merchants, i), ct);
        await Put(store, Measures, cases / CasesOfMeasure, i => Measure(store, merchants, i), ct);
        await Put(store, Appeals, cases / CasesOfMeasure / 10, i => Appeal(store, merchants, i), ct);
    }

    private static async Task Put(Store store, string sql, int count, Func<int, object> row, CancellationToken ct)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
            await store.Write((db, tx) => db.ExecuteAsync(sql, some.Select(row), tx), ct);
    }

    private const string Reports = """
        insert into reports (id, number, status, anonymous, breach, respondent, received_at, due_at, due_kind, ended_at,
                             extended, erased, version, provisional, contact_print)
        values (@id, @number, @status, @no, 'other', @merchant, @at, @due, 'tell', @ended, @no, @no, 1, @no, '')
        """;

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

    private static object Report(Store store, IReadOnlyList<Guid> merchants, int index)
    {
        var (chance, at) = Begun(store, "report", index);
        var isOver = chance.Hits(0.9);
        return new
        {
            id = chance.Id(store.Now),
            number = "R" + index,
            status = isOver ? "breachFound" : "received",
            merchant = chance.Pick(merchants),
            at,
            due = isOver ? null : (long?)(at + (30 * Day)),
            ended = isOver ? (long?)(at + (20 * Day)) : null,
            no = false,
        };
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
