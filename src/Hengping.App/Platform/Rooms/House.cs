using System.CommandLine;

namespace Hengping.App.Platform;

/// <summary>All rooms in their order, and what they bring together.</summary>
public sealed class House
{
    /// <summary>Puts the rooms together.</summary>
    /// <param name="rooms">Each names those before it alone.</param>
    public House(IReadOnlyList<Room> rooms)
    {
        Rooms = rooms;
        Books = [.. rooms.SelectMany(room => room.Books)];
        Purposes = [.. Platform.Purposes.Own, .. rooms.SelectMany(room => room.Purposes)];
        Messages = [TestMessage.Says, .. rooms.SelectMany(room => room.Messages)];
        Jobs = ["listeners", "outbox", .. rooms.SelectMany(room => room.Jobs)];
        Gauges = [.. Platform.Gauges.Own, .. rooms.SelectMany(room => room.Gauges)];
        Limits =
        [
            new("Platform", OwnLimits.All),
            .. rooms
                .Select(room => new RoomLimits(room.GetType().Name[..^nameof(Room).Length], room.Limits))
                .Where(room => room.Limits.Count > 0),
        ];
        Persons = [.. rooms.Select(room => room.Persons).OfType<IHoldsPersons>()];
        Evidence = [.. rooms.Select(room => room.Evidence).OfType<IReadsEvidence>()];
        OpenToReadOnly = [.. rooms.SelectMany(room => room.OpenToReadOnly)];
        Tabs = rooms.SelectMany(room => room.Tabs).OrderBy(tab => tab.Place).ToLookup(tab => tab.Row);
    }

    /// <summary>From the ground up.</summary>
    public IReadOnlyList<Room> Rooms { get; }

    /// <summary>Every kind of stream the program knows.</summary>
    public IReadOnlyList<Book> Books { get; }

    /// <summary>Everything keyed prints are made for.</summary>
    public IReadOnlyList<Purpose> Purposes { get; }

    /// <summary>Every message the program can send.</summary>
    public IReadOnlyList<Wording> Messages { get; }

    /// <summary>Every job, in the order in which pages show them.</summary>
    public IReadOnlyList<string> Jobs { get; }

    /// <summary>What tells how the site is doing, in the order in which pages show it.</summary>
    public IReadOnlyList<Gauge> Gauges { get; }

    /// <summary>What the rooms hold to, by room.</summary>
    public IReadOnlyList<RoomLimits> Limits { get; }

    /// <summary>Who keeps something about persons.</summary>
    public IReadOnlyList<IHoldsPersons> Persons { get; }

    /// <summary>Who uses files of evidence.</summary>
    public IReadOnlyList<IReadsEvidence> Evidence { get; }

    /// <summary>Paths open to whoever may only read in a merchant's team.</summary>
    public IReadOnlyList<string> OpenToReadOnly { get; }

    /// <summary>The rows of tabs.</summary>
    public ILookup<TabRow, Tab> Tabs { get; }

    /// <summary>Everybody who hears the log after commit.</summary>
    /// <param name="site">Public address of the site, for links in messages.</param>
    public IReadOnlyList<Listener> Listeners(Store store, SiteAddress site) =>
        [.. Rooms.SelectMany(room => room.Listeners(store, site))];

    /// <summary>Every command of the program.</summary>
    public RootCommand Commands() => new HouseCommand(this);
}

/// <summary>The program's command: it knows the house whose store its parts open.</summary>
internal sealed class HouseCommand : RootCommand
{
    public HouseCommand(House house)
        : base("衡平 Hengping: online dispute resolution and product-quality governance for e-commerce")
    {
        House = house;
        Add(Cli.Data);
        Add(Cli.Db);
        Add(Cli.Keys);
        Add(Cli.NewKeys);
        Add(Cli.TakesOver);
        Add(Cli.Json);
        Command[] own =
        [
            RebuildCommand.Create(),
            DigestCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            KeysCommand.Create(),
        ];
        foreach (var command in house.Rooms.SelectMany(room => room.Commands()).Concat(own))
            Add(command);
    }

    public House House { get; }
}
