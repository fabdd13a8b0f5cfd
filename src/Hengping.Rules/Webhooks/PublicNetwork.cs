namespace Hengping.Rules.Webhooks;

/// <summary>
/// Which addresses lie in the public network: nothing else is ever connected to, or a webhook would be a way into the
/// operator's own house. After the special-purpose registries of IANA (RFC 6890 and what has been added since).
/// </summary>
public static class PublicNetwork
{
    private const int BytesOfV4 = 4;
    private const int BytesOfV6 = 16;

    private sealed record Range(byte[] Start, int Bits);

    private static readonly Range[] ClosedV4 =
    [
        new([0], 8), // this network
        new([10], 8), // private
        new([100, 64], 10), // shared by carriers (CGNAT)
        new([127], 8), // loopback
        new([169, 254], 16), // link-local, and the metadata services of clouds
        new([172, 16], 12), // private
        new([192, 0, 0], 24), // protocol assignments
        new([192, 0, 2], 24), // documentation
        new([192, 31, 196], 24), // AS112
        new([192, 52, 193], 24), // AMT
        new([192, 88, 99], 24), // 6to4 relays
        new([192, 168], 16), // private
        new([192, 175, 48], 24), // AS112
        new([198, 18], 15), // benchmarks
        new([198, 51, 100], 24), // documentation
        new([203, 0, 113], 24), // documentation
        new([224], 4), // multicast
        new([240], 4), // reserved, and broadcast
    ];

    // Only 2000::/3 is given out at all; of that, what is special. What carries a version 4 address within is asked
    // for that one, or refused.
    private static readonly Range[] ClosedV6 =
    [
        new([0x20, 0x01, 0x00], 23), // protocol assignments: Teredo, benchmarks, ORCHID
        new([0x20, 0x01, 0x0d, 0xb8], 32), // documentation
        new([0x20, 0x02], 16), // 6to4: a version 4 address within
        new([0x26, 0x20, 0x00, 0x4f, 0x80, 0x00], 48), // AS112
        new([0x3f, 0xff, 0x00], 20), // documentation
    ];

    private static readonly Range GivenOut = new([0x20], 3);
    private static readonly Range Mapped = new([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96);

    /// <summary>Whether an address, as its 4 or 16 bytes, lies in the public network.</summary>
    public static bool IsPublic(ReadOnlySpan<byte> address)
    {
        if (address.Length == BytesOfV4)
            return !IsIn(address, ClosedV4);
        if (address.Length != BytesOfV6)
            return false;
        if (IsIn(address, Mapped))
            return IsPublic(address[^BytesOfV4..]);
        return IsIn(address, GivenOut) && !IsIn(address, ClosedV6);
    }

    private static bool IsIn(ReadOnlySpan<byte> address, Range[] ranges)
    {
        foreach (var range in ranges)
            if (IsIn(address, range))
                return true;
        return false;
    }

    private static bool IsIn(ReadOnlySpan<byte> address, Range range)
    {
        for (var bit = 0; bit < range.Bits; bit++)
        {
            var (at, mask) = (bit / 8, 0x80 >> (bit % 8));
            var wanted = at < range.Start.Length ? range.Start[at] : 0;
            if ((address[at] & mask) != (wanted & mask))
                return false;
        }
        return true;
    }
}
