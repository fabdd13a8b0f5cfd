namespace Hengping.World.Pictures;

/// <summary>A small drawing in four colours.</summary>
public sealed class Canvas(int width, int height, byte[] palette)
{
    private readonly byte[] pixels = new byte[width * height];

    // Rows of 3×5 letters, one digit of 0–7 a row.
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['0'] = "75557",
        ['1'] = "26227",
        ['2'] = "71747",
        ['3'] = "71717",
        ['4'] = "55711",
        ['5'] = "74717",
        ['6'] = "74757",
        ['7'] = "71244",
        ['8'] = "75757",
        ['9'] = "75717",
        ['.'] = "00002",
        [':'] = "02020",
        ['-'] = "00700",
        ['/'] = "11244",
        ['Y'] = "55272",
    };

    public int Width => width;
    public int Height => height;

    /// <summary>Four colours, three bytes each.</summary>
    public byte[] Palette => palette;

    /// <summary>The colour of a pixel, 0–3.</summary>
    public int this[int x, int y] => pixels[(y * width) + x];

    /// <summary>A filled box, cut at the edges.</summary>
    public void Box(int left, int top, int wide, int high, int colour)
    {
        for (var y = Math.Max(0, top); y < Math.Min(height, top + high); y++)
        for (var x = Math.Max(0, left); x < Math.Min(width, left + wide); x++)
            pixels[(y * width) + x] = (byte)colour;
    }

    /// <summary>Digits and a few marks, <paramref name="scale"/> pixels a dot.</summary>
    public void Type(int left, int top, string text, int colour, int scale = 2)
    {
        foreach (var letter in text)
        {
            if (Letters.TryGetValue(letter, out var rows))
            {
                for (var y = 0; y < 5; y++)
                for (var x = 0; x < 3; x++)
                {
                    if ((((rows[y] - '0') >> (2 - x)) & 1) == 1)
                        Box(left + (x * scale), top + (y * scale), scale, scale, colour);
                }
            }
            left += 4 * scale;
        }
    }

    /// <summary>Grey words: what a line of text looks like from afar.</summary>
    public void Words(int left, int top, int wide, int colour, Chance chance)
    {
        var end = left + wide;
        while (left < end - 6)
        {
            var word = Math.Min(chance.Between(10, 34), end - left);
            Box(left, top, word, 7, colour);
            left += word + 4;
        }
    }
}
