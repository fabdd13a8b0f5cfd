using System.Buffers.Binary;

namespace Hengping.App.Evidence;

/// <summary>A film in fragments: where the samples lie that each of them names.</summary>
internal sealed class CleanFragments(Source source, Overlay over)
{
    private const uint HasBase = 1;
    private const uint FromFragment = 0x020000;
    private const int SamplesMax = 1_000_000;

    private static readonly string[] Kept = ["tfhd", "tfdt", "trun"];

    // How large a sample is where its fragment does not say.
    private readonly Dictionary<uint, uint> sizes = [];
    private int samples;

    public void Defaults(Box extends)
    {
        foreach (var box in extends.Inside(source))
        {
            if (box.Name is not ("trex" or "mehd"))
                CleanBoxes.Drop(box, over);
            else if (box.Name == "mehd")
                CleanBoxes.Keep(box, source.Byte(box.Body) == 1 ? 12 : 8, over);
            else
            {
                sizes[Number(box.Body + 4)] = Number(box.Body + 16);
                CleanBoxes.Keep(box, 24, over);
            }
        }
    }

    public void Of(Box fragment, Ranges kept)
    {
        long? after = null;
        foreach (var box in fragment.Inside(source))
        {
            if (box.Name == "mfhd")
                CleanBoxes.Keep(box, 8, over);
            else if (box.Name == "traf")
                after = Track(fragment, box, after, kept);
            else
                CleanBoxes.Drop(box, over);
        }
    }

    private long Track(Box fragment, Box track, long? after, Ranges kept)
    {
        var head = track.Find(source, "tfhd");
        var flags = Number(head.Body) & 0xFFFFFF;
        var size = sizes.TryGetValue(Number(head.Body + 4), out var usual)
            ? usual
            : throw Source.Wrong("a fragment of no track");
        var at = head.Body + 8;
        var from = (flags & FromFragment) != 0 ? fragment.At : after ?? fragment.At;
        if ((flags & HasBase) != 0)
        {
            from = checked((long)BinaryPrimitives.ReadUInt64BigEndian(source.Bytes(at, 8)));
            at += 8;
        }
        at += Bits(flags, 0x2, 0x8);
        if ((flags & 0x10) != 0)
            size = Number(at);
        at += Bits(flags, 0x10, 0x20);
        CleanBoxes.Keep(head, at - head.Body, over);
        var next = from;
        foreach (var box in track.Inside(source))
        {
            if (!Kept.Contains(box.Name))
                CleanBoxes.Drop(box, over);
            else if (box.Name == "tfdt")
                CleanBoxes.Keep(box, source.Byte(box.Body) == 1 ? 12 : 8, over);
            else if (box.Name == "trun")
                next = Run(box, from, next, size, kept);
        }
        return next;
    }

    private long Run(Box run, long from, long next, uint size, Ranges kept)
    {
        var flags = Number(run.Body) & 0xFFFFFF;
        long count = Number(run.Body + 4);
        var at = run.Body + 8;
        if ((flags & 1) != 0)
        {
            next = checked(from + BinaryPrimitives.ReadInt32BigEndian(source.Bytes(at, 4)));
            at += 4;
        }
        at += Bits(flags, 0x4);
        var each = Bits(flags, 0x100, 0x200, 0x400, 0x800);
        if ((samples += (int)Math.Min(count, SamplesMax)) > SamplesMax || at + (count * each) > run.End)
            throw Source.Wrong("a run is shorter than it says");
        CleanBoxes.Keep(run, at + (count * each) - run.Body, over);
        long length = (flags & 0x200) == 0 ? checked(count * size) : 0;
        var place = Bits(flags, 0x100);
        for (var i = 0L; (flags & 0x200) != 0 && i < count; i++)
            length += Number(at + (i * each) + place);
        kept.Add(next, length);
        return next + length;
    }

    private static int Bits(uint flags, params ReadOnlySpan<uint> which)
    {
        var bytes = 0;
        foreach (var one in which)
            bytes += (flags & one) != 0 ? 4 : 0;
        return bytes;
    }

    private uint Number(long at) => BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4));
}
