using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// Cases of a published list that people decided otherwise since it was frozen. The list stays as it is; this is said
/// beside it until a correction is published.
/// </summary>
/// <param name="Exclusion">Taken out of the base.</param>
/// <param name="Inclusion">Taken into it again.</param>
/// <param name="Validity">A reply counts, or counts no more.</param>
/// <param name="Contest">Contested with success.</param>
public sealed record LaterDecisions(long Exclusion, long Inclusion, long Validity, long Contest)
{
    private static readonly LaterDecisions None = new(0, 0, 0, 0);

    /// <summary>As "2 excluded, 1 included again".</summary>
    public string Words() =>
        string.Join(
            Texts.T("say.list"),
            new[]
            {
                ("later.exclusion", Exclusion),
                ("later.inclusion", Inclusion),
                ("later.validity", Validity),
                ("later.contest", Contest),
            }
                .Where(ground => ground.Item2 > 0)
                .Select(ground => Texts.T(ground.Item1, Say.Count(ground.Item2)))
        );

    /// <summary>All of several merchants; null where there is none.</summary>
    public static LaterDecisions? Sum(IEnumerable<LaterDecisions> all)
    {
        var sum = all.Aggregate(None, (one, other) => one + other);
        return sum == None ? null : sum;
    }

    /// <summary>Both together.</summary>
    public static LaterDecisions operator +(LaterDecisions one, LaterDecisions other) =>
        new(
            one.Exclusion + other.Exclusion,
            one.Inclusion + other.Inclusion,
            one.Validity + other.Validity,
            one.Contest + other.Contest
        );

    /// <summary>Those of a published list, a sector's included: by merchant, also of those below its minimum.</summary>
    public static async Task<IReadOnlyDictionary<Guid, LaterDecisions>> Read(
        Store store,
        ListRequest asked,
        RatingList list,
        CancellationToken ct
    )
    {
        var merchants = await RatedMerchants.Read(store, asked.Sector, asOf: null, ct);
        var all = await Read(store, asked.Period, asked.Side, list.AsOf, merchants, only: null, ct);
        var rows = list.Rows.Select(row => row.MerchantId).ToHashSet();
        return all.Where(one => rows.Contains(one.Key) || merchants.IsIn(one.Key)).ToDictionary();
    }

    /// <summary>By the merchant the cases count for.</summary>
    /// <param name="asOf">When the list was frozen.</param>
    /// <param name="only">Cases of these entries alone; null for all.</param>
    public static async Task<IReadOnlyDictionary<Guid, LaterDecisions>> Read(
        Store store,
        Period period,
        Side side,
        DateTimeOffset asOf,
        RatedMerchants merchants,
        IReadOnlyList<Guid>? only,
        CancellationToken ct
    )
    {
        // Few: whatever a human decided is marked, and of these only what moved since is folded again.
        var now = await store.Query<CaseRow>(
            $"""
            select {CaseRow.Columns} from rating_cases
            where side = @side and day >= @from and day < @until and touched <> 0 and changed_at > @asOf
              {(only is null ? "" : "and merchant in @only")}
            """,
            new
            {
                side = CaseRow.SideWord(side),
                from = Cells.DayOf(period.From),
                until = Cells.DayOf(period.Until),
                asOf = asOf.ToUnixTimeMilliseconds(),
                only,
            },
            ct
        );
        var told = new Dictionary<Guid, LaterDecisions>();
        foreach (var complaint in now.GroupBy(row => row.Complaint))
        {
            var then = (await RatingsListener.FoldOne(store, complaint.Key, asOf, ct)).ToDictionary(r => r.PublicId);
            foreach (var row in complaint)
            {
                if (!then.TryGetValue(row.PublicId, out var before) || Between(before, row) is not { } decided)
                    continue;
                var root = merchants.Root(row.Merchant);
                told[root] = told.GetValueOrDefault(root, None) + decided;
            }
        }
        return told;
    }

    private static LaterDecisions? Between(CaseRow then, CaseRow now)
    {
        bool Is(Touches ground) => ((Touches)now.Touched).HasFlag(ground);
        if (then.Excluded is null && now.Excluded is not null)
        {
            if (now.Excluded == RatingFacts.Contested)
                return None with { Contest = 1 };
            return Is(Touches.Exclusion) ? None with { Exclusion = 1 } : null;
        }
        if (then.Excluded is not null && now.Excluded is null)
            return None with { Inclusion = 1 };
        return Is(Touches.Validity) && (then.ValidReply != now.ValidReply || then.RepliedAt != now.RepliedAt)
            ? None with
            {
                Validity = 1,
            }
            : null;
    }
}
