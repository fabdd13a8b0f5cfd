namespace Hengping.Rules.Webhooks;

/// <summary>The address of a webhook, as far as its letters tell.</summary>
public static class HookAddress
{
    /// <summary>Longest address.</summary>
    public const int LengthMax = 500;

    /// <summary>No address of the web, or one with a name, a password or a fragment in it.</summary>
    public static readonly Refusal Bad = new(
        "hook.address",
        "请填写完整的网址，如 https://example.com/hooks；不能带用户名、密码或 #",
        "Give a full address, as https://example.com/hooks, without user name, password or #"
    );

    /// <summary>Signed, but for everybody to read on the way.</summary>
    public static readonly Refusal Https = new(
        "hook.address.https",
        "只能用 https 地址",
        "Only https addresses are taken"
    );

    /// <summary>Not in the public network.</summary>
    public static readonly Refusal Private = new(
        "hook.address.private",
        "这个地址不在公共网络上：内网、本机和保留地址不能用",
        "This address is not in the public network: private, local and reserved ones are not taken"
    );

    // Names that never lead outside (RFC 6761, 6762, 8375, 9476, and what clouds use).
    private static readonly string[] Inside = ["localhost", "local", "internal", "home.arpa", "alt", "test", "invalid"];

    /// <summary>The address, or what is wrong with it. Where its name leads is asked elsewhere.</summary>
    /// <param name="staysHere">This machine may be told too, without https: for trials on one machine.</param>
    public static (Uri? Address, Refusal? No) Of(string? typed, bool staysHere)
    {
        if (
            typed is null
            || typed.Length > LengthMax
            || !Uri.TryCreate(typed, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length > 0
            || uri.Fragment.Length > 0
            || uri.Host.Length == 0
        )
            return (null, Bad);
        if (staysHere && uri.IsLoopback)
            return (uri, null);
        if (uri.Scheme != "https")
            return (null, Https);
        return uri.HostNameType == UriHostNameType.Dns && IsInside(uri.IdnHost) ? (null, Private) : (uri, null);
    }

    private static bool IsInside(string host)
    {
        var name = host.TrimEnd('.');
        return !name.Contains('.', StringComparison.Ordinal)
            || Inside.Any(end => name.EndsWith("." + end, StringComparison.OrdinalIgnoreCase));
    }
}
