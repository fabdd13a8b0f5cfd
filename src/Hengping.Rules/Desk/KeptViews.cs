using System.Collections.Immutable;

namespace Hengping.Rules.Desk;

/// <summary>保存的视图: filters of the desk that a member of staff has named. Names are sealed elsewhere.</summary>
/// <param name="Live">Numbers of the views that are kept now.</param>
/// <param name="Last">The last number given.</param>
public sealed record KeptViews(ImmutableSortedSet<int> Live, int Last)
{
    /// <summary>At most so many: more is a list nobody reads.</summary>
    public const int Max = 20;

    /// <summary>Longest name.</summary>
    public const int NameMax = 40;

    /// <summary>There is no room for one more.</summary>
    public static readonly Refusal Full = new(
        "view.full",
        "最多保存20个视图，请先删除不用的",
        "At most 20 views are kept; delete one that you do not use"
    );

    /// <summary>No such view.</summary>
    public static readonly Refusal Unknown = new("view.unknown", "没有这个视图", "There is no such view");

    /// <summary>Nothing kept yet.</summary>
    public static readonly KeptViews None = new([], 0);

    /// <summary>Keeps one more.</summary>
    public Decided<ViewEvent> Keep(string name, string query) =>
        Live.Count >= Max ? Full : new ViewEvent.Kept(Last + 1) { Name = name, Query = query };

    /// <summary>删除.</summary>
    public Decided<ViewEvent> Drop(int no) => Live.Contains(no) ? new ViewEvent.Dropped(no) : Unknown;

    /// <summary>The views after an event.</summary>
    public static KeptViews Apply(KeptViews? views, ViewEvent happened)
    {
        views ??= None;
        return happened switch
        {
            ViewEvent.Kept e => new KeptViews(views.Live.Add(e.No), e.No),
            ViewEvent.Dropped e => views with { Live = views.Live.Remove(e.No) },
            _ => views,
        };
    }
}

/// <summary>What can happen to somebody's views.</summary>
public abstract record ViewEvent
{
    private ViewEvent() { }

    /// <summary>Kept under a name. A search may hold a person's name, so both are sealed.</summary>
    public sealed record Kept(int No) : ViewEvent
    {
        [Secret]
        public string? Name { get; init; }

        /// <summary>The part of the desk's address after the question mark.</summary>
        [Secret]
        public string? Query { get; init; }
    }

    /// <summary>Deleted by its owner.</summary>
    public sealed record Dropped(int No) : ViewEvent;
}
