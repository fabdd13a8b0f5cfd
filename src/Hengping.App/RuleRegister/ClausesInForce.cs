using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>A clause as a measure shows it.</summary>
/// <param name="TitleZh">Of the rule, in that version.</param>
/// <param name="Zh">The clause, without markup and its number.</param>
public sealed record ClauseShown(ClauseRef Ref, string TitleZh, string TitleEn, string Zh, string En)
{
    /// <summary>Where everybody reads it.</summary>
    public string Address => Ref.Address;
}

/// <summary>For other rooms: which clause a measure may cite for facts of which Shanghai day.</summary>
public static class ClausesInForce
{
    private const string Select = """
        select c.rule as Rule, c.version as Version, c.clause as Clause,
               v.title_zh as TitleZh, v.title_en as TitleEn, c.zh as Zh, c.en as En
        from rule_clauses c join rule_versions v on v.rule = c.rule and v.version = c.version
        """;

    /// <summary>SQL about <c>v</c>: it was in force on the day <c>@on</c>, and no later one was.</summary>
    internal const string InForce = """
        not v.withdrawn and v.in_force_on <= @on and not exists (
          select 1 from rule_versions l where l.rule = v.rule and not l.withdrawn and l.in_force_on <= @on
            and (l.in_force_on, l.version) > (v.in_force_on, v.version))
        """;

    /// <summary>SQL about <c>v</c>: a measure may cite it for facts of the day <c>@on</c> (<see
    /// cref="PlatformRule.Citable"/>).</summary>
    private const string Citable = $"{InForce} and (not v.recorded or v.recorded_on <= @on)";

    private sealed record Row(
        Guid Rule,
        long Version,
        string Clause,
        string TitleZh,
        string TitleEn,
        string Zh,
        string En
    )
    {
        public ClauseShown Shown =>
            new(
                new ClauseRef(Rule, (int)Version, Clause),
                TitleZh,
                TitleEn,
                RuleText.WithoutNumber(Clause, Zh),
                RuleText.WithoutNumber(Clause, En)
            );
    }

    /// <summary>The clause of the version in force on that day; null where there was none, or where it was recorded
    /// after that day.</summary>
    public static async Task<ClauseShown?> Find(
        Store store,
        Guid rule,
        string clause,
        DateOnly on,
        CancellationToken ct
    ) =>
        (
            await store.First<Row>(
                $"{Select} where c.rule = @rule and c.clause = @clause and {Citable}",
                new
                {
                    rule,
                    clause,
                    on = Day(on),
                },
                ct
            )
        )?.Shown;

    /// <summary>The clause itself, whatever became of its version; null where there is none.</summary>
    public static async Task<ClauseShown?> Of(Store store, ClauseRef clause, CancellationToken ct) =>
        (
            await store.First<Row>(
                $"{Select} where c.rule = @Rule and c.version = @Version and c.clause = @Clause",
                clause,
                ct
            )
        )?.Shown;

    /// <summary>Every clause that may be cited for that day, to choose from; how appeals go comes last.</summary>
    public static async Task<IReadOnlyList<ClauseShown>> All(Store store, DateOnly on, CancellationToken ct) =>
        [
            .. (
                await store.Query<Row>(
                    $"""
                    {Select} join rules r on r.id = c.rule where {Citable} and c.clause <> '0'
                    order by case when r.topic = 'appeals' then 1 else 0 end, v.title_zh, c.rule, c.position
                    """,
                    new { on = Day(on) },
                    ct
                )
            ).Select(row => row.Shown),
        ];

    /// <summary>A day as the tables hold it.</summary>
    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
