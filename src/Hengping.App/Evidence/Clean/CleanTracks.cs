using System.Buffers.Binary;

namespace Hengping.App.Evidence;

/// <summary>The tables of a track, and where the samples lie that they speak of.</summary>
internal static class CleanTracks
{
    private const long SamplesMax = 1_000_000;

    /// <summary>One of the tables; of those that say no more than how to seek faster nothing is needed.</summary>
    public static void Table(Source source, Box table, bool isSound, bool isQuickTime, Overlay over)
    {
        if (table.Name == "stsd")
        {
            CleanEntries.Of(source, table, isSound, isQuickTime, over);
            return;
        }
        var each = table.Name switch
        {
            "stts" or "ctts" or "co64" => 8,
            "stsc" => 12,
            "stco" or "stss" or "stps" => 4,
            _ => 0,
        };
        if (each > 0)
            CleanBoxes.Keep(table, 8 + Entries(source, table, own: 4, each), over);
        else if (table.Name == "stsz")
            CleanBoxes.Keep(
                table,
                12 + (Number(source, table.Body + 4) > 0 ? 0 : Entries(source, table, own: 8, each: 4)),
                over
            );
        else if (table.Name == "cslg")
            CleanBoxes.Keep(table, source.Byte(table.Body) == 1 ? 44 : 24, over);
        else
            CleanBoxes.Drop(table, over);
    }

    public static Box Tables(Source source, Box track) =>
        track.Find(source, "mdia").Find(source, "minf").Find(source, "stbl");

    /// <summary>Adds the places of every sample of a track.</summary>
    /// <param name="isPlain">QuickTime's sound, that may say one byte for each sample whatever it takes.</param>
    public static void Find(Source source, Box track, bool isPlain, Ranges found)
    {
        var table = Tables(source, track);
        var sizes = table.Find(source, "stsz");
        long fixedSize = Number(source, sizes.Body + 4);
        long samples = fixedSize > 0 ? Number(source, sizes.Body + 8) : Count(source, sizes, own: 8, each: 4);
        var places = Places(source, table);
        var runs = Runs(source, table.Find(source, "stsc"));
        if (samples > (fixedSize > 0 ? uint.MaxValue : SamplesMax))
            throw Source.Wrong("too many samples");
        var (packet, each) = isPlain && fixedSize == 1 ? Packet(source, table) : (1, fixedSize);
        var (sample, run) = (0L, 0);
        for (var chunk = 0; chunk < places.Count && sample < samples; chunk++)
        {
            while (run + 1 < runs.Count && chunk + 1 >= runs[run + 1].First)
                run++;
            if (run >= runs.Count)
                throw Source.Wrong("no runs of chunks");
            var last = Math.Min(samples, sample + runs[run].Samples);
            var bytes = checked((last - sample + packet - 1) / packet * each);
            if (fixedSize > 0)
                sample = last;
            for (; sample < last; sample++)
                bytes += Number(source, sizes.Body + 12 + (4 * sample));
            found.Add(places[chunk], bytes);
        }
    }

    // How many samples are told together, and how many bytes that takes.
    private static (long Samples, long Bytes) Packet(Source source, Box table)
    {
        var entry = table.Find(source, "stsd").Inside(source, own: 8).First();
        long samples = source.Byte(entry.Body + 9) == 1 ? Number(source, entry.Body + 28) : 0;
        if (samples > 0)
            return (samples, Number(source, entry.Body + 36));
        var head = source.Bytes(entry.Body, 20);
        var bits = entry.Name is "ulaw" or "alaw" ? 8 : head[19];
        return (1, Math.Max(1, head[17] * (bits / 8)));
    }

    /// <summary>How many bytes the entries of a table take that says how many it has.</summary>
    public static long Entries(Source source, Box table, int own, int each) => Count(source, table, own, each) * each;

    private static List<long> Places(Source source, Box table)
    {
        var wide = table.Inside(source).Any(box => box.Name == "co64");
        var box = table.Find(source, wide ? "co64" : "stco");
        var count = Count(source, box, own: 4, each: wide ? 8 : 4);
        var places = new List<long>();
        for (var i = 0L; i < count; i++)
            places.Add(
                wide
                    ? checked((long)BinaryPrimitives.ReadUInt64BigEndian(source.Bytes(box.Body + 8 + (8 * i), 8)))
                    : Number(source, box.Body + 8 + (4 * i))
            );
        return places;
    }

    private static List<(long First, long Samples)> Runs(Source source, Box box)
    {
        var count = Count(source, box, own: 4, each: 12);
        var runs = new List<(long, long)>();
        for (var i = 0L; i < count; i++)
            runs.Add((Number(source, box.Body + 8 + (12 * i)), Number(source, box.Body + 12 + (12 * i))));
        return runs;
    }

    // A table says how many entries it has, and has them: what is read of all tables is no more than the file.
    private static long Count(Source source, Box table, int own, int each)
    {
        long count = Number(source, table.Body + own);
        return count <= SamplesMax && table.Body + own + 4 + (count * each) <= table.End
            ? count
            : throw Source.Wrong("a table is shorter than it says");
    }

    private static uint Number(Source source, long at) => BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4));
}
