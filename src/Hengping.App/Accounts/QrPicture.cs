using System.Globalization;
using System.Text;
using QRCoder;

namespace Hengping.App.Accounts;

/// <summary>A QR code as one path of an SVG: no picture file, no inline style, sharp at every size.</summary>
/// <param name="Size">Modules of a side, the quiet zone of four included (ISO/IEC 18004 § 9.1).</param>
/// <param name="Path">Dark modules, one unit each.</param>
public sealed record QrPicture(int Size, string Path)
{
    /// <summary>The code of a text, with room for a quarter of it to be smudged.</summary>
    public static QrPicture Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            var line = code.ModuleMatrix[row];
            for (var from = 0; from < line.Count; from++)
            {
                if (!line[from])
                    continue;
                var to = from;
                while (to < line.Count && line[to])
                    to++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {row}h{to - from}v1h-{to - from}z");
                from = to;
            }
        }
        return new QrPicture(code.ModuleMatrix.Count, path.ToString());
    }
}
