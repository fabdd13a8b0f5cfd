using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.RuleRegister;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.RuleRegister;

/// <summary>Opinions on drafts as current rows. Each has a key of its own.</summary>
public sealed class OpinionBook : Book<RuleOpinion, OpinionEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly OpinionBook Instance = new();

    private sealed record Row(Guid Id, RuleOpinion Of);

    private static readonly Table<Row> Opinions = new(
        "rule_opinions",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("rule", ColumnType.Guid, r => r.Of.Rule),
            ("version", Long, r => r.Of.Version),
            ("clause", Text, r => r.Of.Clause),
            ("account", ColumnType.Guid, r => r.Of.Account),
            ("given_at", Long, r => r.Of.At),
            ("ended_at", Long, r => Shanghai.EndOf(r.Of.Until)),
            ("outcome", Text, r => r.Of.Outcome),
            ("answer", Text, r => r.Of.Answer),
            ("shut", Bool, r => r.Of.IsShut),
            ("erased", Bool, r => r.Of.IsErased),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "ruleOpinion";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Opinions];

    /// <summary>How many opinions on a version nobody has answered.</summary>
    public static Task<long> Unanswered(Store store, Guid rule, int version, CancellationToken ct) =>
        store.First<long>(
            """
            select count(*) from rule_opinions
            where rule = @rule and version = @version and outcome is null and not shut
            """,
            new { rule, version },
            ct
        );

    /// <inheritdoc/>
    public override RuleOpinion Fold(RuleOpinion? state, OpinionEvent happened, DateTimeOffset at, string author) =>
        RuleOpinion.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, RuleOpinion state) =>
        [Opinions.Put(new Row(id, state))];
}
