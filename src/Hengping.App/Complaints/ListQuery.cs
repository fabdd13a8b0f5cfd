using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>The query of a list: what may be asked, how it is sorted, where a page goes on.</summary>
public static class ListQuery
{
    private const long Never = 253_402_300_799_000;
    private static readonly string[] Sorts = ["-filed", "filed", "due", "priority"];

    /// <summary>Where a page ended.</summary>
    public sealed record Place(string Priority, long FiledAt, long DueAt, Guid Id);

    /// <summary>Reads the query string; what is wrong with it is said per field.</summary>
    public static ListComplaints.Wanted Read(IQueryCollection query, FieldFaults faults)
    {
        string? Said(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
        var statuses = new List<Status>();
        foreach (
            var word in query["status"].SelectMany(s => (s ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        )
            if (Words.Parse<Status>(word) is { } status)
                statuses.Add(status);
            else
                faults.Add("status", Fault.Unknown);
        var priority = Words.Parse<Priority>(Said("priority")?.ToLowerInvariant());
        faults.If(Said("priority") is not null && priority is null, "priority", Fault.Unknown);
        var respondent = Guid.TryParse(Said("respondent"), out var id) ? id : (Guid?)null;
        faults.If(Said("respondent") is not null && respondent is null, "respondent", Fault.Unknown);
        var size = int.TryParse(Said("size") ?? "20", CultureInfo.InvariantCulture, out var wanted) ? wanted : 0;
        faults.If(size is < 1 or > 100, "size", Fault.Number);
        var sort = Said("sort") ?? "-filed";
        sort = sort switch
        {
            "-filedAt" => "-filed",
            "filedAt" => "filed",
            _ => sort,
        };
        faults.If(!Sorts.Contains(sort, StringComparer.Ordinal), "sort", Fault.Unknown);
        var asked = new ListComplaints.Wanted
        {
            Status = statuses,
            Priority = priority,
            Respondent = respondent,
            Sector = Said("sector"),
            Problem = Said("problem"),
            From = faults.Instant("from", Said("from")),
            To = ToOf(Said("to"), faults),
            Q = faults.Line("q", Said("q"), 100),
            Sort = sort,
            Size = size,
            Cursor = Said("cursor"),
        };
        faults.If(asked.Cursor is not null && faults.None && PlaceOf(asked) is null, "cursor", Fault.Unknown);
        return asked;
    }

    /// <summary>SQL order and the text of a place in it.</summary>
    public static (string Order, Func<Place, string> KeyOf) Order(string sort) =>
        sort switch
        {
            "filed" => ("c.filed_at, c.id", p => $"{p.FiledAt}|{p.Id:D}"),
            "due" => ($"coalesce(c.due_at, {Never}), c.id", p => $"{p.DueAt}|{p.Id:D}"),
            "priority" => ($"c.priority, coalesce(c.due_at, {Never}), c.id", p => $"{p.DueAt}|{p.Id:D}|{p.Priority}"),
            _ => ("c.filed_at desc, c.id desc", p => $"{p.FiledAt}|{p.Id:D}"),
        };

    /// <summary>The condition that a page goes on behind its cursor.</summary>
    public static (string Condition, Dictionary<string, object?> Args)? After(ListComplaints.Wanted wanted)
    {
        if (PlaceOf(wanted) is not { } place)
            return null;
        var args = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["at"] = place.At,
            ["after"] = place.Id,
            ["urgency"] = place.Priority,
        };
        return wanted.Sort switch
        {
            "filed" => ("(c.filed_at, c.id) > (@at, @after)", args),
            "due" => ($"(coalesce(c.due_at, {Never}), c.id) > (@at, @after)", args),
            "priority" => ($"(c.priority, coalesce(c.due_at, {Never}), c.id) > (@urgency, @at, @after)", args),
            _ => ("(c.filed_at, c.id) < (@at, @after)", args),
        };
    }

    /// <summary>A case number finds its case; anything else looks into names of respondents.</summary>
    public static string Searching(string q, out string value)
    {
        if (CaseNumber.Parse(q) is { } number)
        {
            value = number;
            return $"c.id = {ComplaintBook.WithNumber("@q")}";
        }
        value = Like.Holding(FoldedName.Of(q));
        return @"m.folded like @q escape '\'";
    }

    private static (long At, Guid Id, string Priority)? PlaceOf(ListComplaints.Wanted wanted)
    {
        var parts = (Cursor.Read(wanted.Cursor) ?? "").Split('|');
        return
            parts.Length >= 3
            && parts[0] == wanted.Sort
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            && Guid.TryParse(parts[2], out var id)
            ? (at, id, parts.Length > 3 ? parts[3] : "")
            : null;
    }

    /// <summary>A date means the whole of that day.</summary>
    private static DateTimeOffset? ToOf(string? typed, FieldFaults faults) =>
        faults.Instant("to", typed) is { } at
            ? typed!.Contains('T', StringComparison.Ordinal)
                ? at
                : Shanghai.StartOf(Shanghai.DayOf(at).AddDays(1))
            : null;
}
