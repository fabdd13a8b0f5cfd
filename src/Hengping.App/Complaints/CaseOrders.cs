using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Rows = Hengping.App.Platform.ListOrder<Hengping.App.Complaints.ListComplaints.Row>;

namespace Hengping.App.Complaints;

/// <summary>
/// The orders of <c>GET /complaints</c>. A deadline and a priority say what to do next: they sort what is open. What
/// has ended comes behind it, the last filed first.
/// </summary>
internal static class CaseOrders
{
    /// <summary>SQL: nobody has anything to do about it any more.</summary>
    private const string Over = $"not {CaseLists.Live}";

    private static readonly Status[] Ended = [Status.Closed, Status.Declined, Status.Terminated, Status.Withdrawn];

    private static readonly Priority[] Priorities = Enum.GetValues<Priority>();

    private static readonly Rows.Part Filed = Rows.By("c.filed_at", row => row.FiledAt);
    private static readonly Rows.Part Id = Rows.By("c.id", row => row.Id);
    private static readonly Rows.Part Due = Rows.ByTime("c.due_at", row => row.OrderDue);

    // As no index has it: few are sorted, and PostgreSQL does not walk through all deadlines to find them.
    private static readonly Rows.Part FewDue = Rows.By(
        $"({ListOrder.Timed("c.due_at")} + 0)",
        row => row.OrderDue ?? ListOrder.Never
    );
    private static readonly Rows.Part ShownDue = Rows.ByTime(Deadlines.ShownDueSql, row => row.OrderDue);

    /// <summary>One of staff's.</summary>
    /// <param name="ended">The lists of what has ended.</param>
    /// <param name="areFew">They are sorted: nothing is walked through.</param>
    public static Rows Of(string sort, IReadOnlyList<ListPart>? ended = null, bool areFew = false) =>
        sort switch
        {
            "filed" => ByFiling("filed", Filed, Id),
            "due" => new("due", areFew ? FewDue : Due, Id)
            {
                Bounded = areFew ? null : Table,
                Stretches = [CaseLists.Live],
                Then = Behind(ended ?? EndedOf([])),
            },
            "priority" => new("priority", Rows.By("c.priority", row => row.Priority), areFew ? FewDue : Due, Id)
            {
                Bounded = areFew ? null : Table,
                Stretches = [CaseLists.Live],
                Then = Behind(ended ?? EndedOf([])),
            },
            _ => ByFiling("-filed", Filed.Down, Id.Down),
        };

    /// <summary>One of a claimant's, who has few: by the deadline that they read, and by priority.</summary>
    public static Rows OfFew(string sort, string priority) =>
        sort switch
        {
            "due" => new("due", Due, Id),
            "priority" => new("priority", Rows.By(priority, row => row.Priority), Due, Id),
            _ => Of(sort),
        };

    /// <summary>One of a merchant's.</summary>
    /// <param name="ended">The lists of what is no longer open with it.</param>
    /// <param name="priority">SQL: the priority that it may know of.</param>
    public static Rows OfMerchant(string sort, string priority, IReadOnlyList<ListPart> ended) =>
        sort switch
        {
            "due" => new("due", ShownDue, Id) { Bounded = Table, Then = Behind(ended, which: null) },
            // The index is in the order of deadlines: each priority is a walk through it.
            "priority" => new("priority", ShownDue, Id)
            {
                Bounded = Table,
                Stretches = [.. Priorities.Select(_ => "1 = 1")],
                Passed = [.. Priorities.Select(one => $"{priority} = '{Words.Of(one)}'")],
                Then = Behind(ended, which: null),
            },
            _ => Of(sort),
        };

    /// <summary>The statuses of what has ended, of those that are asked for; all where none are.</summary>
    public static IReadOnlyList<ListPart> EndedOf(IReadOnlyList<Status> asked) =>
        [
            .. Ended
                .Where(status => asked.Count == 0 || asked.Contains(status))
                .Select(status => new ListPart($"c.status = '{Words.Of(status)}'"))
                .DefaultIfEmpty(ListOrder.None),
        ];

    /// <summary>The lists of what is open, in staff's order by deadline or by priority.</summary>
    public static IReadOnlyList<ListPart> OpenOf(string sort, IReadOnlyList<Status> asked, Priority? priority)
    {
        if (sort == "due" && asked.Count == 0 && priority is null)
            return [];
        var statuses = asked.Count == 0 ? Enum.GetValues<Status>() : asked.Distinct();
        var priorities = priority is { } one ? [one] : Enum.GetValues<Priority>();
        return sort == "priority" && priority is null
            ? [.. statuses.Select(status => new ListPart($"c.status = '{Words.Of(status)}'"))]
            : [.. statuses.SelectMany(_ => priorities, Open)];

        static ListPart Open(Status status, Priority priority) =>
            $"c.status = '{Words.Of(status)}' and c.priority = '{Words.Of(priority)}'";
    }

    /// <summary>Whether an order is that of filing, and which way it goes.</summary>
    /// <param name="sql">The order, as <see cref="ListOrder{TRow}.Sql"/> has it.</param>
    public static bool IsByFiling(string sql, out bool isNewestFirst)
    {
        isNewestFirst = sql == "c.filed_at desc, c.id desc";
        return isNewestFirst || sql == "c.filed_at, c.id";
    }

    private const string Table = "complaints c";

    private static Rows ByFiling(string name, params Rows.Part[] parts) => new(name, parts) { Bounded = Table };

    private static Rows Behind(IReadOnlyList<ListPart> ended, string? which = Over) =>
        new("ended", Filed.Down, Id.Down)
        {
            Bounded = Table,
            Passed = which is { } one ? [one] : [],
            Lists = ended,
        };
}
