using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A case of a list of which people decided something, and on what ground.</summary>
/// <param name="MerchantId">The merchant it counts for.</param>
/// <param name="Grounds">validity, exclusion, contest: those of the counts beside the list.</param>
/// <param name="ValidReply">A reply counts.</param>
/// <param name="Excluded">Why it is out of the base, as the open data say; null where it is in it.</param>
public sealed record DecidedCase(
    Guid MerchantId,
    string Merchant,
    DateTimeOffset DeliveredAt,
    DateTimeOffset? RepliedAt,
    IReadOnlyList<string> Grounds,
    bool ValidReply,
    string? Excluded
)
{
    /// <summary>Its place in the list of them, whatever is filtered: what one can refer to, for cases have no number in
    /// open data.</summary>
    public int No { get; init; }
}

/// <summary>
/// 经人工判断的案件: the formula knows no human factor, so every case in which people decided what it counts stands here
/// one by one, as the list was frozen with it. Nothing here is in no other open table: who complained, what was said
/// and how it was scored are not.
/// </summary>
public static class DecidedCases
{
    private static readonly (Touches Ground, string Word)[] Grounds =
    [
        (Touches.Validity, "validity"),
        (Touches.Exclusion, "exclusion"),
        (Touches.Contest, "contest"),
    ];

    /// <summary>Those of a published list, by the hour they were delivered.</summary>
    /// <param name="list">As it was frozen.</param>
    public static async Task<IReadOnlyList<DecidedCase>> Read(
        Store store,
        ListRequest asked,
        RatingList list,
        CancellationToken ct
    )
    {
        var merchants = await RatedMerchants.Read(store, asked.Sector, list.AsOf, ct);
        var now = await store.Query<CaseRow>(
            $"""
            select {CaseRow.Columns} from rating_cases
            where side = @side and day >= @from and day < @until and touched <> 0
            """,
            new
            {
                side = CaseRow.SideWord(asked.Side),
                from = Cells.DayOf(asked.Period.From),
                until = Cells.DayOf(asked.Period.Until),
            },
            ct
        );
        // What moved since the list was frozen is folded again as it stood then.
        var frozen = now.Where(row => row.ChangedAt <= list.AsOf.ToUnixTimeMilliseconds()).ToList();
        foreach (var complaint in now.Except(frozen).GroupBy(row => row.Complaint))
        {
            var shown = complaint.Select(row => row.PublicId).ToHashSet();
            var then = await RatingsListener.FoldOne(store, complaint.Key, list.AsOf, ct);
            frozen.AddRange(then.Where(row => shown.Contains(row.PublicId) && row.Touched != 0));
        }
        return
        [
            .. frozen
                .Select(row => (Row: row, Root: merchants.Root(row.Merchant)))
                .Where(one => merchants.IsIn(one.Root))
                .OrderBy(one => one.Row.DeliveredAt)
                .ThenBy(one => one.Root)
                .Select((one, n) => Of(one.Row, one.Root, merchants) with { No = n + 1 }),
        ];
    }

    /// <summary>Why a case is out of the base, in words; open data and CSV have the code.</summary>
    public static string WhyOut(string code) =>
        Taxonomies.Taxonomies.Current.Reasons.FirstOrDefault(r => r.Parent == "exclude" && r.Code == code) is { } ground
            ? Names.Of(ground)
        : Texts.All.ContainsKey("ratings.out." + code) ? Texts.T("ratings.out." + code)
        : code;

    private static DecidedCase Of(CaseRow row, Guid root, RatedMerchants merchants)
    {
        var one = row.ToCase(root);
        var grounds = Grounds.Where(ground => one.Touched.HasFlag(ground.Ground)).Select(ground => ground.Word);
        return new DecidedCase(
            root,
            merchants[root].Name,
            one.DeliveredAt,
            one.RepliedAt,
            [.. grounds],
            one.ValidReply,
            one.Excluded
        );
    }
}
