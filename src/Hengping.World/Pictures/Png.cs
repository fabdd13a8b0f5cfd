using System.Buffers.Binary;

namespace Hengping.World.Pictures;

/// <summary>
/// Writes PNG files (RFC 2083) with 4 colours. The compressor is our own and simple: the framework's may give other
/// bytes on another machine, and a world must be the same everywhere.
/// </summary>
public static class Png
{
    private static readonly uint[] Crc = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    /// <summary>Encodes a canvas.</summary>
    public static byte[] Encode(Canvas canvas)
    {
        var stride = ((canvas.Width + 3) / 4) + 1;
        var raw = new byte[stride * canvas.Height];
        for (var y = 0; y < canvas.Height; y++)
        for (var x = 0; x < canvas.Width; x++)
            raw[(y * stride) + 1 + (x / 4)] |= (byte)(canvas[x, y] << (6 - (2 * (x % 4))));

        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], canvas.Height);
        header[8] = 2; // bits a pixel
        header[9] = 3; // by palette
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, canvas.Palette);
        Chunk(file, "IDAT"u8, Deflate.Zlib(raw, stride));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(data);
        var crc = Update(Update(0xFFFFFFFF, kind), data) ^ 0xFFFFFFFF;
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        file.Write(number);
    }

    private static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data)
            crc = Crc[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOf(uint c)
    {
        for (var k = 0; k < 8; k++)
            c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    }
}
