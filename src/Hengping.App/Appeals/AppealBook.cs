using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Appeals;

/// <summary>Appeals as current rows. Each has a key of its own.</summary>
public sealed class AppealBook : Book<Appeal, AppealEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly AppealBook Instance = new();

    private const string Scope = "appeal";
    private const long Front = 0;
    private const long Usual = 1;
    private const long Nobodys = 2;

    private static readonly Table<(Guid Id, int Version, Appeal Of)> Appeals = new(
        "appeals",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("target_kind", Text, r => Words.Of(r.Of.Target.Kind)),
            ("target", ColumnType.Guid, r => r.Of.Target.Id),
            ("merchant", ColumnType.Guid, r => r.Of.Merchant),
            ("account", ColumnType.Guid, r => r.Of.Account),
            ("status", Text, r => Words.Of(r.Of.Status)),
            ("safety", Bool, r => r.Of.IsSafety),
            ("begun_at", Long, r => r.Of.BegunAt),
            ("submitted_at", Long, r => r.Of.SubmittedAt),
            ("send_by", Long, r => r.Of.IsShut ? null : r.Of.SendBy),
            ("due_at", Long, r => r.Of.IsShut ? null : r.Of.DecideBy),
            ("provisional", Bool, r => r.Of.Note?.Provisional == true),
            ("place", Long, r => PlaceOf(r.Of)),
            ("late", Bool, r => r.Of.IsLate),
            ("outsider", ColumnType.Guid, r => r.Of.Second),
            ("decided_by", ColumnType.Guid, r => r.Of.Decider),
            ("ended_at", Long, r => r.Of.EndedAt),
            ("check_at", Long, r => r.Of.IsShut || r.Of.Effect is not null ? null : r.Of.CheckAt),
            ("effect", Text, r => r.Of.Effect is { } found ? Words.Of(found.Outcome) : null),
            ("look", Bool, r => r.Of.IsToLookAt),
            ("erased", Bool, r => r.Of.IsErased),
            ("version", Long, r => r.Version),
        ]
    );

    private static readonly Table<(Guid Appeal, Guid Item)> Evidence = new(
        "appeal_evidence",
        ["appeal", "evidence"],
        [("appeal", ColumnType.Guid, r => r.Appeal), ("evidence", ColumnType.Guid, r => r.Item)]
    );

    /// <inheritdoc/>
    public override string Prefix => "appeal";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Appeals, Evidence];

    /// <inheritdoc/>
    public override Appeal Fold(Appeal? state, AppealEvent happened, DateTimeOffset at, string author) =>
        Appeal.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Appeal state) =>
        [Appeals.Put((id, version, state)), .. state.Evidence.Select(item => Evidence.Put((id, item)))];

    /// <summary>A decision is appealed against once; what was withdrawn or never sent leaves it free.</summary>
    public override IEnumerable<Reservation> Reservations(Guid id, Appeal state)
    {
        if (state.Status is not (AppealStatus.Withdrawn or AppealStatus.Lapsed))
            yield return new Reservation(Scope, KeyOf(state.Target, state.ToldAt));
    }

    /// <summary>The appeal against a decision, or null.</summary>
    public static async Task<Guid?> Against(Store store, TargetFacts facts, CancellationToken ct) =>
        await store.First<Guid?>(
            $"select stream from claims where scope = '{Scope}' and key = @key",
            new { key = KeyOf(facts.Target, facts.ToldAt) },
            ct
        );

    /// <summary>The name of an event without the prefix, as <c>submitted</c>.</summary>
    public string NameOf(AppealEvent happened) => KindOf(happened.GetType())[Kinds.Length..];

    // A report that was taken up again is decided again, and that is another decision. A measure is decided once.
    private static string KeyOf(AppealTarget target, DateTimeOffset told) =>
        $"{Words.Of(target.Kind)}:{target.Id:N}"
        + (target.Kind == AppealTargetKind.Report ? $":{told.ToUnixTimeMilliseconds()}" : "");

    // A check that says worse waits like what is sent in: without a day, so behind it.
    private static long PlaceOf(Appeal appeal) =>
        appeal.IsShut || (appeal.Status != AppealStatus.Submitted && !appeal.IsToLookAt) ? Nobodys
        : appeal.IsFront && appeal.IsOpen ? Front
        : Usual;
}
