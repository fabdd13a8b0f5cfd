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
        long samples = Number(source, sizes.Body + 8);
        var places = Places(source, table);
        var runs = Runs(source, table.Find(source, "stsc"));
        if (samples > SamplesMax || places.Count > SamplesMax)
            throw Source.Wrong("too many samples");
        var (sample, run) = (0L, 0);
        for (var chunk = 0; chunk < places.Count && sample < samples; chunk++)
        {
            while (run + 1 < runs.Count && chunk + 1 >= runs[run + 1].First)
                run++;
            if (run >= runs.Count)
                throw Source.Wrong("no runs of chunks");
            var last = Math.Min(samples, sample + runs[run].Samples);
            long bytes = 0;
            for (; sample < last; sample++)
                bytes += fixedSize > 0 ? fixedSize : Number(source, sizes.Body + 12 + (4 * sample));
            over.Blank(places[chunk], bytes);
        }
    }

    private static List<long> Places(Source source, Box table)
    {
        var wide = table.Inside(source).Any(box => box.Name == "co64");
        var box = table.Find(source, wide ? "co64" : "stco");
        long count = Number(source, box.Body + 4);
        if (count > SamplesMax)
            throw Source.Wrong("too many chunks");
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
        long count = Number(source, box.Body + 4);
        if (count > SamplesMax)
            throw Source.Wrong("too many runs");
        var runs = new List<(long, long)>();
        for (var i = 0L; i < count; i++)
            runs.Add((Number(source, box.Body + 8 + (12 * i)), Number(source, box.Body + 12 + (12 * i))));
        return runs;
    }

    private static uint Number(Source source, long at) => BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4));
}
