using Hengping.App.Platform;

namespace Hengping.App.Merchants;

/// <summary>承诺未履行: settlements a merchant did not perform, but for those a mediator found performed.</summary>
public static class BrokenPromises
{
    /// <summary>How many, of an entry and those merged into it.</summary>
    public static Task<long> Of(Store store, IReadOnlyList<Guid> merchants, CancellationToken ct) =>
        store.First<long>(
            """
            select coalesce(cast(sum(not_performed) as bigint), 0) from complaints
            where respondent in @merchants and not_performed > 0
            """,
            new { merchants },
            ct
        );
}
