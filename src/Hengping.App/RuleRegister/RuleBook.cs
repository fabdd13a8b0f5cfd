using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.RuleRegister;

/// <summary>The platform's rules as current rows: each rule, its versions, their clauses.</summary>
public sealed class RuleBook : Book<PlatformRule, RuleEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly RuleBook Instance = new();

    private sealed record Row(Guid Id, int Version, PlatformRule Of)
    {
        /// <summary>By whose title it is listed: of what everybody can read, the last.</summary>
        public RuleVersion Shown => Of.Versions.FindLast(PlatformRule.IsPublic) ?? Of.Versions[^1];
    }

    private static readonly Table<Row> Rules = new(
        "rules",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("topic", Text, r => Words.Of(r.Of.Topic)),
            ("title_zh", Text, r => r.Shown.Wording.TitleZh),
            ("title_en", Text, r => r.Shown.Wording.TitleEn),
            ("words", Text, r => RuleSearch.Folded($"{r.Shown.Wording.TitleZh}\n{r.Shown.Wording.TitleEn}")),
            ("has_public", Bool, r => PlatformRule.IsPublic(r.Shown)),
            ("changed_at", Long, r => r.Of.Versions[^1].DraftedAt),
            ("version", Long, r => r.Version),
        ]
    );

    private static readonly Table<(Guid Rule, RuleVersion Of)> Versions = new(
        "rule_versions",
        ["rule", "version"],
        [
            ("rule", ColumnType.Guid, r => r.Rule),
            ("version", Long, r => r.Of.No),
            ("title_zh", Text, r => r.Of.Wording.TitleZh),
            ("title_en", Text, r => r.Of.Wording.TitleEn),
            ("drafted_at", Long, r => r.Of.DraftedAt),
            ("consultation_until", Text, r => r.Of.ConsultationUntil),
            ("notice_on", Text, r => r.Of.NoticeOn),
            ("transition_from", Text, r => r.Of.TransitionFrom),
            ("in_force_on", Text, r => r.Of.InForceOn),
            ("withdrawn", Bool, r => r.Of.WithdrawnFor is not null),
            ("technical", Bool, r => r.Of.IsTechnical),
            ("recorded", Bool, r => r.Of.IsRecorded),
            ("recorded_on", Text, r => r.Of.RecordedOn),
        ]
    );

    private static readonly Table<(Guid Rule, int Version, int Position, RuleClause Of)> Clauses = new(
        "rule_clauses",
        ["rule", "version", "clause"],
        [
            ("rule", ColumnType.Guid, r => r.Rule),
            ("version", Long, r => r.Version),
            ("clause", Text, r => r.Of.No),
            ("position", Long, r => r.Position),
            ("zh", Text, r => r.Of.Zh),
            ("en", Text, r => r.Of.En),
            // What is searched: no markup, small letters.
            ("words", Text, r => RuleSearch.Folded($"{r.Of.Zh}\n{r.Of.En}")),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "rule";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Rules, Versions, Clauses];

    /// <inheritdoc/>
    public override PlatformRule Fold(PlatformRule? state, RuleEvent happened, DateTimeOffset at, string author) =>
        PlatformRule.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, PlatformRule state) =>
        state.Versions.Count == 0
            ? []
            :
            [
                Rules.Put(new Row(id, version, state)),
                .. state.Versions.Select(v => Versions.Put((id, v))),
                .. state.Versions.SelectMany(v =>
                    v.Wording.Clauses.Select((clause, at) => Clauses.Put((id, v.No, at, clause)))
                ),
            ];
}
