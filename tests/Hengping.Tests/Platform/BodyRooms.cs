using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Whoever has no account shares half of the places and of the disk, however many addresses they have.
/// </summary>
public sealed class BodyRooms
{
    private const long Disk = 100L << 30;
    private const int Large = 200 << 20;

    private static readonly BodyCosts Costs = new();

    private static List<BodyGate.Place> Fill(BodyGate gate, IEnumerable<BodySender> senders) =>
        [.. senders.Select(who => gate.Enter(who, Large, Disk).Place).OfType<BodyGate.Place>()];

    private static BodySender Of(string address) => new(address);

    private static BodySender Known(int n) => new($"10.0.{n / 8}.{n}", new Guid(n / 8, 0, 0, new byte[8]));

    [Fact]
    public void People_with_an_account_come_in_however_many_others_there_are()
    {
        var gate = new BodyGate(Costs);
        Fill(gate, Enumerable.Range(0, 1000).Select(n => Of($"10.{n % 250}.0.{n / 250}"))).Count.ShouldBe(32);
        gate.Enter(Of("10.251.0.1"), Large, Disk).Answer.ShouldBe(BodyAnswer.TooMany);
        Fill(gate, Enumerable.Range(0, 1000).Select(Known)).Count.ShouldBe(32);
        gate.Enter(Known(2000), Large, Disk).Answer.ShouldBe(BodyAnswer.TooMany);
        gate.Inside.ShouldBe(64);
    }

    [Fact]
    public void An_address_a_network_a_pass_and_an_account_have_so_many_and_no_more()
    {
        Many(Enumerable.Repeat(Of("10.0.0.1"), 20)).ShouldBe(4);
        Many(Enumerable.Range(0, 60).Select(n => Of($"10.0.0.{n}"))).ShouldBe(8, "a /24");
        Many(Enumerable.Range(0, 60).Select(n => Of($"20010DB8007700{n:X2}"))).ShouldBe(8, "a /56");
        Many(Enumerable.Range(0, 60).Select(n => Of($"20010DB80077{n:X2}00"))).ShouldBe(12, "a /48");
        Many(Enumerable.Range(0, 60).Select(n => new BodySender($"10.{n}.0.1", Pass: "x"))).ShouldBe(4);
        var account = Guid.NewGuid();
        Many(Enumerable.Range(0, 60).Select(n => new BodySender($"10.{n}.0.1", account))).ShouldBe(8);

        static int Many(IEnumerable<BodySender> senders)
        {
            var gate = new BodyGate(Costs);
            var inside = Fill(gate, senders);
            gate.Enter(senders.Last(), Large, Disk).Answer.ShouldBe(BodyAnswer.TooManyHere);
            inside.ForEach(place => place.Dispose());
            (gate.Inside, gate.DiskBytes).ShouldBe((0, 0));
            gate.Enter(senders.Last(), Large, Disk).Answer.ShouldBe(BodyAnswer.Come, "whoever left makes room");
            return inside.Count;
        }
    }

    [Fact]
    public void The_fuller_it_is_the_faster_they_have_to_come()
    {
        var gate = new BodyGate(Costs);
        var inside = new List<BodyGate.Place>();
        var rates = new List<int>();
        for (var n = 0; n < 32; n++)
        {
            inside.Add(gate.Enter(Of($"10.{n}.0.1"), Large, Disk).Place!);
            rates.Add(inside[0].BytesPerSecondMin / Costs.BytesPerSecondMin);
        }
        rates.ShouldBe([.. Enumerable.Repeat(1, 16), .. Enumerable.Repeat(4, 8), .. Enumerable.Repeat(16, 8)]);
        gate.Enter(Known(1), Large, Disk)
            .Place!.BytesPerSecondMin.ShouldBe(
                Costs.BytesPerSecondMin * 4,
                "for people with an account half of all is full"
            );
        inside.ForEach(place => place.Dispose());
        gate.Enter(Of("10.0.0.1"), Large, Disk).Place!.BytesPerSecondMin.ShouldBe(Costs.BytesPerSecondMin);
    }

    [Fact]
    public void Without_an_account_they_have_half_of_the_disk_and_each_byte_is_expected_once()
    {
        var gate = new BodyGate(Costs);
        var free = Costs.DiskBytesFreeMin + (4L * Large);
        var (first, second) = (gate.Enter(Of("10.0.0.1"), Large, free), gate.Enter(Of("10.1.0.1"), Large, free));
        (first.Answer, second.Answer).ShouldBe((BodyAnswer.Come, BodyAnswer.Come));
        gate.Enter(Of("10.2.0.1"), Large, free).Answer.ShouldBe(BodyAnswer.DiskLow);
        gate.Enter(Known(1), Large, free).Answer.ShouldBe(BodyAnswer.Come);
        gate.Enter(Known(2), Large, free).Answer.ShouldBe(BodyAnswer.Come);
        gate.Enter(Known(3), Large, free).Answer.ShouldBe(BodyAnswer.DiskLow);
        gate.DiskBytes.ShouldBe(4L * Large);
        first.Place!.Came(Large / 2);
        gate.DiskBytes.ShouldBe(7L * Large / 2, "the disk has the rest");
        first.Place.Dispose();
        gate.DiskBytes.ShouldBe(3L * Large);
    }
}
