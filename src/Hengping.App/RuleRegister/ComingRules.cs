using Hengping.App.Platform;
using Hengping.Rules.Clocks;

namespace Hengping.App.RuleRegister;

/// <summary>A change of a rule that everybody can still speak to or leave for.</summary>
/// <param name="AskedUntil">Last day of the consultation; null once it is announced.</param>
/// <param name="InForceOn">First day in force; null while opinions are asked for.</param>
/// <param name="IsNew">Nothing held before it.</param>
public sealed record ComingRule(
    Guid Rule,
    int Version,
    string TitleZh,
    string TitleEn,
    DateOnly? AskedUntil,
    DateOnly? InForceOn,
    bool IsNew
)
{
    /// <summary>Where it is read: word by word against what holds now.</summary>
    public string Address => IsNew ? $"/rules/{Rule:D}?version={Version}" : $"/rules/{Rule:D}/changes?to={Version}";
}

/// <summary>即将变化的规则: what is announced, or open for opinions, the soonest first (令116 arts. 10, 12).</summary>
public static class ComingRules
{
    private sealed record Row(
        Guid Rule,
        long Version,
        string TitleZh,
        string TitleEn,
        string? Until,
        string? InForceOn,
        bool IsNew
    );

    /// <summary>At most so many; none of those that only read differently.</summary>
    public static async Task<IReadOnlyList<ComingRule>> Read(Store store, int most, CancellationToken ct)
    {
        var rows = await store.Query<Row>(
            """
            select v.rule as Rule, v.version as Version, v.title_zh as TitleZh, v.title_en as TitleEn,
                   v.consultation_until as Until, v.in_force_on as InForceOn,
                   not exists (select 1 from rule_versions b where b.rule = v.rule and b.version < v.version
                     and not b.withdrawn and b.in_force_on is not null) as IsNew
            from rule_versions v
            where not v.withdrawn and not v.technical and coalesce(v.in_force_on, v.consultation_until) >= @today
              and (v.in_force_on is null or v.in_force_on > @today)
            order by coalesce(v.in_force_on, v.consultation_until), v.rule, v.version limit @most
            """,
            new { today = ClausesInForce.Day(Shanghai.DayOf(store.Now)), most },
            ct
        );
        return
        [
            .. rows.Select(row => new ComingRule(
                row.Rule,
                (int)row.Version,
                row.TitleZh,
                row.TitleEn,
                row.InForceOn is null && row.Until is { } until ? RuleView.DayOf(until) : null,
                row.InForceOn is { } day ? RuleView.DayOf(day) : null,
                row.IsNew
            )),
        ];
    }
}
