using System.Security.Cryptography;
using System.Text;
using Hengping.App;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class CodecTests : IDisposable
{
    private static readonly Guid Stream = Guid.Parse("0191f0a0-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);
    private readonly string directory = Directory.CreateTempSubdirectory("hengping-codec-").FullName;
    private readonly KeyRing keys;
    private readonly Codec codec;

    public CodecTests()
    {
        keys = KeyRing.Open(directory, Rooms.House.Purposes);
        codec = new Codec([new ToyBook()], keys);
    }

    public void Dispose()
    {
        keys.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Facts_are_camelCase_words_without_nulls_and_always_the_same_bytes()
    {
        var made = new ToyEvent.Made("熊 <b>", Paint.DarkBlue) { Price = 12.50m, Day = new DateOnly(2026, 2, 28) };

        var one = codec.Encode(Stream, 1, null, made, At, "a");
        var two = codec.Encode(Stream, 1, null, made, At, "a");

        one.Kind.ShouldBe("toy.made");
        Encoding
            .UTF8.GetString(one.Body)
            .ShouldBe("""{"name":"熊 <b>","paint":"darkBlue","price":12.50,"day":"2026-02-28","tags":[]}""");
        two.Body.ShouldBe(one.Body);
        codec.Encode(Stream, 1, null, new ToyEvent.HandedOver(null), At, "a").Kind.ShouldBe("toy.handedOver");
    }

    [Fact]
    public void Secrets_stand_in_boxes_and_each_key_opens_its_own()
    {
        var (ofCase, ofPerson) = (keys.Create(), keys.Create());
        var made = new ToyEvent.Made("bear", Paint.Red) { Story = "故事", Contact = new ToyContact("王", "138") };
        var body = codec.Encode(Stream, ofCase, ofPerson, made, At, "a").Body;
        var text = Encoding.UTF8.GetString(body);

        text.ShouldContain("\"$sealed\":\"");
        text.ShouldContain("\"$sealedBoth\":\"");
        text.ShouldNotContain("故事");
        text.ShouldNotContain("138");
        Made(body, unseal: true).Story.ShouldBe("故事");
        Made(body, unseal: true).Contact.ShouldBe(new ToyContact("王", "138"));
        (Made(body, unseal: false).Story, Made(body, unseal: false).Contact).ShouldBe((null, null));
        keys.Destroy(ofPerson);
        (Made(body, unseal: true).Story, Made(body, unseal: true).Contact).ShouldBe(("故事", null));
    }

    [Fact]
    public void What_a_person_said_in_a_case_goes_with_the_case_although_the_person_stays()
    {
        var (ofCase, ofPerson) = (keys.Create(), keys.Create());
        var made = new ToyEvent.Made("bear", Paint.Red) { Contact = new ToyContact("王", "138") };
        var body = codec.Encode(Stream, ofCase, ofPerson, made, At, "a").Body;
        keys.Destroy(ofCase);
        Made(body, unseal: true).Contact.ShouldBeNull();
    }

    [Fact]
    public void A_box_of_the_person_alone_as_older_logs_hold_it_opens_until_the_case_is_erased()
    {
        var (ofCase, ofPerson) = (keys.Create(), keys.Create());
        var made = new ToyEvent.Made("bear", Paint.Red) { Story = "故事" };
        var facts = Encoding.UTF8.GetString(codec.Encode(Stream, ofCase, null, made, At, "a").Body);
        byte[] context = [.. Stream.ToByteArray(bigEndian: true), (byte)Rules.KeyOf.Person, .. "toy.made"u8];
        var box = keys.Seal(ofPerson, """{"contact":{"name":"王","phone":"138"}}"""u8, context);
        var body = Encoding.UTF8.GetBytes($"{facts[..^1]},\"$person\":\"{Convert.ToBase64String(box)}\"}}");
        Made(body, unseal: true).Contact.ShouldBe(new ToyContact("王", "138"));
        keys.Destroy(ofCase);
        Made(body, unseal: true).Contact.ShouldBeNull();
    }

    [Fact]
    public void A_box_moved_to_another_stream_or_kind_does_not_open()
    {
        var slot = keys.Create();
        var body = codec.Encode(Stream, slot, null, new ToyEvent.HandedOver(null) { Note = "n" }, At, "a").Body;

        codec
            .Decode("toy.handedOver", Stream, body, unseal: true)
            .ShouldBeOfType<ToyEvent.HandedOver>()
            .Note.ShouldBe("n");
        Should.Throw<CryptographicException>(() =>
            codec.Decode("toy.handedOver", Guid.CreateVersion7(), body, unseal: true)
        );
    }

    [Fact]
    public void A_secret_of_a_person_without_a_key_is_a_fault_of_the_caller()
    {
        var made = new ToyEvent.Made("bear", Paint.Red) { Contact = new ToyContact("王", null) };

        Should.Throw<InvalidOperationException>(() => codec.Encode(Stream, keys.Create(), null, made, At, "a"));
    }

    [Fact]
    public void What_a_state_is_folded_from_holds_no_secret_and_leaves_the_event_as_it_was()
    {
        var made = new ToyEvent.Made("bear", Paint.Red) { Story = "s", Price = 1 };

        codec.WithoutSecrets(made, keys.Prints).ShouldBe(made with { Story = null });
        made.Story.ShouldBe("s");
    }

    [Fact]
    public void Fields_that_a_later_version_added_or_dropped_are_no_fault()
    {
        var body = """{"name":"bear","paint":"red","colour":"unknown to us"}"""u8.ToArray();

        (Made(body, unseal: true) with { Tags = [] }).ShouldBe(new ToyEvent.Made("bear", Paint.Red) { Tags = [] });
    }

    private ToyEvent.Made Made(byte[] body, bool unseal) =>
        (ToyEvent.Made)codec.Decode("toy.made", Stream, body, unseal);
}
