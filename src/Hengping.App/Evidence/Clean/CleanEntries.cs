using System.Buffers.Binary;
using System.Text;

namespace Hengping.App.Evidence;

/// <summary>
/// How the samples of a track are packed: known codecs, of each what a decoder needs. Names that programs give
/// themselves are blanked, and so is what stands behind the end of a configuration.
/// </summary>
internal static class CleanEntries
{
    private const int SpecificMax = 256;

    private static readonly HashSet<string> OfPictures = new(StringComparer.Ordinal)
    {
        "avc1",
        "avc2",
        "avc3",
        "avc4",
        "hvc1",
        "hev1",
        "dvh1",
        "dvhe",
        "av01",
        "vp08",
        "vp09",
        "mp4v",
        "s263",
        "apch",
        "apcn",
        "apcs",
        "apco",
        "ap4h",
    };

    private static readonly HashSet<string> OfSounds = new(StringComparer.Ordinal)
    {
        "mp4a",
        "alac",
        "ac-3",
        "ec-3",
        "Opus",
        "fLaC",
        "samr",
        "sawb",
        "lpcm",
        "sowt",
        "twos",
        "ulaw",
        "alaw",
        ".mp3",
        "in24",
        "in32",
        "fl32",
        "fl64",
        "raw ",
        "ipcm",
        "fpcm",
    };

    // As long as each is; 0 where its content says.
    private static readonly Dictionary<string, int> Configurations = new(StringComparer.Ordinal)
    {
        ["avcC"] = 0,
        ["hvcC"] = 0,
        ["lhvC"] = 0,
        ["esds"] = 0,
        ["colr"] = 0,
        ["wave"] = 0,
        ["av1C"] = 0,
        ["dOps"] = 0,
        ["vpcC"] = 12,
        ["pasp"] = 8,
        ["clap"] = 32,
        ["btrt"] = 12,
        ["fiel"] = 2,
        ["gama"] = 4,
        ["dvcC"] = 24,
        ["dvvC"] = 24,
        ["clli"] = 4,
        ["mdcv"] = 24,
        ["dac3"] = 3,
        ["dec3"] = 5,
        ["alac"] = 28,
        ["dfLa"] = 42,
        ["chan"] = 16,
        ["srat"] = 8,
        ["pcmC"] = 6,
        ["damr"] = 9,
        ["d263"] = 7,
        ["frma"] = 4,
        ["enda"] = 2,
        ["ccst"] = 8,
        ["auxi"] = 4,
    };

    /// <summary>Whether every codec of this table of samples is known. JPEG is not: each holds what any may.
    /// </summary>
    public static bool AreKnown(Source source, Box table, bool isSound) =>
        table.Inside(source, own: 8).All(entry => (isSound ? OfSounds : OfPictures).Contains(entry.Name));

    public static void Of(Source source, Box table, bool isSound, bool isQuickTime, Overlay over)
    {
        if (!AreKnown(source, table, isSound))
            throw Source.Wrong("an unknown codec");
        foreach (var entry in table.Inside(source, own: 8))
        {
            var own = isSound ? Sound(source, entry, isQuickTime, over) : Picture(entry, over);
            Parts(source, entry.Body + own, entry.End, over);
        }
    }

    private static int Picture(Box entry, Overlay over)
    {
        over.Blank(entry.Body + 8, 16);
        over.Blank(entry.Body + 36, 4);
        over.Blank(entry.Body + 42, 32);
        return 78;
    }

    private static int Sound(Source source, Box entry, bool isQuickTime, Overlay over)
    {
        over.Blank(entry.Body + 10, 6);
        return source.Byte(entry.Body + 9) switch
        {
            1 when isQuickTime => 44,
            2 when isQuickTime => 64,
            _ => 28,
        };
    }

    private static void Parts(Source source, long at, long end, Overlay over)
    {
        // QuickTime ends a list with a box of no length.
        var whole = end - at < 8 ? at : end;
        over.Blank(whole, end - whole);
        foreach (var part in Box.Within(source, at, whole))
            Part(source, part, over);
    }

