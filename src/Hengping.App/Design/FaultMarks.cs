namespace Hengping.App.Design;

/// <summary>
/// Ties each fault of a page to its field, for whoever hears the page: the field is described by it and marked as
/// wrong, and the title says at once that something is. It reads the page as it was made, so that no page has to.
/// </summary>
internal static class FaultMarks
{
    private static readonly string[] Controls = ["input", "select", "textarea"];

    /// <summary>The page with its faults tied to their fields; as it is, where it has none.</summary>
    public static string Into(string page)
    {
        var tags = Tag.Of(page).ToList();
        if (!tags.Any(tag => tag is { Name: "div", IsEnd: false } && tag["class"] == "fault"))
            return page;
        var changed = new Dictionary<int, Tag>();
        for (var i = 0; i < tags.Count; i++)
            if (tags[i] is { IsEnd: false } fault && fault["class"] == "error-text" && fault["id"] is { } id)
                Tie(tags, changed, i, id);
        var marked = page;
        foreach (var (i, tag) in changed.OrderByDescending(change => change.Key))
            marked = string.Concat(marked.AsSpan(0, tags[i].From), tag.Text, marked.AsSpan(tags[i].To));
        return tags.Find(tag => tag is { Name: "title", IsEnd: false }) is { } title
            ? marked.Insert(title.To, Tag.Html.Encode(Texts.T("form.title.fault")))
            : marked;
    }

    // Its field by its id; else, where several forms have one of that name, what follows it.
    private static void Tie(List<Tag> tags, Dictionary<int, Tag> changed, int at, string fault)
    {
        var field = fault[..^"-fault".Length];
        var named = tags.FindIndex(tag => !tag.IsEnd && tag["id"] == field);
        var first = named >= 0 ? named : tags.FindIndex(at, IsControl);
        if (first < 0)
            return;
        if (IsControl(tags[first]))
        {
            Mark(first, fault);
            return;
        }
        // Of a set of choices all are wrong, and the set says why; where it is no group, its first does.
        var last = EndOf(tags, first);
        var isGroup = tags[first].Name == "fieldset";
        if (isGroup)
            changed[first] = Described(Now(first), fault);
        for (var i = first + 1; i < last; i++)
            if (IsControl(tags[i]))
            {
                Mark(i, isGroup ? null : fault);
                isGroup = true;
            }

        Tag Now(int i) => changed.GetValueOrDefault(i, tags[i]);

        void Mark(int i, string? by)
        {
            var wrong = Now(i) with { Text = Now(i).With("aria-invalid", "true") };
            changed[i] = by is null ? wrong : Described(wrong, by);
        }
    }

    private static Tag Described(Tag tag, string by)
    {
        var ids = (tag["aria-describedby"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return tag with { Text = tag.With("aria-describedby", string.Join(' ', ids.Append(by).Distinct())) };
    }

    private static bool IsControl(Tag tag) =>
        !tag.IsEnd && Controls.Contains(tag.Name) && tag["type"] is not ("hidden" or "submit" or "button");

    private static int EndOf(List<Tag> tags, int first)
    {
        var depth = 0;
        for (var i = first; i < tags.Count; i++)
            if (tags[i].Name == tags[first].Name && (depth += tags[i].IsEnd ? -1 : 1) == 0)
                return i;
        return tags.Count;
    }
}
