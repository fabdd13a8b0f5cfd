using System.Numerics;

namespace Hengping.World;

/// <summary>
/// Deterministic chance: xoshiro256** (Blackman and Vigna, 2018) seeded by SplitMix64, so that a seed replays the same
/// world on every machine. Not for secrets.
/// </summary>
public sealed class Chance
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    /// <summary>
    /// Chance of its own for one thing of the world: neighbours in <paramref name="index"/> are unrelated.
    /// </summary>
    public Chance(ulong seed, string purpose, long index = 0)
    {
        var state = seed;
        foreach (var letter in purpose)
            state = Mix(ref state) ^ letter;
        state = Mix(ref state) ^ (ulong)index;
        (a, b, c, d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>64 even bits.</summary>
    public ulong Bits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    public int Below(int below) => (int)Math.BigMul(Bits(), (ulong)below, out _);

    /// <summary>A whole number in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    /// <summary>Even in [0, 1).</summary>
    public double Part() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with probability <paramref name="p"/>.</summary>
    public bool Hits(double p) => Part() < p;

    /// <summary>One of the list.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>One of the list by weight.</summary>
    public T Weigh<T>(IReadOnlyList<(T Item, double Weight)> list)
    {
        var left = Part() * list.Sum(e => e.Weight);
        foreach (var (item, weight) in list)
        {
            left -= weight;
            if (left < 0)
                return item;
        }
        return list[^1].Item;
    }

    /// <summary>
    /// About normal: the sum of twelve even draws (Irwin and Hall), −6…6. Only additions, so that no machine's
    /// mathematics library can change a digit.
    /// </summary>
    public double Bell()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Part();
        return sum;
    }

    /// <summary>A waiting time with a long tail: a third of the median to many times it.</summary>
    public TimeSpan Wait(double medianHours)
    {
        var even = Part();
        var hours = medianHours * (0.3 + (0.7 * even / (1.02 - even)));
        return TimeSpan.FromSeconds(Math.Round(hours * 3600));
    }

    /// <summary>A version 7 id (RFC 9562): the instant first, so that rows of one time lie together.</summary>
    public Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        var bits = Bits();
        bytes[6] = (byte)(0x70 | (int)(bits & 0x0F));
        bytes[7] = (byte)(bits >> 8);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Bits());
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
