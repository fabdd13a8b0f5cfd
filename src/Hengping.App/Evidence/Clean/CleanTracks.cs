using System.Buffers.Binary;

namespace Hengping.App.Evidence;

/// <summary>Where the samples of a track lie: a track of places or notes is blanked there too.</summary>
internal static class CleanTracks
{
    private const long SamplesMax = 1_000_000;

    /// <summary>What a table of samples may hold.</summary>
    public static readonly string[] Tables =
    [
        "stsd",
        "stts",
        "ctts",
        "cslg",
        "stsc",
        "stsz",
        "stz2",
        "stco",
        "co64",
        "stss",
        "stsh",
        "padb",
        "stdp",
        "sdtp",
        "sbgp",
        "sgpd",
        "subs",
        "saiz",
        "saio",
        "stps",
    ];

    /// <summary>Blanks every sample of a track.</summary>
    public static void BlankSamples(Source source, Box track, Overlay over)
    {
        var table = track.Find(source, "mdia").Find(source, "minf").Find(source, "stbl");
        var sizes = table.Find(source, "stsz");
        long fixedSize = Number(source, sizes.Body + 4);
        long samples = fixedSize > 0 ? Number(source, sizes.Body + 8) : Count(source, sizes, own: 8, each: 4);
        var places = Places(source, table);
        var runs = Runs(source, table.Find(source, "stsc"));
        if (samples > SamplesMax)
            throw Source.Wrong("too many samples");
        var (sample, run) = (0L, 0);
        for (var chunk = 0; chunk < places.Count && sample < samples; chunk++)
        {
            while (run + 1 < runs.Count && chunk + 1 >= runs[run + 1].First)
                run++;
            if (run >= runs.Count)
                throw Source.Wrong("no runs of chunks");
            var last = Math.Min(samples, sample + runs[run].Samples);
            var bytes = fixedSize * (last - sample);
            if (fixedSize > 0)
                sample = last;
            for (; sample < last; sample++)
                bytes += Number(source, sizes.Body + 12 + (4 * sample));
            over.Blank(places[chunk], bytes);
        }
    }

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
