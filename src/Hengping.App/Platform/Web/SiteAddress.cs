namespace Hengping.App.Platform;

/// <summary>
/// Where the public finds this site (<c>Site:Address</c>). Nothing else makes a link that leaves the house: the Host
/// header of a request is whatever its sender wrote there, and would bring whoever gets the message to the sender.
/// </summary>
public sealed class SiteAddress
{
    /// <summary>Nobody has said where the site is.</summary>
    public static readonly SiteAddress None = new("", isRead: false);

    /// <summary>Messages are read on the site itself, where a path is enough.</summary>
    public static readonly SiteAddress Here = new("", isRead: true);

    private readonly bool isRead;

    private SiteAddress(string origin, bool isRead) => (Origin, this.isRead) = (origin, isRead);

    /// <summary>As <c>https://odr.example</c>; empty where nobody has said it.</summary>
    public string Origin { get; }

    /// <summary>Messages go out without links.</summary>
    public bool IsMissing => Origin.Length == 0 && !isRead;

    /// <summary>What the configuration says. The demo's messages go nowhere.</summary>
    /// <exception cref="Refused">It is no address.</exception>
    public static SiteAddress Of(IConfiguration configuration, bool isDemo) =>
        configuration["Site:Address"] is { Length: > 0 } said ? said
        : isDemo ? Here
        : None;

    /// <summary>An address as it is configured; none where it is empty.</summary>
    public static implicit operator SiteAddress(string said)
    {
        if (said.Length == 0)
            return None;
        var isAddress =
            Uri.TryCreate(said, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri is { Query: "", Fragment: "", UserInfo: "" };
        return isAddress
            ? new SiteAddress(said.TrimEnd('/'), isRead: true)
            : throw new Refused(
                "site.address",
                $"Site:Address 应为 https://odr.example 这样的网址，现为 {said}",
                $"Site:Address should be an address as https://odr.example, and is {said}"
            );
    }

    /// <summary>The link of a message; empty where there can be none.</summary>
    public string LinkTo(string path) => IsMissing ? "" : Origin + path;

    /// <summary>The same on a page, whose reader knows where they are.</summary>
    public string Shown(string path) => Origin + path;
}
