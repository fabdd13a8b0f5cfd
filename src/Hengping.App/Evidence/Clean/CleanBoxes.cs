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

    /// <summary>Those of the file. What stands behind and is none, as cameras append, is none of it.</summary>
    public static List<Box> Fitting(Source source)
    {
        var all = new List<Box>();
        try
        {
            foreach (var box in Within(source, 0, source.Length))
                all.Add(box);
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException && IsWhole(all)) { }
        return all;
    }

    private static bool IsWhole(List<Box> all) => all.Count < Most && all.Any(box => box.Name is "moov" or "meta");

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
/// places the others speak of stay right; so are times, names of handlers, tracks that are neither picture nor sound,
/// what stands behind the end of a box's own fields, and all content that no picture or sound points to.
/// </summary>
internal sealed class CleanBoxes
{
    // Four signs each.
    private static readonly HashSet<string> Brands =
    [
        .. (
            "isomiso2iso3iso4iso5iso6iso7iso8iso9mp41mp42mp71avc1hvc1"
            + "av01dashmsdhMSNV3gp43gp53gp63gp73gs73g2aheicheixheimheis"
            + "hevchevxmif1mif2msf1miafMiHBMiHAMiHEMiPrMA1AMA1Bavifavis"
            + "aviotmap1picM4A M4V M4B qt  "
        )
            .Chunk(4)
            .Select(four => new string(four)),
    ];

    private readonly Source source;
    private readonly bool isPicture;
    private readonly Overlay over = new();
    private readonly Ranges kept = new();
    private readonly Ranges beside = new();
    private readonly List<(long From, long To)> places = [];
    private readonly CleanFragments fragments;
    private readonly bool isQuickTime;
    private readonly List<Box> boxes;

    private CleanBoxes(Source source, bool isPicture)
    {
        (this.source, this.isPicture) = (source, isPicture);
        fragments = new CleanFragments(source, over);
        boxes = Box.Fitting(source);
        if (boxes.Count == 0 || boxes[0].Name != "ftyp")
            throw Source.Wrong("no ftyp");
        isQuickTime = source.Has(boxes[0].Body, "qt  "u8);
    }

    public static Pieces Of(Source source, bool isPicture) => new CleanBoxes(source, isPicture).Whole();

    /// <summary>It becomes free space of the same length.</summary>
    public static void Drop(Box box, Overlay over)
    {
        over.Put(box.At + 4, [.. "free"u8]);
        over.Blank(box.Body, box.Length - box.Head);
    }

    /// <summary>It has fields of so many bytes; what stands behind them is blanked.</summary>
    public static void Keep(Box box, long bytes, Overlay over)
    {
        if (box.Body + bytes > box.End)
            throw Source.Wrong("a box is shorter than its fields");
        over.Blank(box.Body + bytes, box.End - box.Body - bytes);
    }

    /// <summary>A name that programs give themselves, and what QuickTime says of who made it.</summary>
    public static void BlankHandler(Source source, Box box, Overlay over)
    {
        var type = source.Bytes(box.Body, 24).Slice(4, 4);
        if (!type.SequenceEqual("mhlr"u8) && !type.SequenceEqual("dhlr"u8))
            over.Blank(box.Body + 4, 4);
        over.Blank(box.Body + 12, box.Length - box.Head - 12);
    }

    private Pieces Whole()
    {
        var content = 0;
        foreach (var box in boxes)
        {
            if (box.Name == "mdat")
                places.Add((box.Body, box.End));
            else if (box.Name == "ftyp" && box.At == 0)
                Types(box);
            else if (box.Name == "moov")
                Movie(box);
            else if (box.Name != "moof" && !(isPicture && box.Name == "meta"))
                Drop(box, over);
            content += box.Name is "meta" or "moov" ? 1 : 0;
        }
        // What a fragment leaves unsaid the film says, wherever that stands.
        foreach (var box in boxes.Where(box => box.Name == "moof"))
            fragments.Of(box, kept);
        foreach (var box in boxes.Where(box => isPicture && box.Name == "meta"))
            new CleanItems(source, over, kept, beside, places).Of(box);
        if (content == 0 || kept.Meets(beside))
            throw Source.Wrong("no content of its own");
        kept.BlankRest(places, over);
        return over.Over(boxes[^1].End);
    }

    // What a program does not know of them says nothing to it.
    private void Types(Box box)
    {
        over.Blank(box.Body + 4, 4);
        for (var at = box.Body; at < box.End; at += at == box.Body ? 8 : 4)
            if (!Brands.Contains(Encoding.Latin1.GetString(source.Bytes(at, 4))))
                over.Put(at, [.. "isom"u8]);
    }

