using System.Buffers.Binary;

namespace Hengping.App.Evidence;

/// <summary>
/// Ogg with one stream of Vorbis or Opus: its comments, the second packet, are said again as none, in the same length,
/// and the sums of their pages made anew.
/// </summary>
internal static class CleanOgg
{
    private const int HeadBytes = 27;
    private const byte FirstOfStream = 2;

    private readonly record struct Page(long At, int Table, byte Flags, uint Serial, byte[] Lacing)
    {
        public int Data => Lacing.Sum(one => one);

        public int Length => HeadBytes + Table + Data;
    }

    public static Pieces Of(Source source)
    {
        var over = new Overlay();
        uint serial = 0;
        byte[]? comments = null;
        var (isDone, number) = (false, 0);
        for (var at = 0L; at < source.Length; number++)
        {
            var page = Read(source, at);
            if (number == 0)
                (serial, comments) = (page.Serial, NoComments(source, page));
            else if (page.Serial != serial || (page.Flags & FirstOfStream) != 0)
                throw Source.Wrong("more than one stream");
            else if (!isDone)
                isDone = Rewrite(source, page, ref comments!, over);
            at += page.Length;
        }
        return isDone ? over.Over(source.Length) : throw Source.Wrong("no comments to take off");
    }

    private static byte[] NoComments(Source source, Page first)
    {
        if (first.Lacing.Count(one => one < 255) != 1 || first.Lacing[^1] == 255)
            throw Source.Wrong("more than one packet in the first page");
        var begins = source.Bytes(first.At + HeadBytes + first.Table, 8);
        if (begins.StartsWith("\x01vorbis"u8))
            return [.. "\x03vorbis"u8, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        return begins.StartsWith("OpusHead"u8)
            ? [.. "OpusTags"u8, 0, 0, 0, 0, 0, 0, 0, 0]
            : throw Source.Wrong("an unknown codec");
    }

    /// <summary>What of the packet lies in this page; whether it ends there.</summary>
    /// <param name="left">What is still to be said; the rest of the packet is zeros.</param>
    private static bool Rewrite(Source source, Page page, ref byte[] left, Overlay over)
    {
        var (length, isEnd) = (0, false);
        foreach (var one in page.Lacing)
        {
            length += one;
            isEnd = one < 255;
            if (isEnd)
                break;
        }
        var data = HeadBytes + page.Table;
        var whole = source.Bytes(page.At, page.Length).ToArray();
        var said = Math.Min(left.Length, length);
        whole.AsSpan(data, length).Clear();
        left.AsSpan(0, said).CopyTo(whole.AsSpan(data));
        left = left[said..];
        if (isEnd && left.Length > 0)
            throw Source.Wrong("comments too short to be ones");
        whole.AsSpan(22, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(22), Sum(whole));
        over.Put(page.At + 22, whole[22..26]);
        if (said > 0)
            over.Put(page.At + data, whole[data..(data + said)]);
        over.Blank(page.At + data + said, length - said);
        return isEnd;
    }

    private static Page Read(Source source, long at)
    {
        var head = source.Bytes(at, HeadBytes);
        if (!head.StartsWith("OggS\0"u8))
            throw Source.Wrong("a page should begin");
        var (flags, serial, table) = (head[5], BinaryPrimitives.ReadUInt32LittleEndian(head[14..]), head[26]);
        var page = new Page(at, table, flags, serial, source.Bytes(at + HeadBytes, table).ToArray());
        return at + page.Length <= source.Length ? page : throw Source.Wrong("a page breaks off");
    }

    private static uint Sum(ReadOnlySpan<byte> page)
    {
        uint sum = 0;
        foreach (var one in page)
        {
            sum ^= (uint)one << 24;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum << 1) ^ ((sum >> 31) * 0x04C11DB7u);
        }
        return sum;
    }
}
