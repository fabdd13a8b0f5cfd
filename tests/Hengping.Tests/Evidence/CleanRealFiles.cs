using System.Text;
using Hengping.App.Evidence;
using Hengping.Rules.Evidence;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>What files of phones and of other programs taught: cleaned they still show what they showed.</summary>
public sealed class CleanRealFiles
{
    private const string Second = "the same sound, packed otherwise";

    [Theory]
    [InlineData("soun", "mp4a", "apac")]
    [InlineData("soun", "apac", "mp4a")]
    [InlineData("vide", "avc1", "jpeg")]
    public void Of_two_tracks_of_a_kind_the_one_we_do_not_know_goes(string kind, string first, string second)
    {
        var sent = SampleFiles.Twice(kind, first, second);
        var seen = Seen(sent).ShouldNotBeNull();
        var isFirst = first is "mp4a" or "avc1";
        seen.Contains(SampleFiles.Content, StringComparison.Ordinal).ShouldBe(isFirst);
        seen.Contains(Second, StringComparison.Ordinal).ShouldBe(!isFirst);
        seen.Length.ShouldBe(sent.Length);
    }

    [Theory]
    [InlineData("soun", "apac")]
    [InlineData("vide", "jpeg")]
    public void Where_none_is_known_the_film_is_held(string kind, string codec) =>
        Seen(SampleFiles.Twice(kind, codec, codec)).ShouldBeNull();

    [Theory, InlineData(0), InlineData(1)]
    public void All_of_a_plain_sound_stays(int version)
    {
        var seen = Seen(SampleFiles.PlainSound(version)).ShouldNotBeNull();
        seen.ShouldContain(SampleFiles.Content);
        seen.ShouldNotContain(SampleFiles.Canary);
    }

    [Fact]
    public void The_transparency_of_a_moving_picture_stays_one()
    {
        var seen = Seen(SampleFiles.MovingAlpha()).ShouldNotBeNull();
        foreach (var kept in new[] { "tref", "auxl\0\0\0\u0001", "auxi\0\0\0\0urn:mpeg:mpegB:cicp:", Second })
            seen.ShouldContain(kept);
        seen.ShouldNotContain(SampleFiles.Canary);
    }

    [Fact]
    public void A_profile_that_is_gone_is_needed_no_longer()
    {
        var sent = SampleFiles.Needing(SampleFiles.Property("colr", "prof" + SampleFiles.Canary));
        Seen(sent).ShouldNotBeNull().ShouldContain("ipma\0\0\0\0\0\0\0\u0001\0\u0001\u0001\u0001");
        sent = SampleFiles.Needing(SampleFiles.Property("irot", "\u0001"));
        Seen(sent).ShouldNotBeNull().ShouldContain("ipma\0\0\0\0\0\0\0\u0001\0\u0001\u0001\u0081");
        Seen(SampleFiles.Needing(SampleFiles.Property("what", SampleFiles.Canary))).ShouldBeNull();
    }

    [Fact]
    public void A_picture_beside_the_picture_stays_one_whatever_for()
    {
        var seen = Seen(SampleFiles.Needing(SampleFiles.Purpose("urn:of:" + SampleFiles.Canary))).ShouldNotBeNull();
        seen.ShouldContain("auxC\0\0\0\0\0");
        seen.ShouldNotContain(SampleFiles.Canary);
        seen = Seen(SampleFiles.Needing(SampleFiles.Purpose("urn:mpeg:hevc:2015:auxid:1"))).ShouldNotBeNull();
        seen.ShouldContain("auxC\0\0\0\0urn:mpeg:hevc:2015:auxid:1\0");
    }

    [Theory]
    [InlineData("\0\0\0")]
    [InlineData(SampleFiles.Canary)]
    [InlineData("\0\0\u0001\nImage_UTC_Data1709287200SEFHk\0\0\0\u0001\0\0\0SEFT")]
    public void What_stands_behind_the_last_box_is_left_out(string behind)
    {
        var whole = SampleFiles.Twice("vide", "avc1", "avc1");
        byte[] sent = [.. whole, .. Encoding.Latin1.GetBytes(behind)];
        Seen(sent).ShouldBe(Seen(whole).ShouldNotBeNull());
        Seen([.. whole[..40], .. sent[^behind.Length..]]).ShouldBeNull();
    }

    private static string? Seen(byte[] sent)
    {
        var kind = MediaKind.Of(sent.AsSpan(0, Math.Min(sent.Length, MediaKind.HeadBytes))).ShouldNotBeNull();
        using var clean = CleanCopy.Open(kind.MediaType, new MemoryStream(sent));
        if (clean is null)
            return null;
        using var all = new MemoryStream();
        clean.CopyTo(all);
        return Encoding.Latin1.GetString(all.ToArray());
    }
}
