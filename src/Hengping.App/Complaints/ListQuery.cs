using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>The query of a list: what may be asked, how it is sorted, where a page goes on.</summary>
public static class ListQuery
{
    private static readonly string[] Sorts = ["-filed", "filed", "due", "priority"];

    /// <summary>Reads the query string; what is wrong with it is said per field.</summary>
    public static ListComplaints.Wanted Read(IQueryCollection query, Caller caller, FieldFaults faults)
    {
        var address = new ListAddress(query, faults);
        var sort = address.Said("sort") ?? Sorts[0];
        sort = sort switch
        {
            "-filedAt" => "-filed",
            "filedAt" => "filed",
            _ => sort,
        };
        faults.If(!Sorts.Contains(sort, StringComparer.Ordinal), "sort", Fault.Unknown);
        return new ListComplaints.Wanted
        {
            Status = address.Words<Status>("status"),
            Priority = address.Word<Priority>("priority"),
            Respondent = address.Id("respondent"),
            Sector = address.Said("sector"),
            Problem = address.Said("problem"),
            From = faults.Instant("from", address.Said("from")),
            To = ToOf(address.Said("to"), faults),
            Q = faults.Line("q", address.Said("q"), 100),
            Sort = sort,
            Size = address.Size(),
            Cursor = address.Cursor(CaseWay.OrderOf(caller, sort)),
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

    /// <summary>A date means the whole of that day.</summary>
    private static DateTimeOffset? ToOf(string? typed, FieldFaults faults) =>
        faults.Instant("to", typed) is { } at
            ? typed!.Contains('T', StringComparison.Ordinal)
                ? at
                : Shanghai.StartOf(Shanghai.DayOf(at).AddDays(1))
            : null;
}
