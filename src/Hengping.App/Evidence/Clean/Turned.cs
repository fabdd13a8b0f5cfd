using System.Buffers.Binary;

namespace Hengping.App.Evidence;

/// <summary>Which way a photo is turned: the one thing of its Exif that its viewer needs.</summary>
internal static class Turned
{
    private const int Tag = 0x0112;
    private const int Short = 3;
    private const int EntryBytes = 12;
    private const int EntriesMax = 200;

    /// <summary>Read from a TIFF block; null where it does not say, or says that it is upright.</summary>
    public static byte? Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8))
            tiff = tiff[6..];
        if (tiff.Length < 14 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return null;
        var little = tiff[0] == (byte)'I';
        var at = Number(tiff[4..], 4, little);
        if (at > tiff.Length - 2)
            return null;
        var count = Math.Min(Number(tiff[(int)at..], 2, little), EntriesMax);
        for (var i = 0; i < count; i++)
        {
            var entry = (int)at + 2 + (i * EntryBytes);
            if (entry + EntryBytes > tiff.Length)
                return null;
            var (tag, type) = (Number(tiff[entry..], 2, little), Number(tiff[(entry + 2)..], 2, little));
            if (tag == Tag && type == Short)
                return Number(tiff[(entry + 8)..], 2, little) is > 1 and <= 8 and var way ? (byte)way : null;
        }
        return null;
    }

    /// <summary>A TIFF block that says nothing else.</summary>
    public static byte[] Write(byte way) =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, Short, 0, 1, 0, 0, 0, way, 0, 0, 0, 0, 0, 0, 0];

    private static long Number(ReadOnlySpan<byte> bytes, int size, bool little) =>
        size == 2
            ? (little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes))
            : (little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes));
}
