using Hengping.Rules.Evidence;

namespace Hengping.App.Evidence;

/// <summary>How much a form may bring that takes files.</summary>
public static class FileForms
{
    /// <summary>A form with one file, and what stands around it.</summary>
    public const long OneBytesMax = MediaKind.AnyBytesMax + (64 << 10);

    /// <summary>Of somebody without an account: a video may come alone, and nobody sends more at once.</summary>
    public const long NamelessBytesMax = MediaKind.AnyBytesMax + (8 << 20);

    /// <summary>Files of such a form.</summary>
    public const int NamelessFilesMax = 9;

    /// <summary>Of a party to a case.</summary>
    public const long PartyBytesMax = 256L << 20;
}
