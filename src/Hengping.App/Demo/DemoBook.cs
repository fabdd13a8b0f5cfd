using Hengping.App.Platform;

namespace Hengping.App.Demo;

/// <summary>That a store holds a generated market, and which: what a second start must know.</summary>
public abstract record DemoEvent
{
    private DemoEvent() { }

    /// <summary>
    /// Filling began. The same seed, end and size give the same market, so what was cut short can go on.
    /// </summary>
    /// <param name="Seed">Replays the market.</param>
    /// <param name="End">Nothing of the market happens at or after this instant.</param>
    public sealed record Begun(long Seed, DateTimeOffset End, int Complaints, int People) : DemoEvent;

    /// <summary>The market is complete.</summary>
    public sealed record Filled : DemoEvent;
}

/// <summary>The market of this store, folded.</summary>
public sealed record DemoMarket(long Seed, DateTimeOffset End, int Complaints, int People, bool IsFilled);

/// <summary>The one stream that says so. It has no rows.</summary>
public sealed class DemoBook : Book<DemoMarket, DemoEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly DemoBook Instance = new();

    /// <summary>The one stream.</summary>
    public static readonly Guid Stream = new("d1e6de30-0000-7000-8000-000000000001");

    /// <inheritdoc/>
    public override string Prefix => "demo";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [];

    /// <inheritdoc/>
    public override DemoMarket Fold(DemoMarket? state, DemoEvent happened, DateTimeOffset at, string author) =>
        happened switch
        {
            DemoEvent.Begun e => new DemoMarket(e.Seed, e.End, e.Complaints, e.People, IsFilled: false),
            _ => state! with { IsFilled = true },
        };

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, DemoMarket state) => [];
}
