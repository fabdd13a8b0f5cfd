using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.Tests.Platform;

/// <summary>
/// What can happen to a toy: small, but with both kinds of secrets, a claim and a row that comes and goes.
/// </summary>
public abstract record ToyEvent
{
    public sealed record Made(string Name, Paint Paint) : ToyEvent
    {
        public Guid? Owner { get; init; }
        public decimal? Price { get; init; }
        public DateOnly? Day { get; init; }
        public IReadOnlyList<string> Tags { get; init; } = [];

        [Secret]
        public string? Story { get; init; }

        [Secret(KeyOf.Person)]
        public ToyContact? Contact { get; init; }
    }

    public sealed record Renamed(string Name) : ToyEvent;

    public sealed record HandedOver(Guid? To) : ToyEvent
    {
        [Secret]
        public string? Note { get; init; }
    }

    public sealed record Lost : ToyEvent;
}

public enum Paint
{
    Red,
    DarkBlue,
}

public sealed record ToyContact(string Name, string? Phone);

public sealed record Toy(string Name, Paint Paint, Guid? Owner, bool IsLost, int Changes, DateTimeOffset At);

/// <summary>A toy's name is taken while it is not lost; an owner's row stands only while there is an owner.</summary>
public sealed class ToyBook : Book<Toy, ToyEvent>
{
    public const string Schema = """
        create table toys (id uuid not null primary key, name text not null, paint text not null,
          version bigint not null, lost boolean not null, at bigint not null);
        create table toy_owners (owner uuid not null, toy uuid not null, primary key (owner, toy));
        create table toy_words (position bigint not null primary key, name text not null);
        """;
    private static readonly Table<(Guid Id, int Version, Toy Of)> Toys = new(
        "toys",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("name", ColumnType.Text, r => r.Of.Name),
            ("paint", ColumnType.Text, r => r.Of.Paint),
            ("version", ColumnType.Long, r => r.Version),
            ("lost", ColumnType.Bool, r => r.Of.IsLost),
            ("at", ColumnType.Long, r => r.Of.At),
        ]
    );
    private static readonly Table<(Guid Owner, Guid Toy)> Owners = new(
        "toy_owners",
        ["owner", "toy"],
        [("owner", ColumnType.Guid, r => r.Owner), ("toy", ColumnType.Guid, r => r.Toy)]
    );

    public override string Prefix => "toy";
    public override IReadOnlyList<Table> Tables => [Toys, Owners];

    public override Toy Fold(Toy? state, ToyEvent happened, DateTimeOffset at, string author) =>
        happened switch
        {
            ToyEvent.Made made => new Toy(made.Name, made.Paint, made.Owner, IsLost: false, 1, at),
            ToyEvent.Renamed renamed => Next(state!, at) with { Name = renamed.Name },
            ToyEvent.HandedOver handed => Next(state!, at) with { Owner = handed.To },
            ToyEvent.Lost => Next(state!, at) with { IsLost = true },
            _ => state!,
        };

    public override IEnumerable<RowChange> Rows(Guid id, int version, Toy state)
    {
        yield return Toys.Put((id, version, state));
        if (state.Owner is { } owner)
            yield return Owners.Put((owner, id));
    }

    public override IEnumerable<Reservation> Reservations(Guid id, Toy state) =>
        state.IsLost ? [] : [new Reservation("toy-name", state.Name)];

    private static Toy Next(Toy state, DateTimeOffset at) => state with { Changes = state.Changes + 1, At = at };
}
