using System.Numerics;
using System.Text;

namespace Hengping.App.Evidence;

/// <summary>
/// WebM: of its segment the tracks and clusters stay; tags, attachments, chapters and whatever is not known become
/// void, and so does what its information says beyond scale and duration.
/// </summary>
internal static class CleanWebm
{
    private const long Head = 0x1A45DFA3;
    private const long Segment = 0x18538067;
    private const long Info = 0x1549A966;
    private const long Tracks = 0x1654AE6B;
    private const long Track = 0xAE;
    private const long Cluster = 0x1F43B675;
    private const long Cues = 0x1C53BB6B;
    private const long SeekHead = 0x114D9B74;
    private const long Void = 0xEC;
    private const long Scale = 0x2AD7B1;
    private const long Duration = 0x4489;
    private const long Muxer = 0x4D80;
    private const long Writer = 0x5741;
    private const long Codec = 0x86;
    private const long Group = 0xA0;

    // When, where, and blocks by themselves or in groups.
    private static readonly long[] OfCluster = [0xE7, 0xA7, 0xAB, 0xA3, Group];

    // A block, how long, of which others it is made, how transparent.
    private static readonly long[] OfGroup = [0xA1, 0x9B, 0xFB, 0xFA, 0x75A1, 0x75A2];

    // Number, kind, flags, times, language, codec and what it needs, picture and sound.
    private static readonly long[] KeptOfTrack =
    [
        0xD7,
        0x73C5,
        0x83,
        0xB9,
        0x88,
        0x55AA,
        0x9C,
        0x6DE7,
        0x6DF8,
        0x55EE,
        0x23E383,
        0x23314F,
        0x22B59C,
        Codec,
        0x63A2,
        0x56AA,
        0x56BB,
        0xE0,
        0xE1,
    ];

    // Of others the head of the codec holds comments (Vorbis), or the track is neither picture nor sound.
    private static readonly string[] Codecs =
    [
        "V_VP8",
        "V_VP9",
        "V_AV1",
        "V_MPEG4/ISO/AVC",
        "A_OPUS",
        "A_PCM/FLOAT/IEEE",
    ];

    private readonly record struct Element(long Id, long At, int Header, long? Length);

    public static Pieces Of(Source source)
    {
        var over = new Overlay();
        var head = Read(source, 0);
        var segment = Read(source, EndOf(head));
        if (head.Id != Head || segment.Id != Segment)
            throw Source.Wrong("no WebM");
        var end = segment.Length is null ? source.Length : EndOf(segment);
        var isThere = false;
        for (var at = segment.At + segment.Header; at < end; )
        {
            var one = Read(source, at);
            if (one is { Id: Cluster, Length: null })
            {
                at = EndOfCluster(source, at + one.Header, end, over);
                isThere = true;
                continue;
            }
            at = EndOf(one);
            if (at > end)
                throw Source.Wrong("elements do not fit");
            isThere |= one.Id == Cluster;
            if (one.Id == Info)
                Inside(source, one, over, OfInfo);
            else if (one.Id == Tracks)
                Inside(source, one, over, OfTracks);
            else if (one.Id == Cluster)
                Inside(source, one, over, InCluster);
            else if (one.Id is not (Cues or SeekHead))
                Drop(one, over);
        }
        if (end < source.Length)
            over.Blank(end, source.Length - end);
        return isThere ? over.Over(source.Length) : throw Source.Wrong("no content");
    }

    private static void OfInfo(Source source, Element one, Overlay over)
    {
        if (one.Id is Muxer or Writer)
            over.Blank(one.At + one.Header, one.Length!.Value);
        else if (one.Id is not (Scale or Duration))
            Drop(one, over);
    }

    private static void OfTracks(Source source, Element one, Overlay over)
    {
        if (one.Id == Track)
            Inside(source, one, over, OfTrack);
        else
            Drop(one, over);
    }

    private static void OfTrack(Source source, Element one, Overlay over)
    {
        if (!KeptOfTrack.Contains(one.Id))
            Drop(one, over);
        else if (one.Id == Codec && !Codecs.Contains(NameOf(source, one)))
            throw Source.Wrong("a track of another kind");
    }

    private static void InCluster(Source source, Element one, Overlay over)
    {
        if (one.Id == Group)
            Inside(source, one, over, InGroup);
        else if (!OfCluster.Contains(one.Id))
            Drop(one, over);
    }

    private static void InGroup(Source source, Element one, Overlay over)
    {
        if (!OfGroup.Contains(one.Id))
            Drop(one, over);
    }

    private static string NameOf(Source source, Element one) =>
        Encoding.Latin1.GetString(source.Bytes(one.At + one.Header, (int)Math.Min(one.Length ?? 0, 64))).TrimEnd('\0');

    private static void Inside(Source source, Element outer, Overlay over, Action<Source, Element, Overlay> look)
    {
        var end = EndOf(outer);
        for (var at = outer.At + outer.Header; at < end; )
        {
            var one = Read(source, at);
            at = EndOf(one);
            if (at > end)
                throw Source.Wrong("elements do not fit");
            look(source, one, over);
        }
    }

    // A live recording does not say how long a cluster is: it ends where something comes that is no part of one.
    private static long EndOfCluster(Source source, long at, long end, Overlay over)
    {
        while (at < end && Read(source, at) is var one && IsOfCluster(one.Id))
        {
            at = EndOf(one);
            if (at > end)
                throw Source.Wrong("elements do not fit");
            InCluster(source, one, over);
        }
        return at;
    }

    private static bool IsOfCluster(long id) => id is Void or 0xBF || OfCluster.Contains(id);

    private static void Drop(Element one, Overlay over)
    {
        var total = one.Header + one.Length!.Value;
        var sizeBytes = Math.Min(one.Header - 1, 8);
        var rest = total - 1 - sizeBytes;
        var header = new byte[1 + sizeBytes];
        header[0] = (byte)Void;
        for (var i = sizeBytes; i > 0; i--, rest >>= 8)
            header[i] = (byte)rest;
        header[1] |= (byte)(1 << (8 - sizeBytes));
        over.Put(one.At, header);
        over.Blank(one.At + header.Length, total - header.Length);
    }

    private static long EndOf(Element one) =>
        checked(one.At + one.Header + (one.Length ?? throw Source.Wrong("a length that is not said")));

    private static Element Read(Source source, long at)
    {
        var idBytes = Bytes(source.Byte(at), 4);
        long id = 0;
        foreach (var one in source.Bytes(at, idBytes))
            id = (id << 8) | one;
        var sizeBytes = Bytes(source.Byte(at + idBytes), 8);
        long size = 0;
        foreach (var one in source.Bytes(at + idBytes, sizeBytes))
            size = (size << 8) | one;
        var most = (1L << (7 * sizeBytes)) - 1;
        size &= most;
        return new Element(id, at, idBytes + sizeBytes, size == most ? null : size);
    }

    private static int Bytes(byte first, int max)
    {
        var bytes = BitOperations.LeadingZeroCount((uint)first) - 24 + 1;
        return bytes <= max ? bytes : throw Source.Wrong("an element should begin");
    }
}
