using System.Text;
using Dapper;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A store of toys in a place of its own, on either engine; gone when disposed.</summary>
public sealed class ToyStore : IAsyncDisposable
{
    public static readonly ToyBook Book = new();

    /// <summary>A house of one room.</summary>
    public static readonly House House = new([new ToyRoom()]);

    private sealed class ToyRoom : Room
    {
        public override IReadOnlyList<Book> Books => [Book];
    }

    private static readonly CancellationToken None = CancellationToken.None;
    private Store store;

    private ToyStore(StorePlace place, Store store)
    {
        Place = place;
        this.store = store;
    }

    public static TheoryData<string> Engines => ["sqlite", "postgres"];

    public StorePlace Place { get; }

    public Store Store => store;

    public static async Task<ToyStore> Open(string engine)
    {
        var data = Directory.CreateTempSubdirectory("hengping-store-").FullName;
        var place = new StorePlace(
            data,
            engine == "postgres" ? Postgres.NewDatabase() : null,
            Path.Combine(data, "keys")
        );
        return new ToyStore(place, await OpenAt(place));
    }

    /// <summary>Another process would open it so.</summary>
    public static async Task<Store> OpenAt(StorePlace place)
    {
        var opened = await Store.Open(place, House, new TurnableClock(Days.Monday), None);
        await opened.Write(
            (db, tx) =>
                db.ExecuteAsync(
                    ToyBook.Schema.Replace("create table", "create table if not exists", StringComparison.Ordinal),
                    transaction: tx
                ),
            None
        );
        return opened;
    }

    public async Task Reopen()
    {
        await store.DisposeAsync();
        store = await OpenAt(Place);
    }

    public async Task<Change> Change(Guid id, params ToyEvent[] events)
    {
        var from = await store.Load(Book, id, None);
        return store.Change(Book, from, store.Now, "staff:toymaker", events);
    }

    public Change New(Guid id, params ToyEvent[] events) =>
        store.Change(Book, new Loaded<Toy>(id, 0, 0, null), store.Now, "staff:toymaker", events);

    public async Task<Outcome> Happen(Guid id, params ToyEvent[] events) =>
        await store.Append(new Commit([await Change(id, events)]), None);

    public async Task<Guid> Made(string name, Guid? owner = null)
    {
        var id = Guid.CreateVersion7();
        var made = new ToyEvent.Made(name, Paint.DarkBlue) { Owner = owner, Story = "秘密 " + name };
        (await store.Append(new Commit([New(id, made)]), None)).ShouldBeOfType<Outcome.Done>();
        return id;
    }

    /// <summary>All current rows, claims included, as text in a fixed order.</summary>
    public async Task<string> Rows()
    {
        var text = new StringBuilder();
        foreach (
            var sql in new[]
            {
                "select * from toys order by id",
                "select * from toy_owners order by owner, toy",
                "select * from toy_words order by position",
                "select * from claims order by scope, key",
            }
        )
        foreach (var row in await store.Query<dynamic>(sql, null, None))
            text.AppendLine(string.Join(" | ", ((IDictionary<string, object?>)row).Values.Select(Word)));
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(Place.Data, recursive: true);
    }

    private static string Word(object? value) =>
        value switch
        {
            bool flag => flag ? "1" : "0",
            Guid id => id.ToString("D").ToUpperInvariant(),
            _ => $"{value}",
        };
}
