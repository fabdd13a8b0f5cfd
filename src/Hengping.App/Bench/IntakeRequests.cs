using System.Globalization;
using System.Text;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.World;

namespace Hengping.App.Bench;

/// <summary>Whole requests as bytes; only the order number changes.</summary>
internal sealed class IntakeRequests
{
    private const string Slot = "ORDER00000000";
    private readonly byte[][] heads;
    private readonly byte[][] bodies;
    private readonly int[] slots;
    private readonly string run = Guid.NewGuid().ToString("N")[..6];

    public IntakeRequests(Guid[] merchants, string[] tokens)
    {
        var market = new Market(
            11,
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new MarketSize(tokens.Length * 8, 300)
        );
        bodies =
        [
            .. market
                .Cases.Where(c => c.Seller is null)
                .Take(tokens.Length * 4)
                .Select((c, i) => Body(c, merchants[i % merchants.Length])),
        ];
        slots = [.. bodies.Select(b => b.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Slot)))];
        heads =
        [
            .. tokens.Select(token =>
                Encoding.ASCII.GetBytes(
                    $"POST /api/v1/complaints HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                )
            ),
        ];
    }

    public int Write(int connection, long number, Span<byte> buffer)
    {
        var head = heads[connection];
        var which = (int)(((connection * 4L) + (number % 4)) % bodies.Length);
        var body = bodies[which];
        head.CopyTo(buffer);
        var at = head.Length;
        body.Length.TryFormat(buffer[at..], out var digits, provider: CultureInfo.InvariantCulture);
        at += digits;
        "\r\n\r\n"u8.CopyTo(buffer[at..]);
        at += 4;
        body.CopyTo(buffer[at..]);
        var order = buffer.Slice(at + slots[which], Slot.Length);
        Encoding.ASCII.GetBytes(run, order);
        for (var i = Slot.Length - 1; i >= run.Length; i--, number /= 36)
            order[i] = (byte)"0123456789abcdefghijklmnopqrstuvwxyz"[(int)(number % 36)];
        return at + body.Length;
    }

    private static byte[] Body(CasePlan plan, Guid respondent) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                kind = "consumer",
                respondent = new { id = respondent },
                orderNo = Slot,
                orderedAt = plan.OrderedAt,
                sector = "general-retail",
                problem = "refund",
                amount = plan.Amount.ToString(CultureInfo.InvariantCulture),
                story = plan.Text,
                demands = plan.Demands,
                contact = new
                {
                    name = plan.Claimant!.Name,
                    phone = plan.Claimant.Phone,
                    province = plan.Claimant.Province,
                },
                consents = new
                {
                    passOn = true,
                    publish = false,
                    call = false,
                },
                liabilityAccepted = true,
                channel = "web",
            },
            Cli.JsonFormat
        );
}
