using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hengping.App.Platform;

/// <summary>What a person knows their devices by, and no more of it than that.</summary>
public static class Device
{
    // The first that fits: browsers name those they descend from, too.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Browser and system, as <c>Chrome · Windows</c>; empty where neither is known.</summary>
    public static string NameOf(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return string.Join(" · ", new[] { First(Browsers, agent), First(Systems, agent) }.OfType<string>());
    }

    /// <summary>
    /// The network somebody comes from: an IPv4 address without its last number, an IPv6 address' first 48 bits.
    /// </summary>
    public static string NetworkOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.*")
            : $"{Group(bytes, 0)}:{Group(bytes, 2)}:{Group(bytes, 4)}:*";
    }

    /// <summary>What limits by address count: an IPv6 caller owns a /64, so that, not the single address.</summary>
    public static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    /// <summary>
    /// What limits by address count, the narrowest first: the address, and the networks around it that one person may
    /// have all of. A tunnel or a rented machine comes with a /56 or a /48, and a room in a house of machines with a
    /// /24; a mobile carrier's callers share them, so these may bring several times as much.
    /// </summary>
    /// <param name="address">As <see cref="AddressOf"/> says it.</param>
    public static IReadOnlyList<Ring> RingsOf(string address)
    {
        if (address.LastIndexOf('.') is > 0 and var dot)
            return [new(address, 1), new(address[..dot] + ".*", 8)];
        return address.Length == 16
            ? [new(address, 1), new(address[..14] + "*", 4), new(address[..12] + "*", 16)]
            : [new(address, 1)];
    }

    /// <summary>A network around an address.</summary>
    /// <param name="Times">How many times as much as one address it may bring.</param>
    public sealed record Ring(string Whom, int Times);

    private static string Group(byte[] bytes, int at) =>
        ((bytes[at] << 8) | bytes[at + 1]).ToString("x", CultureInfo.InvariantCulture);

    private static string? First((string Sign, string Name)[] known, string agent)
    {
        foreach (var (sign, name) in known)
            if (agent.Contains(sign, StringComparison.Ordinal))
                return name;
        return null;
    }
}
