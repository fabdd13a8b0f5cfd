using System.Buffers.Binary;
using System.Text;
using Hengping.Rules.Evidence;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Evidence;

/// <summary>Pictures and films in one container: told apart by the brand, and by those it is compatible with.</summary>
public sealed class KindsByBrand
{
    [Theory]
    [InlineData("heic mif1 heic", "image/heic")]
    [InlineData("avif mif1 miaf MA1B", "image/avif")]
    [InlineData("mif1 heic", "image/heic")]
    [InlineData("mif1 miaf avif", "image/avif")]
    [InlineData("msf1 avis", "image/avif")]
    [InlineData("miaf MA1A", "image/avif")]
    [InlineData("MiHB mif1", "image/heic")]
    [InlineData("avci mif1", "image/heic")]
    [InlineData("mif1", "image/heic")]
    [InlineData("xyz1 mif1 avif", "image/avif")]
    [InlineData("heic mp42 isom", "image/heic")]
    [InlineData("isom iso2 avc1 mp41", "video/mp4")]
    [InlineData("mp42 mif1 heic", "video/mp4")]
    [InlineData("xyz1", "video/mp4")]
    [InlineData("qt__ qt__", "video/quicktime")]
    [InlineData("M4A_ mp42", "audio/mp4")]
    public void The_brands_say_what_it_is(string brands, string mediaType)
    {
        MediaKind.Of(Head(brands)).ShouldNotBeNull().MediaType.ShouldBe(mediaType);
        // What follows the box is content, whatever it looks like.
        MediaKind.Of([.. Head(brands), .. "avifheic"u8]).ShouldNotBeNull().MediaType.ShouldBe(mediaType);
    }

    [Fact]
    public void A_brand_far_behind_counts()
    {
        var brands = string.Join(' ', Enumerable.Repeat("xyz1", 40)) + " avif";
        MediaKind.Of(Head(brands)).ShouldNotBeNull().MediaType.ShouldBe("image/avif");
    }

    private static byte[] Head(string brands)
    {
        string[] all = [.. brands.Split(' ').Select(brand => brand.Replace('_', ' '))];
        byte[] head =
        [
            .. new byte[4],
            .. "ftyp"u8,
            .. Encoding.ASCII.GetBytes(all[0]),
            .. new byte[4],
            .. all[1..].SelectMany(Encoding.ASCII.GetBytes),
        ];
        BinaryPrimitives.WriteInt32BigEndian(head, head.Length);
        return head;
    }
}
