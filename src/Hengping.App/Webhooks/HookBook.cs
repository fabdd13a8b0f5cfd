using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Webhooks;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Webhooks;

/// <summary>Webhooks as current rows. Each has a key of its own.</summary>
public sealed class HookBook : Book<Hook, HookEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly HookBook Instance = new();

    /// <summary>Scope of the few places an owner has.</summary>
    public const string PlaceScope = "hook-place";

    private sealed record Row(Guid Id, int Version, Hook Of);

    private static readonly Table<Row> Hooks = new(
        "hooks",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("merchant", ColumnType.Guid, r => r.Of.Merchant),
            ("place", Long, r => r.Of.Place),
            ("status", Text, r => Words.Of(r.Of.Status)),
            ("opened_at", Long, r => r.Of.OpenedAt),
            ("replays", Long, r => r.Of.Replays),
            ("replay_from", Long, r => r.Of.ReplayFrom),
            ("replay_to", Long, r => r.Of.ReplayTo),
            ("version", Long, r => r.Version),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "hook";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Hooks];

    /// <inheritdoc/>
    public override Hook Fold(Hook? state, HookEvent happened, DateTimeOffset at, string author) =>
        Hook.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Hook state) =>
        [Hooks.Put(new Row(id, version, state))];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Hook state) =>
        state.Status == HookStatus.Closed ? [] : [new Reservation(PlaceScope, PlaceOf(state.Merchant, state.Place))];

    private static string PlaceOf(Guid? merchant, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{merchant?.ToString("N") ?? "operator"}:{place}");
}
