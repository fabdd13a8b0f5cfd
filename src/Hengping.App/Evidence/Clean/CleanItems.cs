using System.Text;

namespace Hengping.App.Evidence;

/// <summary>
/// The items of HEIF and AVIF: which of them are pictures stays; what the others hold (Exif, XMP, pictures that hold
/// such things themselves) is blanked in its place. Which way a picture is turned is a property of it, and stays.
/// </summary>
internal sealed class CleanItems(
    Source source,
    Overlay over,
    Ranges kept,
    Ranges beside,
    List<(long From, long To)> placesOfContent
)
{
    private const int ItemsMax = 10_000;

    private static readonly string[] Pictures = ["hvc1", "av01", "avc1", "lhv1", "grid", "iovl", "iden", "tmap"];

    private static readonly string[] References = ["thmb", "auxl", "dimg", "cdsc", "base", "prem"];

    private static readonly string[] Configurations = ["hvcC", "av1C", "avcC", "lhvC", "colr", "pasp", "clap"];

    private static readonly Dictionary<string, int> Properties = new(StringComparer.Ordinal)
    {
        ["ispe"] = 12,
        ["irot"] = 1,
        ["imir"] = 1,
        ["clli"] = 4,
        ["mdcv"] = 24,
        ["amve"] = 8,
        ["lsel"] = 2,
        ["a1op"] = 1,
        ["rloc"] = 12,
    };

    // What a picture beside the picture is for.
    private static readonly string[] Purposes =
    [
        "urn:mpeg:hevc:2015:auxid:1",
        "urn:mpeg:hevc:2015:auxid:2",
        "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
        "urn:mpeg:mpegB:cicp:systems:auxiliary:depth",
        "urn:com:apple:photo:2020:aux:hdrgainmap",
    ];

    private readonly HashSet<long> pictures = [];

    public void Of(Box meta)
    {
        var boxes = meta.Inside(source, own: 4).ToList();
        var primary = 0L;
        foreach (var box in boxes)
        {
            var isLong = box.Name is "pitm" or "iinf" or "iref" && source.Byte(box.Body) > 0;
            if (box.Name == "hdlr")
                CleanBoxes.BlankHandler(source, box, over);
            else if (box.Name == "pitm")
            {
                var at = box.Body + 4;
                primary = Number(source, ref at, isLong ? 4 : 2);
                CleanBoxes.Keep(box, at - box.Body, over);
            }
            else if (box.Name == "iinf")
                Infos(box, isLong ? 8 : 6);
            else if (box.Name == "iref")
                Led(box, isLong ? 4 : 2);
            else if (box.Name == "iprp")
                OfPictures(box);
            else if (box.Name == "idat")
                placesOfContent.Add((box.Body, box.End));
            else if (box.Name != "iloc")
                CleanBoxes.Drop(box, over);
        }
        if (!pictures.Contains(primary))
            throw Source.Wrong("no picture we know");
        var data = boxes.FirstOrDefault(box => box.Name == "idat");
        foreach (var box in boxes.Where(box => box.Name == "iloc"))
            Place(box, data);
    }

    private void Infos(Box infos, int own)
    {
        foreach (var info in infos.Inside(source, own))
        {
            var version = info.Name == "infe" ? source.Byte(info.Body) : 0;
            if (version is not (2 or 3))
                throw Source.Wrong("an unknown item");
            var at = info.Body + 4;
            var id = Number(source, ref at, version == 2 ? 2 : 4);
            at += 2;
            if (Pictures.Contains(Encoding.Latin1.GetString(source.Bytes(at, 4))))
                pictures.Add(id);
            // Its name, and what type of content it is.
            over.Blank(at + 4, info.End - at - 4);
        }
    }

    // From one item to others.
    private void Led(Box references, int idBytes)
    {
        foreach (var one in references.Inside(source, own: 4))
        {
            var at = one.Body + idBytes;
            var count = Number(source, ref at, 2);
            if (References.Contains(one.Name))
                CleanBoxes.Keep(one, idBytes + 2 + (count * idBytes), over);
            else
                CleanBoxes.Drop(one, over);
        }
    }

    private void OfPictures(Box properties)
    {
        var listed = properties.Find(source, "ipco");
        var all = listed.Inside(source).ToList();
        foreach (var property in all)
            Property(property);
        foreach (var box in properties.Inside(source))
        {
            if (box.Name == "ipma")
                CleanBoxes.Keep(box, Assigned(box, all), over);
            else if (box.At != listed.At)
                CleanBoxes.Drop(box, over);
        }
    }

    private void Property(Box property)
    {
        if (Configurations.Contains(property.Name))
            CleanEntries.Part(source, property, over);
        else if (Properties.TryGetValue(property.Name, out var bytes))
            CleanBoxes.Keep(property, bytes, over);
        else if (property.Name == "pixi")
            CleanBoxes.Keep(property, 5 + source.Byte(property.Body + 4), over);
        else if (property.Name == "a1lx")
            CleanBoxes.Keep(property, (source.Byte(property.Body) & 1) == 0 ? 7 : 13, over);
        // For what, a reader may not know, but that it is beside the picture it must.
        else if (property.Name == "auxC")
            CleanBoxes.Keep(property, PurposeOf(source, property) is { } purpose ? 5 + purpose.Length : 4, over);
        else
            CleanBoxes.Drop(property, over);
    }

    /// <summary>What a picture beside the picture is for; null where that is nothing known.</summary>
    public static string? PurposeOf(Source source, Box property) =>
        Purposes.FirstOrDefault(one => source.Has(property.Body + 4, [.. Encoding.ASCII.GetBytes(one), 0]));

    private long Assigned(Box box, List<Box> properties)
    {
        var (idBytes, each) = (source.Byte(box.Body) == 0 ? 2 : 4, 1 + (source.Byte(box.Body + 3) & 1));
        var at = box.Body + 4;
        for (var items = Number(source, ref at, 4); items > 0; items--)
        {
            at += idBytes;
            for (int count = source.Byte(at++); count > 0; count--, at += each)
                Needed(at, each, properties);
        }
        return at - box.Body;
    }

    // The first bit says that who does not know this property shows no picture: of what was dropped it must not. A
    // profile is the one thing that goes and was known.
    private void Needed(long at, int bytes, List<Box> properties)
    {
        var first = source.Byte(at);
        var index = ((first & 127) << (8 * (bytes - 1))) | (bytes == 2 ? source.Byte(at + 1) : 0);
        if (first < 128 || index == 0)
            return;
        var name = index <= properties.Count ? properties[index - 1].Name : "";
        if (name == "colr")
            over.Put(at, [(byte)(first & 127)]);
        else if (!IsKnown(name))
            throw Source.Wrong("a picture that needs what we do not know");
    }

    private static bool IsKnown(string name) =>
        name is "pixi" or "a1lx" or "auxC" || Configurations.Contains(name) || Properties.ContainsKey(name);

    private void Place(Box places, Box data)
    {
        var version = source.Byte(places.Body);
        var (sizes, more) = (source.Byte(places.Body + 4), source.Byte(places.Body + 5));
        var (offsetBytes, lengthBytes, baseBytes) = (sizes >> 4, sizes & 15, more >> 4);
        var indexBytes = version == 0 ? 0 : more & 15;
        var at = places.Body + 6;
        var count = Number(source, ref at, version < 2 ? 2 : 4);
        if (version > 2 || count > ItemsMax)
            throw Source.Wrong("unknown places of items");
        var extentsInAll = 0L;
        for (var i = 0; i < count; i++)
        {
            var id = Number(source, ref at, version < 2 ? 2 : 4);
            var way = version == 0 ? 0 : Number(source, ref at, 2) & 15;
            var elsewhere = Number(source, ref at, 2);
            var from = Number(source, ref at, baseBytes);
            var extents = Number(source, ref at, 2);
            if ((extentsInAll += extents) > ItemsMax)
                throw Source.Wrong("too many places of items");
            for (var j = 0; j < extents; j++)
            {
                _ = Number(source, ref at, indexBytes);
                var offset = Number(source, ref at, offsetBytes);
                var length = Number(source, ref at, lengthBytes);
                if (way > 1 || elsewhere != 0 || length == 0 || (way == 1 && data.Length == 0))
                    throw Source.Wrong("an item whose place is not said");
                var found = pictures.Contains(id) ? kept : beside;
                found.Add(checked((way == 1 ? data.Body : 0) + from + offset), length);
            }
        }
        CleanBoxes.Keep(places, at - places.Body, over);
    }

    private static long Number(Source source, ref long at, int size)
    {
        if (size is not (0 or 2 or 4 or 8))
            throw Source.Wrong("a number of unknown size");
        long number = 0;
        foreach (var one in source.Bytes(at, size))
            number = checked((number * 256) + one);
        at += size;
        return number;
    }
}
