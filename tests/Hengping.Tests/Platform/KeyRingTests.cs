using System.Security.Cryptography;
using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class KeyRingTests : IDisposable
{
    private readonly string directory = Path.Combine(
        Directory.CreateTempSubdirectory("hengping-keys-").FullName,
        "keys"
    );

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(directory)!, recursive: true);

    [Fact]
    public void A_sealed_box_opens_with_its_context_only()
    {
        using var ring = KeyRing.Open(directory, Rooms.House.Purposes);
        var slot = ring.Create();
        var box = ring.Seal(slot, "words"u8, "here"u8);

        slot.ShouldBe(1 + 32, "the print keys are the first");
        ring.Unseal(box, "here"u8).ShouldBe("words"u8.ToArray());
        Should.Throw<CryptographicException>(() => ring.Unseal(box, "there"u8));
        box[^1] ^= 1;
        Should.Throw<CryptographicException>(() => ring.Unseal(box, "here"u8));
    }

    [Fact]
    public void Keys_outlive_the_process_and_only_their_owner_reads_the_files()
    {
        byte[] box;
        string print;
        using (var ring = KeyRing.Open(directory, Rooms.House.Purposes))
        {
            box = ring.Seal(ring.Create(), "words"u8, default);
            print = ring.Fingerprint(Purposes.Phone, "13800000000");
        }
        using var again = KeyRing.Open(directory, Rooms.House.Purposes);

        again.Unseal(box, default).ShouldBe("words"u8.ToArray());
        again.Fingerprint(Purposes.Phone, "13800000000").ShouldBe(print);
        again.Fingerprint(ComplaintPurposes.Order, "13800000000").ShouldNotBe(print);
        again.Create().ShouldBeGreaterThan(1);
        File.GetUnixFileMode(directory)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(directory))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        Directory.GetFiles(directory).Select(Path.GetFileName).Order().ShouldBe(["master", "ring", "ring.lock"]);
    }

    [Fact]
    public void A_shut_key_opens_nothing_here_and_soon_elsewhere_and_still_lies_there_until_it_is_destroyed()
    {
        var before = new byte[64];
        byte[] box;
        long slot;
        using (var here = KeyRing.Open(directory, Rooms.House.Purposes))
        using (var there = KeyRing.Open(directory, Rooms.House.Purposes))
        {
            slot = here.Create();
            here.Flush();
            box = there.Seal(slot, "words"u8, default);
            Record(slot, before);
            here.Shut(slot);
            here.Unseal(box, default).ShouldBeNull();
            Should.Throw<Refused>(() => here.Seal(slot, "more"u8, default));
            Thread.Sleep(600);
            there.Unseal(box, default).ShouldBeNull();
            (there.Holds(slot), there.Keeps(slot)).ShouldBe((false, true));
            here.Shut(slot);
        }
        var after = new byte[64];
        Record(slot, after);
        after[1..].ShouldBe(before[1..], "stored, and nothing else");
        using var again = KeyRing.Open(directory, Rooms.House.Purposes);
        again.Unseal(box, default).ShouldBeNull();
        again.Destroy(slot);
        again.Shut(slot);
        (again.Holds(slot), again.Keeps(slot)).ShouldBe((false, false));

        void Record(long of, byte[] into)
        {
            var options = FileShare.ReadWrite | FileShare.Delete;
            using var file = new FileStream(Path.Combine(directory, "ring"), FileMode.Open, FileAccess.Read, options);
            file.Position = of * 64;
            file.ReadExactly(into);
        }
    }

    [Fact]
    public void A_destroyed_key_is_gone_here_and_soon_elsewhere_and_for_good()
    {
        using var here = KeyRing.Open(directory, Rooms.House.Purposes);
        using var there = KeyRing.Open(directory, Rooms.House.Purposes);
        var slot = here.Create();
        var box = there.Seal(slot, "words"u8, default);
        there.Unseal(box, default).ShouldNotBeNull();

        here.Destroy(slot);

        here.Unseal(box, default).ShouldBeNull();
        Thread.Sleep(1000);
        there.Unseal(box, default).ShouldBeNull();
        Should.Throw<Refused>(() => there.Seal(slot, "more"u8, default)).Refusal.Code.ShouldBe("keys.destroyed");
        using var later = KeyRing.Open(directory, Rooms.House.Purposes);
        later.Unseal(box, default).ShouldBeNull();
        File.ReadAllBytes(Path.Combine(directory, "ring"))
            .AsSpan((int)slot * 64 + 1, 63)
            .ContainsAnyExcept((byte)0)
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Rings_opened_at_once_share_one_master_and_no_slot()
    {
        var rings = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeyRing.Open(directory, Rooms.House.Purposes)))
        );
        var slots = await Task.WhenAll(
            rings.Select(ring => Task.Run(() => Enumerable.Range(0, 300).Select(_ => ring.Create()).ToList()))
        );

        slots.SelectMany(s => s).Distinct().Count().ShouldBe(8 * 300);
        rings.Select(ring => ring.Fingerprint(Purposes.Phone, "1")).Distinct().Count().ShouldBe(1);
        var box = rings[0].Seal(slots[5][299], "words"u8, default);
        rings[7].Unseal(box, default).ShouldBe("words"u8.ToArray());
        foreach (var ring in rings)
            ring.Dispose();
    }

    [Fact]
    public void A_lost_master_key_is_not_made_anew()
    {
        using (var ring = KeyRing.Open(directory, Rooms.House.Purposes))
            ring.Create();
        File.Delete(Path.Combine(directory, "master"));

        Should
            .Throw<Refused>(() => KeyRing.Open(directory, Rooms.House.Purposes))
            .Refusal.Code.ShouldBe("keys.master-missing");
    }

    [Fact]
    public void A_box_of_an_unknown_slot_reads_as_erased()
    {
        using var ring = KeyRing.Open(directory, Rooms.House.Purposes);
        var box = ring.Seal(ring.Create(), "words"u8, default);
        box[0] = 1;

        ring.Unseal(box, default).ShouldBeNull();
    }
}
