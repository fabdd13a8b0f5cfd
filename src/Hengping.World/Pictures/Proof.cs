using System.Globalization;

namespace Hengping.World.Pictures;

/// <summary>What claimants photograph: a receipt, or the chat with the seller. Drawn, not copied.</summary>
public static class Proof
{
    private static readonly byte[] Paper = [0xFF, 0xFF, 0xFF, 0xD7, 0xDB, 0xE0, 0x24, 0x2A, 0x33, 0xC2, 0x3B, 0x22];
    private static readonly byte[] Chat = [0xF1, 0xF3, 0xF5, 0xFF, 0xFF, 0xFF, 0x6B, 0x75, 0x80, 0x9B, 0xE3, 0xA8];

    /// <summary>A payment receipt with the order's number, date and sum.</summary>
    public static byte[] Receipt(CasePlan plan, Chance chance)
    {
        var canvas = new Canvas(300, 380, Paper);
        canvas.Box(0, 0, 300, 44, 3);
        canvas.Words(96, 18, 108, 0, chance);
        var sum = "Y" + plan.Amount.ToString("0.00", CultureInfo.InvariantCulture);
        canvas.Type(150 - (sum.Length * 8), 70, sum, 2, scale: 4);
        canvas.Box(20, 116, 260, 1, 1);
        for (var line = 0; line < 5; line++)
        {
            var top = 134 + (line * 30);
            canvas.Box(20, top, 46, 8, 1);
            if (line == 1)
                canvas.Type(112, top - 1, plan.OrderNo, 2);
            else if (line == 2)
                canvas.Type(112, top - 1, plan.OrderedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 2);
            else
                canvas.Words(112, top, chance.Between(60, 160), 2, chance);
        }
        canvas.Box(20, 292, 260, 1, 1);
        for (var x = 60; x < 240; x += chance.Between(3, 7))
            canvas.Box(x, 310, chance.Between(1, 3), 44, 2);
        return Png.Encode(canvas);
    }

    /// <summary>A chat: the claimant's bubbles on the right, the seller's short answers on the left.</summary>
    public static byte[] Talk(CasePlan plan, Chance chance)
    {
        var canvas = new Canvas(300, 420, Chat);
        canvas.Box(0, 0, 300, 36, 1);
        canvas.Words(110, 14, 80, 2, chance);
        canvas.Type(122, 46, $"{chance.Between(9, 21):00}:{chance.Between(0, 59):00}", 2);
        var top = 66;
        for (var line = 0; top < 380; line++)
        {
            var mine = line % 2 == 0;
            var rows = mine ? chance.Between(2, 4) : chance.Between(1, 2);
            var high = 14 + (rows * 14);
            var left = mine ? 70 : 44;
            canvas.Box(mine ? 266 : 10, top, 24, 24, 2);
            canvas.Box(left, top, 186, high, mine ? 3 : 1);
            for (var row = 0; row < rows; row++)
                canvas.Words(
                    left + 10,
                    top + 10 + (row * 14),
                    row == rows - 1 ? chance.Between(50, 160) : 166,
                    2,
                    chance
                );
            top += high + 16;
        }
        canvas.Type(8, 404, plan.OrderNo, 2);
        return Png.Encode(canvas);
    }
}