    /// <summary>One configuration, of a sample entry or of a picture among items.</summary>
    public static void Part(Source source, Box part, Overlay over)
    {
        if (!Configurations.TryGetValue(part.Name, out var fixedLength))
        {
            CleanBoxes.Drop(part, over);
            return;
        }
        if (part.Name == "wave")
        {
            Parts(source, part.Body, part.End, over);
            return;
        }
        if (part.Name == "damr")
            over.Blank(part.Body, 4);
        var kind = part.Name == "colr" ? Encoding.Latin1.GetString(source.Bytes(part.Body, 4)) : "";
        var length = part.Name switch
        {
            "colr" when kind is not ("nclx" or "nclc") => 0,
            "colr" => kind == "nclx" ? 11 : 10,
            "avcC" => Avc(source, part),
            "hvcC" => Hevc(source, part, lists: 22),
            "lhvC" => Hevc(source, part, lists: 5),
            "esds" => Described(source, part),
            "av1C" => part.Length - part.Head <= SpecificMax ? part.Length - part.Head : 4,
            "auxi" => CleanItems.PurposeOf(source, part) is { } purpose ? 5 + purpose.Length : fixedLength,
            "dOps" => 11 + (source.Byte(part.Body + 10) == 0 ? 0 : 2 + source.Byte(part.Body + 1)),
            _ => fixedLength,
        };
        if (length == 0)
            CleanBoxes.Drop(part, over);
        else
            CleanBoxes.Keep(part, length, over);
    }

    // Parameter sets by number and length, then what the higher profiles add.
    private static long Avc(Source source, Box box)
    {
        var at = box.Body + 5;
        at = Sets(source, at + 1, source.Byte(at) & 31);
        at = Sets(source, at + 1, source.Byte(at));
        var profile = source.Byte(box.Body + 1);
        if (profile is 100 or 110 or 122 or 144 && at + 4 <= box.End)
            at = Sets(source, at + 4, source.Byte(at + 3));
        return at - box.Body;
    }

    private static long Hevc(Source source, Box box, int lists)
    {
        var at = box.Body + lists + 1;
        for (var list = source.Byte(at - 1); list > 0; list--)
            at = Sets(source, at + 3, BinaryPrimitives.ReadUInt16BigEndian(source.Bytes(at + 1, 2)));
        return at - box.Body;
    }

    private static long Sets(Source source, long at, int count)
    {
        for (; count > 0; count--)
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(source.Bytes(at, 2));
        return at;
    }

    // A stream, its decoder, what that needs, and how units are numbered; no more, and nothing by address.
    private static long Described(Source source, Box box)
    {
        var at = box.Body + 4;
        var end = Enter(source, ref at, 3);
        if ((source.Byte(at + 2) & 0xE0) != 0)
            throw Source.Wrong("a stream elsewhere");
        at += 3;
        var decoder = Enter(source, ref at, 4);
        at += 13;
        if (at < decoder)
        {
            var specific = Enter(source, ref at, 5);
            if (specific - at > SpecificMax)
                throw Source.Wrong("more than a decoder needs");
            at = specific;
        }
        if (at != decoder)
            throw Source.Wrong("more than a decoder needs");
        if (at < end)
            at =
                Enter(source, ref at, 6) is var units && units - at <= 1
                    ? units
                    : throw Source.Wrong("more than units");
        return at == end && at <= box.End ? at - box.Body : throw Source.Wrong("more than a stream");
    }

    private static long Enter(Source source, ref long at, byte tag)
    {
        if (source.Byte(at++) != tag)
            throw Source.Wrong("an unknown description");
        var length = 0;
        for (var more = 0; ; more++)
        {
            var one = source.Byte(at++);
            length = (length << 7) | (one & 127);
            if ((one & 128) == 0)
                return at + length;
            if (more == 3)
                throw Source.Wrong("a description of no length");
        }
    }
}
