using System.Globalization;
using System.IO.Compression;
using System.Text;
using Hengping.App;
using Hengping.App.Importing;
using Hengping.App.Orders;
using Hengping.App.Platform;
using Hengping.Rules.Orders;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>Files of orders: what is read of them, that a second run changes nothing, and real ones counted twice.
/// </summary>
public sealed class OrderFiles : IDisposable
{
    private readonly SourceFixture files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Store> Open(EmptyPlace place) =>
        Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);

    private static async Task<OrdersResult> Import(Store store, string path, OrderMapping mapping, string? shop = null)
    {
        using var table = ImportOrders.Open(path, mapping);
        using var rejects = new RejectsFile(null, table);
        var result = await ImportOrders.Load(store, mapping, table, shop, rejects, Ct);
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);
        return result;
    }

    private static Task<OrderTallyRow?> All(Store store) =>
        store.First<OrderTallyRow>(
            """
            select cast(sum(orders) as bigint) as Orders, cast(sum(lines) as bigint) as Lines,
                   cast(sum(cancelled) as bigint) as Cancelled, cast(sum(returned) as bigint) as Returned,
                   cast(sum(promised) as bigint) as Promised, cast(sum(late) as bigint) as Late,
                   cast(sum(scored) as bigint) as Scored, cast(sum(bad) as bigint) as Bad,
                   cast(sum(fen) as bigint) as Fen
            from order_days where not excluded
            """,
            null,
            Ct
        );

    private sealed record OrderTallyRow(
        long Orders,
        long Lines,
        long Cancelled,
        long Returned,
        long Promised,
        long Late,
        long Scored,
        long Bad,
        long Fen
    );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_mapping_of_ones_own_reads_what_it_names_and_no_buyer(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var mapping = OrderMappingFile.Read(
            """
            {"source":"my-shop","orderNo":"No","shop":"Shop","product":"Item","ordered":"Day","amount":"Paid",
             "delivered":"Got","refundAsked":"Asked","refunded":"Back","reason":"Why","qualityWords":["质量问题"],
             "state":"Status","states":{"已关闭":"cancelled"},"dates":"ymd"}
            """,
            "MAP.json"
        );
        var path = files.Write(
            "a.csv",
            """
            No,Shop,Item,Day,Paid,Got,Asked,Back,Why,Status,Buyer,Phone
            1,甲店,A,2026-01-02,10.00,2026-01-04,2026-01-05 08:00,2026-01-05 18:00,质量问题,,张三丰买家,13812345678
            1,甲店,B,2026-01-02,5.50,2026-01-04,,,,,张三丰买家,13812345678
            2,乙店,A,2026-01-03,20.00,,,,,已关闭,张三丰买家,13812345678
            3,,A,2026-01-03,20.00,,,,,,张三丰买家,13812345678
            ,甲店,A,2026-01-03,20.00,,,,,,张三丰买家,13812345678
            4,甲店,A,someday,20.00,,,,,,张三丰买家,13812345678
            5,甲店,A,2026-01-03,much,,,,,,张三丰买家,13812345678
            6,甲店,A,2026-01-03,1.00,2026-01-01,,,,,张三丰买家,13812345678

            """
        );
        var result = await Import(store, path, mapping);
        (result.Read, result.Imported, result.Rejected, result.Merchants, result.Batches).ShouldBe((8, 3, 5, 2, 1));
        var shops = await store.Query<(string, long, long, long, long, long, string)>(
            """
            select m.name, d.orders, d.refunded, d.quality, d.cancelled, d.fen, d.hours
            from order_days d join merchants m on m.id = d.merchant order by d.day
            """,
            null,
            Ct
        );
        shops.ShouldBe([("甲店", 1, 1, 1, 0, 1550, "10:1"), ("乙店", 1, 0, 0, 1, 2000, "")]);
        var taken = (await store.ReadLog(0, 100, Ct)).Single(one => one.Kind == "orders.taken");
        taken.Author.ShouldBe("import:my-shop");
        var lines = OrderFile.Read(
            store,
            taken.Stream,
            (OrderBatchEvent.Taken)store.Decode<OrderBatchEvent>(taken, unseal: false),
            OrderShelf.Directory(store)
        );
        lines
            .Select(line => (line.Line.OrderNo, line.Line.LineNo, line.Line.Product))
            .ShouldBe([("1", "1", "A"), ("1", "2", "B"), ("2", "1", "A")]);
        Encoding.UTF8.GetString(OrderFile.Text(lines)).ShouldNotContain("13812345678");
    }

    [Theory]
    [InlineData("""{"source":"Big Shop","orderNo":"a","ordered":"b","amount":"c"}""")]
    [InlineData("""{"source":"olist","orderNo":"a","ordered":"b","amount":"c"}""")]
    [InlineData("""{"source":"x","orderNo":"a","ordered":"b"}""")]
    [InlineData("""{"source":"x","orderNo":"a","ordered":"b","amount":"c","phone":"d"}""")]
    [InlineData("not json")]
    public void A_mapping_that_does_not_hold_is_refused(string json) =>
        Should.Throw<Refused>(() => OrderMappingFile.Read(json, "MAP.json")).Refusal.Code.ShouldBe("import.map");

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_invoices_of_a_month_are_counted_as_a_plain_count_does(Db engine)
    {
        var path = SharedData.Orders("online_retail_2010-12.csv");
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var first = await Import(store, path, OrderMapping.Known["online-retail"], "UK gifts");
        var counted = (await All(store))!;
        var head = await store.Head(Ct);

        var plain = Csv(await File.ReadAllTextAsync(path, Ct))
            .Select(row => (No: row["InvoiceNo"], Pieces: Number(row["Quantity"]), Price: Number(row["UnitPrice"])))
            .ToList();
        var held = plain.Where(row => row.Price >= 0 && (row.Pieces >= 0 || row.No.StartsWith('C'))).ToList();
        var orders = held.Select(row => row.No).Distinct().ToList();
        var back = orders.Count(no => no.StartsWith('C'));
        (first.Read, first.Imported, first.Rejected).ShouldBe((plain.Count, held.Count, plain.Count - held.Count));
        (counted.Orders, counted.Lines).ShouldBe((orders.Count, held.Count));
        (counted.Cancelled, counted.Returned).ShouldBe((back, back));
        counted.Fen.ShouldBe(
            held.Sum(row =>
                (long)(decimal.Round(Math.Abs(row.Pieces) * Cents(row.Price), 2, MidpointRounding.AwayFromZero) * 100)
            )
        );
        back.ShouldBeGreaterThan(100);

        var second = await Import(store, path, OrderMapping.Known["online-retail"], "UK gifts");
        (second.Imported, second.Skipped, second.Batches).ShouldBe((0, first.Imported, 0));
        (await store.Head(Ct)).ShouldBe(head);
        (await All(store)).ShouldBe(counted);

        static decimal Cents(decimal price) => decimal.Round(price, 2, MidpointRounding.AwayFromZero);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Late_and_bad_orders_of_a_market_are_counted_as_a_plain_count_does(Db engine)
    {
        var path = SharedData.Orders("olist_8135/olist_orders_dataset.csv.gz");
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var first = await Import(store, path, OrderMapping.Known["olist"]);
        var counted = (await All(store))!;

        var orders = Csv(Unzipped("orders")).ToDictionary(row => row["order_id"]);
        var items = Csv(Unzipped("order_items")).ToList();
        var worst = Csv(Unzipped("order_reviews"))
            .GroupBy(row => row["order_id"])
            .ToDictionary(of => of.Key, of => of.Min(row => Number(row["review_score"])));
        var sold = items.Select(row => (Seller: row["seller_id"], Order: row["order_id"])).Distinct().ToList();
        var arrived = sold.Where(one => orders[one.Order]["order_delivered_customer_date"].Length > 0).ToList();
        (first.Imported, first.Merchants).ShouldBe((items.Count, sold.DistinctBy(one => one.Seller).Count()));
        (counted.Orders, counted.Lines).ShouldBe((sold.Count, items.Count));
        counted.Promised.ShouldBe(arrived.Count);
        counted.Late.ShouldBe(
            arrived.Count(one =>
                string.CompareOrdinal(
                    orders[one.Order]["order_delivered_customer_date"],
                    orders[one.Order]["order_estimated_delivery_date"]
                ) > 0
            )
        );
        counted.Scored.ShouldBe(sold.Count(one => worst.ContainsKey(one.Order)));
        counted.Bad.ShouldBe(sold.Count(one => worst.TryGetValue(one.Order, out var score) && score <= 2));
        counted.Cancelled.ShouldBe(sold.Count(one => orders[one.Order]["order_status"] is "canceled" or "unavailable"));
        (counted.Late > 100 && counted.Bad > 500).ShouldBeTrue();

        var second = await Import(store, path, OrderMapping.Known["olist"]);
        (second.Imported, second.Skipped).ShouldBe((0, first.Imported));
        (await All(store)).ShouldBe(counted);
    }

    private static string Unzipped(string name)
    {
        using var file = File.OpenRead(SharedData.Orders($"olist_8135/olist_{name}_dataset.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private static decimal Number(string cell) => decimal.Parse(cell, CultureInfo.InvariantCulture);

    // A reader of its own: nothing of the import is believed here.
    private static IEnumerable<Dictionary<string, string>> Csv(string text)
    {
        string[]? head = null;
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in text.ReplaceLineEndings("\n").TrimStart('\uFEFF') + "\n")
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\n'))
                cell.Append(c);
            else
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (c == ',')
                    continue;
                if (head is null)
                    head = [.. cells];
                else if (cells.Count == head.Length)
                    yield return head.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
                cells.Clear();
            }
        }
    }

    public void Dispose() => files.Dispose();
}
