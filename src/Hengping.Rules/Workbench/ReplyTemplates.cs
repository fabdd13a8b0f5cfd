using System.Collections.Immutable;

namespace Hengping.Rules.Workbench;

/// <summary>回复模板: a merchant's own texts for its replies. Names and texts are sealed elsewhere.</summary>
/// <param name="Live">Numbers of the templates that there are now.</param>
/// <param name="Last">The last number given.</param>
public sealed record ReplyTemplates(ImmutableSortedSet<int> Live, int Last)
{
    /// <summary>At most so many.</summary>
    public const int Max = 30;

    /// <summary>Longest name.</summary>
    public const int NameMax = 40;

    /// <summary>Longest text: a reply may have 5,000 characters, its variables filled in.</summary>
    public const int TextMax = 3_000;

    /// <summary>There is no room for one more.</summary>
    public static readonly Refusal Full = new(
        "template.full",
        "最多30个模板，请先删除不用的",
        "At most 30 templates; delete one that you do not use"
    );

    /// <summary>No such template.</summary>
    public static readonly Refusal Unknown = new("template.unknown", "没有这个模板", "There is no such template");

    /// <summary>Nothing kept yet.</summary>
    public static readonly ReplyTemplates None = new([], 0);

    /// <summary>One more.</summary>
    public Decided<TemplateEvent> Keep(string name, string text) =>
        Live.Count >= Max ? Full : new TemplateEvent.Kept(Last + 1) { Name = name, Text = text };

    /// <summary>Other words for one that there is.</summary>
    public Decided<TemplateEvent> Change(int no, string name, string text) =>
        Live.Contains(no) ? new TemplateEvent.Changed(no) { Name = name, Text = text } : Unknown;

    /// <summary>删除.</summary>
    public Decided<TemplateEvent> Drop(int no) => Live.Contains(no) ? new TemplateEvent.Dropped(no) : Unknown;

    /// <summary>The templates after an event.</summary>
    public static ReplyTemplates Apply(ReplyTemplates? templates, TemplateEvent happened)
    {
        templates ??= None;
        return happened switch
        {
            TemplateEvent.Kept e => new ReplyTemplates(templates.Live.Add(e.No), e.No),
            TemplateEvent.Dropped e => templates with { Live = templates.Live.Remove(e.No) },
            _ => templates,
        };
    }
}

/// <summary>What can happen to a merchant's templates.</summary>
public abstract record TemplateEvent
{
    private TemplateEvent() { }

    /// <summary>Made.</summary>
    public sealed record Kept(int No) : TemplateEvent
    {
        [Secret]
        public string? Name { get; init; }

        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>Written anew.</summary>
    public sealed record Changed(int No) : TemplateEvent
    {
        [Secret]
        public string? Name { get; init; }

        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>Deleted.</summary>
    public sealed record Dropped(int No) : TemplateEvent;
}