    private void Movie(Box movie)
    {
        var tracks = movie.Inside(source).Where(box => box.Name == "trak").ToList();
        foreach (var box in movie.Inside(source))
        {
            if (box.Name == "mvhd")
                Head(box, 100);
            else if (box.Name == "mvex")
                fragments.Defaults(box);
            else if (box.Name == "trak")
                Track(box, tracks);
            else
                Drop(box, over);
        }
    }

    private string KindOf(Box track)
    {
        var handler = track.Find(source, "mdia").Find(source, "hdlr");
        return Encoding.Latin1.GetString(source.Bytes(handler.Body + 8, 4));
    }

    private bool IsKnown(Box track, string kind) =>
        CleanEntries.AreKnown(source, CleanTracks.Tables(source, track).Find(source, "stsd"), isSound: kind == "soun");

    private void Track(Box track, List<Box> tracks)
    {
        var kind = KindOf(track);
        // A phone tells the same sound twice, once in a codec of its own; a camera puts a small picture beside a film.
        var isContent =
            kind is "vide" or "soun" or "pict" or "auxv"
            && (IsKnown(track, kind) || !tracks.Exists(one => KindOf(one) == kind && IsKnown(one, kind)));
        if (!isContent)
        {
            // Of a film in fragments the samples of one track lie between those of the others.
            if (boxes.Any(box => box.Name == "moof"))
                throw Source.Wrong("a track beside picture and sound");
            CleanTracks.Find(source, track, isPlain: false, beside);
            Drop(track, over);
            return;
        }
        CleanTracks.Find(source, track, isPlain: isQuickTime && kind == "soun", kept);
        foreach (var box in track.Inside(source))
        {
            if (box.Name == "tkhd")
                Head(box, 84);
            else if (box.Name == "edts")
                Inside(box, Edits);
            else if (box.Name == "tref")
                Inside(box, led => Fields(led, led.Name == "auxl" ? (int)(led.End - led.Body) & ~3 : 0));
            else if (box.Name == "tapt")
                Inside(box, size => Fields(size, size.Name is "clef" or "prof" or "enof" ? 12 : 0));
            else if (box.Name == "mdia")
                Inside(box, part => Media(part, isSound: kind == "soun"));
            else
                Drop(box, over);
        }
    }

    private void Media(Box box, bool isSound)
    {
        if (box.Name == "mdhd")
            Head(box, 24);
        else if (box.Name == "hdlr")
            BlankHandler(source, box, over);
        else if (box.Name == "minf")
            Inside(box, part => Info(part, isSound));
        else
            Drop(box, over);
    }

    private void Info(Box box, bool isSound)
    {
        if (box.Name == "hdlr")
            BlankHandler(source, box, over);
        else if (box.Name == "stbl")
            Inside(box, table => CleanTracks.Table(source, table, isSound, isQuickTime, over));
        else if (box.Name == "dinf")
            Inside(box, Places);
        else
            Fields(
                box,
                box.Name is "vmhd" ? 12
                    : box.Name is "smhd" ? 8
                    : 0
            );
    }

    private void Edits(Box box)
    {
        var each = box.Name == "elst" && source.Byte(box.Body) == 1 ? 20 : 12;
        if (box.Name == "elst")
            Keep(box, 8 + CleanTracks.Entries(source, box, own: 4, each), over);
        else
            Drop(box, over);
    }

    // Samples lie in this file: whatever address stands there is blanked, and so is what it leads to.
    private void Places(Box box)
    {
        if (box.Name != "dref")
            Drop(box, over);
        else
            foreach (var place in box.Inside(source, own: 8))
            {
                if ((source.Byte(place.Body + 3) & 1) == 0)
                    throw Source.Wrong("samples of another file");
                Keep(place, 4, over);
            }
    }

    private void Inside(Box box, Action<Box> each)
    {
        foreach (var part in box.Inside(source))
            each(part);
    }

    private void Fields(Box box, int bytes)
    {
        if (bytes == 0)
            Drop(box, over);
        else
            Keep(box, bytes, over);
    }

    // When it was made and changed: the first two fields after version and flags. The second version has three wider.
    private void Head(Box box, int bytes)
    {
        var isWide = source.Byte(box.Body) == 1;
        over.Blank(box.Body + 4, isWide ? 16 : 8);
        Keep(box, bytes + (isWide ? 12 : 0), over);
    }
}
