using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// The reader of pasted orders, run by Node as it is: texts of three platforms in many shapes, and what is not an
/// order. What is not recognised is left out, never guessed.
/// </summary>
public sealed class PastedOrders
{
    private const string Texts = "tests/Hengping.Tests/Complaints/orders.json";
    private const string Reader = "src/Hengping.App/Intake/order.js";

    private const string Program = """
        import { readFileSync } from "node:fs";
        const { readOrder } = await import(process.argv[1]);
        const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
        process.stdout.write(JSON.stringify(texts.map((one) => readOrder(one.text))));
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_text_gives_what_stands_in_it_and_nothing_else()
    {
        var wanted = JsonNode.Parse(await File.ReadAllTextAsync(Repository.At(Texts), Ct))!.AsArray();
        var read = JsonNode.Parse(await Read(Repository.At(Texts)))!.AsArray();
        read.Count.ShouldBe(wanted.Count);
        foreach (var (one, got) in wanted.Zip(read))
        {
            var want = one!["is"]!.DeepClone().AsObject();
            want.TryAdd("orders", want.ContainsKey("orderNo") ? 1 : 0);
            JsonNode.DeepEquals(want, got).ShouldBeTrue($"{one["what"]}: {got!.ToJsonString(Plain)}");
        }
    }

    [Fact]
    public async Task A_long_text_of_anything_is_read_at_once()
    {
        var places = Path.GetTempFileName();
        var hostile = new[] { "店铺：", "实付款 共", "2026-10-", "订单编号：1", " \t", "（", ">>>", "旗舰店" }.Select(
            piece => new { text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length)) }
        );
        await File.WriteAllTextAsync(places, JsonSerializer.Serialize(hostile), Ct);
        var since = Stopwatch.StartNew();
        await Read(places);
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "eight texts of 20,000 signs, and Node's start");
        File.Delete(places);
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task<string> Read(string texts)
    {
        var reader = new Uri(Repository.At(Reader)).AbsoluteUri;
        var start = new ProcessStartInfo("node", ["--input-type=module", "--eval", Program, reader, texts])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var faults = node.StandardError.ReadToEndAsync(Ct);
        var answer = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);
        node.ExitCode.ShouldBe(0, await faults);
        return answer;
    }
}
