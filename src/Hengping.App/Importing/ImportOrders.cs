using System.CommandLine;
using System.Diagnostics;
using Hengping.App.Orders;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;
using Hengping.Rules.Orders;

namespace Hengping.App.Importing;

/// <summary>What an import of orders did, in lines and seconds; <c>--json</c> prints it.</summary>
/// <param name="Skipped">Taken by an earlier run.</param>
/// <param name="Merchants">Shops that were new.</param>
/// <param name="Batches">That were new.</param>
public sealed record OrdersResult(
    long Read,
    long Imported,
    long Skipped,
    long Rejected,
    long Merchants,
    long Batches,
    double Seconds
);

/// <summary>
/// <c>hengping import orders FILE --map …</c>: batches of 10,000 lines, each one file and one event. The same file
/// makes the same batches, and these are known.
/// </summary>
public static class ImportOrders
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = "CSV、NDJSON 或 XLSX，可为 .gz / the file",
    };

    private static readonly Option<string> Map = new("--map")
    {
        Required = true,
        Description = "olist online-retail，或 MAP.json（见 docs/import.md）/ the mapping",
    };

    private static readonly Option<string?> RejectsPath = new("--rejects")
    {
        Description = "未导入的行及原因写入此 CSV / where rows that are not loaded go, with their reasons",
    };

    private static readonly Option<string?> Shop = new("--shop")
    {
        Description = "没有店铺列的文件：店铺名称 / the shop of rows that name none",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var orders = new Command("orders", "导入店铺订单，可重复运行 / load orders of shops; safe to run again")
        {
            File,
            Map,
            RejectsPath,
            Shop,
        };
        orders.SetAction(Run);
        return orders;
    }

    private static async Task<int> Run(System.CommandLine.ParseResult parsed, CancellationToken ct)
    {
        var mapping = OrderMappingFile.Find(parsed.GetValue(Map)!);
        if (mapping.Shop.Count == 0 && string.IsNullOrWhiteSpace(parsed.GetValue(Shop)))
        {
            Cli.Say(
                $"映射 {mapping.Source} 没有店铺，请给出 --shop / mapping {mapping.Source} names no shop: give --shop"
            );
            return 2;
        }
        var path = parsed.GetValue(File)!;
        using var table = Open(path, mapping);
        return await Cli.WithStore(
            parsed,
            ct,
            async store =>
            {
                using var rejects = new RejectsFile(parsed.GetValue(RejectsPath), table);
                var result = await Load(store, mapping, table, parsed.GetValue(Shop), rejects, ct);
                foreach (var line in rejects.Summary())
                    Cli.Say(line);
                if (parsed.GetValue(Cli.Json))
                    Cli.Print(result);
                else
                    Console.Out.WriteLine(
                        $"读取 {result.Read}  导入 {result.Imported}  已有 {result.Skipped}  拒绝 {result.Rejected}  "
                            + $"新店铺 {result.Merchants}  批次 {result.Batches}  {result.Seconds:0.0} 秒 / read, "
                            + "imported, skipped, rejected, new shops, batches, seconds"
                    );
                return 0;
            }
        );
    }

    /// <summary>Opens a file with what lies beside it.</summary>
    internal static SourceTable Open(string path, OrderMapping mapping)
    {
        var table = SourceFile.Open(path, mapping.Header, mapping.Names);
        try
        {
            return mapping.Beside.Count == 0 ? table : new JoinedTable(table, path, mapping);
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Loads the table to its end.</summary>
    internal static async Task<OrdersResult> Load(
        Store store,
        OrderMapping mapping,
        SourceTable table,
        string? shop,
        RejectsFile rejects,
        CancellationToken ct
    )
    {
        var watch = Stopwatch.StartNew();
        var author = Merchant.Imported + mapping.Source;
        var merchants = new SourceMerchants(store, author, enrolled: false);
        var mapper = new OrderRowMapper(mapping, table, shop, store.Now);
        var (read, imported, skipped, batches) = (0L, 0L, 0L, 0L);
        foreach (var lines in Lines().Chunk(OrderLine.BatchMax))
        {
            await merchants.Ready(lines.Select(line => (line.Shop, line.Line.OrderedAt)), ct);
            ShopLine[] named = [.. lines.Select(line => new ShopLine(merchants[line.Shop], line.Line))];
            var (shelved, _) = await OrderShelf.Take(store, named, mapping.Source, author, answered: null, ct);
            if (shelved is null)
                throw new Refused(Problems.Raced);
            imported += shelved.Taken ? lines.Length : 0;
            batches += shelved.Taken ? 1 : 0;
            skipped += shelved.Taken ? 0 : lines.Length;
        }
        var seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        return new OrdersResult(read, imported, skipped, rejects.Count, merchants.Added, batches, seconds);

        IEnumerable<SourceOrderLine> Lines()
        {
            foreach (var row in table.Rows())
            {
                read++;
                var made = mapper.Map(row);
                if (made.Event is { } line)
                    yield return line;
                else
                    rejects.Add(row, made.Refusal!);
            }
        }
    }
}
