using System.Buffers.Binary;
using System.Text;

namespace Hengping.App.Evidence;

/// <summary>One box of an ISO media file.</summary>
internal readonly record struct Box(string Name, long At, int Head, long Length)
{
    private const int Most = 100_000;

    public long Body => At + Head;

    public long End => At + Length;

    /// <summary>The boxes one after another, which must fill their place.</summary>
    public static IEnumerable<Box> Within(Source source, long at, long end)
    {
        for (var number = 0; at < end; number++)
        {
            if (number == Most)
                throw Source.Wrong("too many boxes");
            long length = BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4));
            var name = Encoding.Latin1.GetString(source.Bytes(at + 4, 4));
            var head = 8;
            if (length == 1)
                (length, head) = (checked((long)BinaryPrimitives.ReadUInt64BigEndian(source.Bytes(at + 8, 8))), 16);
            else if (length == 0)
                length = end - at;
            if (length < head || length > end - at)
                throw Source.Wrong("boxes do not fit");
            yield return new Box(name, at, head, length);
            at += length;
        }
    }

    /// <summary>The boxes inside this one, after so many bytes of its own.</summary>
    public IEnumerable<Box> Inside(Source source, int own = 0) => Within(source, Body + own, End);

    /// <summary>The first of a name inside this one.</summary>
    public Box Find(Source source, string name) =>
        Inside(source).FirstOrDefault(box => box.Name == name) is { Length: > 0 } found
            ? found
            : throw Source.Wrong($"no {name}");
}

/// <summary>
/// MP4, QuickTime, M4A, HEIF, AVIF: every box that is not known to be needed is blanked where it stands, so that all
/// places the others speak of stay right; so are times, names of handlers, and tracks that are neither picture nor
/// sound, with their samples.
/// </summary>
internal static class CleanBoxes
{
    private static readonly string[] Top = ["ftyp", "styp", "mdat", "moov", "moof", "sidx", "mfra", "pdin"];
    private static readonly string[] OfMovie = ["mvhd", "trak", "mvex"];
    private static readonly string[] OfTrack = ["tkhd", "edts", "mdia", "tapt"];
    private static readonly string[] OfMedia = ["mdhd", "hdlr", "minf", "elng"];
    private static readonly string[] OfInfo = ["vmhd", "smhd", "nmhd", "gmhd", "hdlr", "dinf", "stbl"];
    private static readonly string[] OfFragment = ["mfhd", "traf"];
    private static readonly string[] OfTrackFragment =
    [
        "tfhd",
        "tfdt",
        "trun",
        "sbgp",
        "sgpd",
        "subs",
        "saiz",
        "saio",
        "sdtp",
    ];

    public static Pieces Of(Source source, bool isPicture)
    {
        var over = new Overlay();
        var boxes = Box.Within(source, 0, source.Length).ToList();
        if (boxes.Count == 0 || boxes[0].Name != "ftyp")
            throw Source.Wrong("no ftyp");
        var isCut = boxes.Any(box => box.Name == "moof");
        var content = 0;
        foreach (var box in boxes)
        {
            if (isPicture && box.Name == "meta")
                CleanItems.Of(source, box, over);
            else if (!Top.Contains(box.Name))
            {
                Drop(box, over);
                continue;
            }
            else if (box.Name == "moov")
                Movie(source, box, isCut, over);
            else if (box.Name == "moof")
                Only(source, box, OfFragment, over);
            content += box.Name is "meta" or "moov" ? 1 : 0;
        }
        return content > 0 ? over.Over(source.Length) : throw Source.Wrong("no content");
    }

    /// <summary>It becomes free space of the same length.</summary>
    public static void Drop(Box box, Overlay over)
    {
        over.Put(box.At + 4, [.. "free"u8]);
        over.Blank(box.Body, box.Length - box.Head);
    }

    /// <summary>A name that programs give themselves.</summary>
    public static void BlankHandler(Box box, Overlay over) => over.Blank(box.Body + 24, box.Length - box.Head - 24);

    private static void Only(Source source, Box box, string[] kept, Overlay over)
    {
        foreach (var inner in box.Inside(source))
        {
            if (!kept.Contains(inner.Name))
                Drop(inner, over);
            else if (inner.Name == "traf")
                Only(source, inner, OfTrackFragment, over);
        }
    }

    private static void Movie(Source source, Box movie, bool isCut, Overlay over)
    {
        foreach (var box in movie.Inside(source))
        {
            if (!OfMovie.Contains(box.Name))
                Drop(box, over);
            else if (box.Name == "mvhd")
                BlankTimes(source, box, over);
            else if (box.Name == "trak")
                Track(source, box, isCut, over);
        }
    }

    private static void Track(Source source, Box track, bool isCut, Overlay over)
    {
        var handler = track.Find(source, "mdia").Find(source, "hdlr");
        var kind = Encoding.Latin1.GetString(source.Bytes(handler.Body + 8, 4));
        if (kind is not ("vide" or "soun" or "pict" or "auxv"))
        {
            // Of a film in fragments the samples of one track lie between those of the others.
            if (isCut)
                throw Source.Wrong("a track beside picture and sound");
            CleanTracks.BlankSamples(source, track, over);
            Drop(track, over);
            return;
        }
        foreach (var box in track.Inside(source))
        {
            if (!OfTrack.Contains(box.Name))
                Drop(box, over);
            else if (box.Name == "tkhd")
                BlankTimes(source, box, over);
            else if (box.Name == "mdia")
                Media(source, box, over);
        }
    }

    private static void Media(Source source, Box media, Overlay over)
    {
        foreach (var box in media.Inside(source))
        {
            if (!OfMedia.Contains(box.Name))
                Drop(box, over);
            else if (box.Name == "mdhd")
                BlankTimes(source, box, over);
            else if (box.Name == "hdlr")
                BlankHandler(box, over);
            else if (box.Name == "minf")
                Info(source, box, over);
        }
    }

    private static void Info(Source source, Box info, Overlay over)
    {
        foreach (var box in info.Inside(source))
        {
            if (!OfInfo.Contains(box.Name))
                Drop(box, over);
            else if (box.Name == "hdlr")
                BlankHandler(box, over);
            else if (box.Name == "stbl")
                Only(source, box, CleanTracks.Tables, over);
        }
    }

    // When it was made and changed: the first two fields after version and flags.
    private static void BlankTimes(Source source, Box box, Overlay over) =>
        over.Blank(box.Body + 4, source.Byte(box.Body) == 1 ? 16 : 8);
}
