using System.Numerics;
using System.Runtime.InteropServices;

namespace Hengping.App.Platform;

/// <summary>Whose large body it is.</summary>
/// <param name="Address">As <see cref="Device.AddressOf"/> says it.</param>
/// <param name="Account">Who signed in.</param>
/// <param name="Pass">To whom the pass was given by which they came: <see cref="BodyPasses.GivenTo"/>.</param>
public sealed record BodySender(string Address, Guid? Account = null, string? Pass = null);

/// <summary>Whether a large body may come, or why not.</summary>
public enum BodyAnswer
{
    /// <summary>It may.</summary>
    Come,

    /// <summary>Too many of the same address, network, pass or account.</summary>
    TooManyHere,

    /// <summary>Too many.</summary>
    TooMany,

    /// <summary>The disk has no room for it.</summary>
    DiskLow,
}

/// <summary>
/// How many large bodies are being read at once: in this process, whose disk and memory they cost. Whoever has not
/// signed in gets half of it and half of the disk, however many they are and wherever they come from: the rest is for
/// people with an account.
/// </summary>
public sealed class BodyGate(BodyCosts costs)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Room all = new(Math.Max(costs.AtOnce, 1));
    private readonly Room nameless = new(Math.Max(costs.AtOnce / 2, 1));

    /// <summary>What bodies may cost.</summary>
    public BodyCosts Costs => costs;

    /// <summary>How many are inside now.</summary>
    public int Inside
    {
        get
        {
            lock (gate)
                return all.Inside;
        }
    }

    /// <summary>What may still come from those inside.</summary>
    public long DiskBytes
    {
        get
        {
            lock (gate)
                return all.Expected;
        }
    }

    /// <summary>Lets one in.</summary>
    /// <param name="bytes">As long as it says it is, or may be.</param>
    /// <param name="free">What the disk has left now.</param>
    /// <returns>Its place, or why it has none.</returns>
    public (Place? Place, BodyAnswer Answer) Enter(BodySender who, long bytes, long free)
    {
        lock (gate)
        {
            if (!Fits(who.Account is null, bytes, free - costs.DiskBytesFreeMin))
                return (null, BodyAnswer.DiskLow);
            if (all.IsFull || (who.Account is null && nameless.IsFull))
                return (null, BodyAnswer.TooMany);
            var shares = SharesOf(who).ToList();
            if (shares.Exists(share => counts.GetValueOrDefault(share.Whom) >= share.Max))
                return (null, BodyAnswer.TooManyHere);
            foreach (var (whom, _) in shares)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, whom, out _)++;
            Room[] rooms = who.Account is null ? [nameless, all] : [all];
            foreach (var room in rooms)
                (room.Inside, room.Expected) = (room.Inside + 1, room.Expected + bytes);
            return (new Place(this, rooms, [.. shares.Select(share => share.Whom)], bytes), BodyAnswer.Come);
        }
    }

    private bool Fits(bool isNameless, long bytes, long free) =>
        all.Expected + bytes <= free && (!isNameless || nameless.Expected + bytes <= free / 2);

    private IEnumerable<(string Whom, int Max)> SharesOf(BodySender who)
    {
        if (who.Account is { } account)
        {
            yield return ($"account {account:N}", costs.AtOnceByAddress);
            yield return ($"of {who.Address}", costs.AtOnceByAddress);
            yield break;
        }
        var max = Math.Max(costs.AtOnceByAddress / 2, 1);
        // A network has twice or three times as much as an address: four of them fill what there is.
        foreach (var ring in Device.RingsOf(who.Address))
            yield return ($"nameless {ring.Whom}", max * (1 + (BitOperations.Log2((uint)ring.Times) / 2)));
        if (who.Pass is { } pass)
            yield return ($"pass {pass}", max);
    }

    /// <summary>What is there for some.</summary>
    internal sealed class Room(int max)
    {
        public int Inside { get; set; }

        public long Expected { get; set; }

        public bool IsFull => Inside >= max;

        /// <summary>In a room half empty a body may take its time; the fuller, the faster it has to go.</summary>
        public int Haste =>
            Inside * 2 <= max ? 1
            : Inside * 4 <= max * 3 ? 4
            : 16;
    }

    /// <summary>The place of one that was let in, for as long as it is read.</summary>
    public sealed class Place : IDisposable
    {
        private readonly BodyGate gate;
        private readonly Room[] rooms;
        private readonly string[] counted;
        private long expected;

        internal Place(BodyGate gate, Room[] rooms, string[] counted, long bytes) =>
            (this.gate, this.rooms, this.counted, expected) = (gate, rooms, counted, bytes);

        /// <summary>What it has to bring in a second now.</summary>
        public int BytesPerSecondMin
        {
            get
            {
                lock (gate.gate)
                    return gate.Costs.BytesPerSecondMin * rooms[0].Haste;
            }
        }

        /// <summary>So much of it has come, and is no longer expected: the disk has it.</summary>
        public void Came(int bytes)
        {
            lock (gate.gate)
                Expect(-Math.Min(bytes, expected));
        }

        /// <summary>It is over, however it ended.</summary>
        public void Dispose()
        {
            lock (gate.gate)
            {
                Expect(-expected);
                foreach (var room in rooms)
                    room.Inside--;
                foreach (var whom in counted)
                    if (--CollectionsMarshal.GetValueRefOrNullRef(gate.counts, whom) == 0)
                        gate.counts.Remove(whom);
            }
        }

        private void Expect(long more)
        {
            expected += more;
            foreach (var room in rooms)
                room.Expected += more;
        }
    }
}
