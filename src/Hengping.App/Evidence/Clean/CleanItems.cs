using System.Text;

namespace Hengping.App.Evidence;

/// <summary>
/// The items of HEIF and AVIF: which of them are pictures stays; what the others hold (Exif, XMP) is blanked in its
/// place. Which way a picture is turned is a property of it, and stays.
/// </summary>
internal static class CleanItems
{
    private const int ItemsMax = 10_000;
    private static readonly string[] Kept = ["hdlr", "pitm", "iinf", "iloc", "iref", "iprp", "idat", "dinf", "grpl"];

    private static readonly string[] Pictures =
    [
        "hvc1",
        "av01",
        "avc1",
        "lhv1",
        "jpeg",
        "grid",
        "iovl",
        "iden",
        "tmap",
    ];

    private static readonly string[] Properties =
    [
        "ispe",
        "pixi",
        "irot",
        "imir",
        "clap",
        "colr",
        "hvcC",
        "av1C",
        "avcC",
        "lhvC",
        "auxC",
        "pasp",
        "clli",
        "mdcv",
        "cclv",
        "amve",
        "lsel",
        "a1op",
        "a1lx",
        "rloc",
    ];

    public static void Of(Source source, Box meta, Overlay over)
    {
        var boxes = meta.Inside(source, own: 4).ToList();
        var beside = new HashSet<long>();
        foreach (var box in boxes)
        {
            if (!Kept.Contains(box.Name))
                CleanBoxes.Drop(box, over);
            else if (box.Name == "hdlr")
                CleanBoxes.BlankHandler(box, over);
            else if (box.Name == "iinf")
                Infos(source, box, beside, over);
            else if (box.Name == "iprp")
                OfPictures(source, box, over);
        }
        var data = boxes.FirstOrDefault(box => box.Name == "idat");
        if (boxes.FirstOrDefault(box => box.Name == "iloc") is { Length: > 0 } places)
            BlankItems(source, places, data, beside, over);
        else if (beside.Count > 0)
            throw Source.Wrong("items without a place");
    }

    private static void Infos(Source source, Box infos, HashSet<long> beside, Overlay over)
    {
        var own = source.Byte(infos.Body) == 0 ? 6 : 8;
        foreach (var info in infos.Inside(source, own))
        {
            var version = info.Name == "infe" ? source.Byte(info.Body) : 0;
            if (version is not (2 or 3))
                throw Source.Wrong("an unknown item");
            var at = info.Body + 4;
            var id = Number(source, ref at, version == 2 ? 2 : 4);
            at += 2;
            if (!Pictures.Contains(Encoding.Latin1.GetString(source.Bytes(at, 4))))
                beside.Add(id);
            // Its name, and what type of content it is.
            over.Blank(at + 4, info.End - at - 4);
        }
    }

    private static void OfPictures(Source source, Box properties, Overlay over)
    {
        foreach (var container in properties.Inside(source).Where(box => box.Name == "ipco"))
        foreach (var property in container.Inside(source))
        {
            var isProfile =
                property.Name == "colr" && Encoding.Latin1.GetString(source.Bytes(property.Body, 4)) != "nclx";
            if (isProfile || !Properties.Contains(property.Name))
                CleanBoxes.Drop(property, over);
        }
    }

    private static void BlankItems(Source source, Box places, Box data, HashSet<long> beside, Overlay over)
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
                if (!beside.Contains(id))
                    continue;
                if (way > 1 || elsewhere != 0 || length == 0 || (way == 1 && data.Length == 0))
                    throw Source.Wrong("an item whose place is not said");
                over.Blank(checked((way == 1 ? data.Body : 0) + from + offset), length);
            }
        }
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
