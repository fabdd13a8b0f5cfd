using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hengping.App.Platform;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>A line of a batch, and whose it is.</summary>
public sealed record ShopLine(Guid Merchant, OrderLine Line);

/// <summary>
/// The lines of a batch as a file: one JSON object a line, in the order in which they came, compressed and then sealed.
/// The same lines make the same text, and so the same hash.
/// </summary>
internal static class OrderFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    // Instants are milliseconds, and names short: there are thousands of them.
    private sealed record Row
    {
        [JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public Guid Merchant { get; init; }

        [JsonPropertyName("o")]
        public string OrderNo { get; init; } = "";

        [JsonPropertyName("l")]
        public string LineNo { get; init; } = "";

        [JsonPropertyName("p")]
        public string? Product { get; init; }

        [JsonPropertyName("s")]
        public OrderState State { get; init; }

        [JsonPropertyName("f")]
        public long Fen { get; init; }

        [JsonPropertyName("q")]
        public bool IsQuality { get; init; }

        [JsonPropertyName("r")]
        public int? Score { get; init; }

        [JsonPropertyName("at")]
        public long OrderedAt { get; init; }

        [JsonPropertyName("by")]
        public long? PromisedAt { get; init; }

        [JsonPropertyName("d")]
        public long? DeliveredAt { get; init; }

        [JsonPropertyName("a")]
        public long? RefundAskedAt { get; init; }

        [JsonPropertyName("b")]
        public long? ReturnedAt { get; init; }

        [JsonPropertyName("c")]
        public long? RefundedAt { get; init; }

        [JsonPropertyName("z")]
        public long ChangedAt { get; init; }
    }

    /// <summary>The lines as text.</summary>
    public static byte[] Text(IReadOnlyList<ShopLine> lines)
    {
        using var text = new MemoryStream(lines.Count * 200);
        foreach (var (merchant, line) in lines)
        {
            JsonSerializer.Serialize(text, RowOf(merchant, line), Format);
            text.WriteByte((byte)'\n');
        }
        return text.ToArray();
    }

    /// <summary>SHA-256 of the text, hex.</summary>
    public static string HashOf(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    /// <summary>Puts the text into the store of files, durably.</summary>
    public static async Task<SealedFile.Written> Write(
        Store store,
        long slot,
        Guid batch,
        byte[] text,
        string directory,
        CancellationToken ct
    )
    {
        using var packed = new MemoryStream(text.Length / 4);
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(text, ct);
        packed.Position = 0;
        return await SealedFile.Write(
            store.Keys,
            slot,
            batch,
            packed,
            directory,
            _ => long.MaxValue,
            () => throw new InvalidOperationException("a batch has no limit of bytes of its own"),
            ct
        );
    }

    /// <summary>The lines of a batch; none where its key is gone.</summary>
    /// <exception cref="IOException">The file is not there, or is not what the event states.</exception>
    public static IReadOnlyList<ShopLine> Read(Store store, Guid batch, OrderBatchEvent.Taken taken, string directory)
    {
        var path = SealedFile.PathOf(directory, taken.File);
        if (!File.Exists(path))
            throw new FileNotFoundException($"the lines of batch {batch:D} are not in the data directory", path);
        using var content = SealedFile.Read(store.Keys, batch, path, taken.Packed);
        if (content is null)
            return [];
        using var text = new StreamReader(new GZipStream(content, CompressionMode.Decompress));
        var lines = new List<ShopLine>(taken.Lines);
        while (text.ReadLine() is { } one)
            lines.Add(LineOf(JsonSerializer.Deserialize<Row>(one, Format)!));
        return lines;
    }

    private static Row RowOf(Guid merchant, OrderLine line) =>
        new()
        {
            Merchant = merchant,
            OrderNo = line.OrderNo,
            LineNo = line.LineNo,
            Product = line.Product,
            State = line.State,
            Fen = line.Fen,
            IsQuality = line.IsQuality,
            Score = line.Score,
            OrderedAt = line.OrderedAt.ToUnixTimeMilliseconds(),
            PromisedAt = line.PromisedAt?.ToUnixTimeMilliseconds(),
            DeliveredAt = line.DeliveredAt?.ToUnixTimeMilliseconds(),
            RefundAskedAt = line.RefundAskedAt?.ToUnixTimeMilliseconds(),
            ReturnedAt = line.ReturnedAt?.ToUnixTimeMilliseconds(),
            RefundedAt = line.RefundedAt?.ToUnixTimeMilliseconds(),
            ChangedAt = line.ChangedAt.ToUnixTimeMilliseconds(),
        };

    private static ShopLine LineOf(Row row) =>
        new(
            row.Merchant,
            new OrderLine(row.OrderNo, row.LineNo, At(row.OrderedAt), row.State, row.Fen)
            {
                Product = row.Product,
                IsQuality = row.IsQuality,
                Score = row.Score,
                PromisedAt = At(row.PromisedAt),
                DeliveredAt = At(row.DeliveredAt),
                RefundAskedAt = At(row.RefundAskedAt),
                ReturnedAt = At(row.ReturnedAt),
                RefundedAt = At(row.RefundedAt),
                ChangedAt = At(row.ChangedAt),
            }
        );

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static DateTimeOffset? At(long? ms) => ms is { } some ? At(some) : null;
}
