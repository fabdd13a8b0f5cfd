using System.CommandLine;

namespace Hengping.App.Platform;

/// <summary>
/// A room of the house, and all that it brings. What a room has nothing of it leaves out. The rooms stand in one list,
/// and each names those before it alone.
/// </summary>
public abstract class Room
{
    /// <summary>Its kinds of streams.</summary>
    public virtual IReadOnlyList<Book> Books => [];

    /// <summary>What it makes keyed prints for.</summary>
    public virtual IReadOnlyList<Purpose> Purposes => [];

    /// <summary>The messages it can send.</summary>
    public virtual IReadOnlyList<Wording> Messages => [];

    /// <summary>Who of it hears the log after commit.</summary>
    /// <param name="site">Public address of the site, for links in messages.</param>
    public virtual IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [];

    /// <summary>Its services, jobs and options.</summary>
    public virtual void Add(WebApplicationBuilder builder, SiteOptions options) { }

    /// <summary>Puts its doors on their addresses.</summary>
    /// <param name="api">Below <c>/api/v1</c>.</param>
    /// <param name="site">Beside the pages.</param>
    public virtual void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) { }

    /// <summary>Its commands, in the order in which help shows them.</summary>
    public virtual IEnumerable<Command> Commands() => [];

    /// <summary>Its places in the navigation of staff and merchants.</summary>
    public virtual IReadOnlyList<Tab> Tabs => [];

    /// <summary>Its jobs, in the order in which the page of jobs shows them.</summary>
    public virtual IReadOnlyList<string> Jobs => [];

    /// <summary>The sizes, counts and rates it holds to.</summary>
    public virtual IReadOnlyList<Limit> Limits => [];

    /// <summary>What tells how it is doing.</summary>
    public virtual IReadOnlyList<Gauge> Gauges => [];

    /// <summary>What it keeps about persons; null where it keeps nothing that has a key of its own.</summary>
    public virtual IHoldsPersons? Persons => null;

    /// <summary>Which files of evidence it uses, and who reads them there; null where it uses none.</summary>
    public virtual IReadsEvidence? Evidence => null;

    /// <summary>Paths that stay open to whoever may only read in a merchant's team.</summary>
    public virtual IReadOnlyList<string> OpenToReadOnly => [];
}

/// <summary>Where a tab stands.</summary>
public enum TabRow
{
    /// <summary><c>/admin</c>.</summary>
    Admin,

    /// <summary><c>/desk</c>.</summary>
    Desk,

    /// <summary><c>/merchant</c>.</summary>
    Merchant,
}

/// <summary>A page that stands in a row of tabs.</summary>
/// <param name="Place">Its place in the row; tens, so that others fit between.</param>
/// <param name="Text">Key of its name.</param>
public sealed record Tab(TabRow Row, int Place, string Path, string Text);
