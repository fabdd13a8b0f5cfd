using System.Security.Cryptography;
using System.Text;
using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A new master key and new print keys, with other processes at work and stopped anywhere.</summary>
public sealed class RotatingKeys : IDisposable
{
    private const string Phone = "13800000000";
    private readonly string directory = Path.Combine(
        Directory.CreateTempSubdirectory("hengping-keys-").FullName,
        "keys"
    );

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(directory)!, recursive: true);

    [Fact]
    public void Boxes_and_links_outlive_it_and_prints_of_persons_do_not()
    {
        using var ring = KeyRing.Open(directory, Rooms.House.Purposes);
        using var running = KeyRing.Open(directory, Rooms.House.Purposes);
        var box = ring.Seal(ring.Create(), "words"u8, default);
        var gone = running.Create();
        var late = running.Create();
        running.Flush();
        ring.Destroy(gone);
        var (phone, link) = (
            ring.Fingerprint(Purposes.Phone, Phone),
            ring.Fingerprint(ComplaintPurposes.ScoreLink, "1")
        );
        var (print, old, set) = (ring.Print, Master, ring.Prints.From);

        Rotate(ring);
        Thread.Sleep(600);

        foreach (var one in new[] { ring, running, KeyRing.Open(directory, Rooms.House.Purposes) })
        {
            one.Unseal(box, default).ShouldBe("words"u8.ToArray());
            Should.Throw<Refused>(() => one.Seal(gone, "x"u8, default)).Refusal.Code.ShouldBe("keys.destroyed");
            one.Fingerprint(Purposes.Phone, Phone).ShouldNotBe(phone);
            one.Fingerprint(ComplaintPurposes.ScoreLink, "1").ShouldBe(link, "links that people hold go on to work");
            one.Print.ShouldBe(print, "it is the same ring");
            one.HasPrints(set).ShouldBeFalse("the old print keys are destroyed");
            one.Unseal(running.Seal(late, "late"u8, default), default).ShouldBe("late"u8.ToArray());
        }
        Master.ShouldNotBe(old);
        Directory.GetFiles(directory).ShouldNotContain(file => file.EndsWith(".next"));
        File.WriteAllBytes(Path.Combine(directory, "master"), old);
        Should
            .Throw<Refused>(() => KeyRing.Open(directory, Rooms.House.Purposes))
            .Refusal.Code.ShouldBe("keys.master-foreign");
    }

    [Fact]
    public void A_key_that_another_process_makes_meanwhile_is_wrapped_by_the_new_master_key_when_it_counts()
    {
        using var ring = KeyRing.Open(directory, Rooms.House.Purposes);
        using var running = KeyRing.Open(directory, Rooms.House.Purposes);
        running.Create();
        running.Flush();
        ring.BeginMaster();
        // It has not seen that yet: and is passed before it has written.
        var slot = running.Create();
        var set = ring.NextPrints().From;
        ring.EndMaster(set, progress: null);
        running.Flush();

        var box = running.Seal(slot, "words"u8, default);
        using var later = KeyRing.Open(directory, Rooms.House.Purposes);
        later.Unseal(box, default).ShouldBe("words"u8.ToArray());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Stopped_anywhere_the_ring_opens_and_beginning_again_ends_it(int steps)
    {
        byte[] box;
        string phone;
        var old = Array.Empty<byte>();
        using (var ring = KeyRing.Open(directory, Rooms.House.Purposes))
        {
            var slots = new long[5000];
            ring.Create(slots);
            box = ring.Seal(slots[4999], "words"u8, default);
            phone = ring.Fingerprint(Purposes.Phone, Phone);
            old = Master;
            Should.Throw<InvalidOperationException>(() => Rotate(ring, steps));
        }
        using (var ring = KeyRing.Open(directory, Rooms.House.Purposes))
        {
            ring.Unseal(box, default).ShouldBe("words"u8.ToArray());
            ring.Unseal(ring.Seal(ring.Create(), "new"u8, default), default).ShouldNotBeNull();
            if (steps < 3)
                ring.Fingerprint(Purposes.Phone, Phone).ShouldBe(phone, "the new set was not named yet");
            Rotate(ring);
        }
        using var again = KeyRing.Open(directory, Rooms.House.Purposes);
        again.Unseal(box, default).ShouldBe("words"u8.ToArray());
        again.Fingerprint(Purposes.Phone, Phone).ShouldNotBe(phone);
        Master.ShouldNotBe(old);
        SetsIn(directory).ShouldBe(1, "every other set is destroyed");
        Directory.GetFiles(directory).Select(Path.GetFileName).Order().ShouldBe(["master", "ring", "ring.lock"]);
    }

    [Fact]
    public void A_ring_from_before_prints_as_it_did_until_it_is_rotated()
    {
        Directory.CreateDirectory(directory);
        var master = RandomNumberGenerator.GetBytes(32);
        File.WriteAllBytes(Path.Combine(directory, "master"), master);
        var file = new byte[64 * 34];
        "hengping ring 1\n"u8.CopyTo(file);
        File.WriteAllBytes(Path.Combine(directory, "ring"), file);
        string Before(string name, string value) =>
            Convert.ToHexStringLower(
                HMACSHA256.HashData(
                    HKDF.DeriveKey(
                        HashAlgorithmName.SHA256,
                        master,
                        32,
                        info: Encoding.UTF8.GetBytes("hengping fingerprint " + name)
                    ),
                    Encoding.UTF8.GetBytes(value)
                )
            );

        using var ring = KeyRing.Open(directory, Rooms.House.Purposes);
        using var other = KeyRing.Open(directory, Rooms.House.Purposes);
        foreach (var one in Rooms.House.Purposes)
            other.Fingerprint(one, Phone).ShouldBe(Before(one.Name, Phone), one.Name);
        ring.IsDerived.ShouldBeTrue();
        ring.Prints.From.ShouldBe(34);
        Rotate(ring);
        ring.IsDerived.ShouldBeFalse();
        foreach (var one in Rooms.House.Purposes)
            (ring.Fingerprint(one, Phone) == Before(one.Name, Phone)).ShouldBe(one.IsKept, one.Name);
    }

    [Fact]
    public void A_master_key_that_opens_nothing_does_not_become_that_of_a_ring_from_before()
    {
        byte[] box;
        using (var ring = KeyRing.Open(directory, Rooms.House.Purposes))
            box = ring.Seal(ring.Create(), "words"u8, default);
        var file = File.ReadAllBytes(Path.Combine(directory, "ring"));
        // As one from before: its head is a name and nothing else.
        file.AsSpan(16, 48).Clear();
        File.WriteAllBytes(Path.Combine(directory, "ring"), file);
        var right = Master;
        File.WriteAllBytes(Path.Combine(directory, "master"), RandomNumberGenerator.GetBytes(32));

        Should
            .Throw<Refused>(() => KeyRing.Open(directory, Rooms.House.Purposes))
            .Refusal.Code.ShouldBe("keys.master-foreign");

        File.ReadAllBytes(Path.Combine(directory, "ring")).ShouldBe(file, "nothing was changed");
        File.WriteAllBytes(Path.Combine(directory, "master"), right);
        using var again = KeyRing.Open(directory, Rooms.House.Purposes);
        again.Unseal(box, default).ShouldBe("words"u8.ToArray());
    }

    [Fact]
    public void Every_purpose_has_a_place_of_its_own()
    {
        Rooms.House.Purposes.Select(one => one.Place).Distinct().Count().ShouldBe(Rooms.House.Purposes.Count);
        Rooms.House.Purposes.Select(one => one.Name).Distinct().Count().ShouldBe(Rooms.House.Purposes.Count);
        Rooms.House.Purposes.ShouldAllBe(one => one.Place < 32);
    }

    private byte[] Master => File.ReadAllBytes(Path.Combine(directory, "master"));

    /// <summary>All of it, or so many steps.</summary>
    private static void Rotate(KeyRing ring, int steps = int.MaxValue)
    {
        var done = 0;
        void Step()
        {
            if (++done > steps)
                throw new InvalidOperationException("killed");
        }
        Step();
        ring.BeginMaster();
        Step();
        var set = ring.NextPrints().From;
        Step();
        ring.NamePrints(set, isDerived: false);
        Step();
        ring.EndMaster(set, (_, _) => Step());
        if (steps < int.MaxValue)
            throw new InvalidOperationException("there were fewer steps");
    }

    private static int SetsIn(string directory)
    {
        var ring = File.ReadAllBytes(Path.Combine(directory, "ring"));
        return Enumerable.Range(1, (ring.Length / 64) - 1).Count(slot => ring[slot * 64] == 3) / 32;
    }
}
