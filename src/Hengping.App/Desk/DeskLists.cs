using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Desk;

/// <summary>
/// The desk's views as lists, each in the order of an index of its own; no case is in two lists of one view.
/// </summary>
internal static class DeskLists
{
    /// <summary>What counts are narrowed by.</summary>
    public const string Columns = "c.id, c.status, c.problem, c.priority, c.due_kind, c.marked_at, c.first_owner";

    private const string Asked = $"c.due_kind in ('{Deadlines.Review}', '{Deadlines.Validity}', '{Deadlines.Told}')";

    // Most of what the desk owes, by its status.
    private const string ByStatus =
        "(c.status in ('filed', 'contested', 'inMediation') "
        + "or (c.status in ('delivered', 'unreached') and c.priority = 'p0'))";

    private static readonly ListPart[] ToTell = [Due(Deadlines.Told)];
    private static readonly ListPart[] Reviews = [Due(Deadlines.Review), Due(Deadlines.Validity)];

    private static readonly Dictionary<string, IReadOnlyList<ListPart>> Known = new(StringComparer.Ordinal)
    {
        ["queue"] =
        [
            Of(Status.Filed),
            Of(Status.Contested),
            Of(Status.InMediation),
            Danger(Status.Delivered),
            Danger(Status.Unreached),
            .. Reviews.Concat(ToTell).Select(one => one with { Rest = Conditions.Unled("not " + ByStatus) }),
            new(
                "c.marked_at is not null",
                Conditions.Unled($"{AccessBook.Unread} and not {ByStatus} and not {IsAsked}")
            ),
        ],
        ["screen"] = [Of(Status.Filed)],
        ["contested"] = [Of(Status.Contested)],
        ["silent"] = [Of(Status.Delivered), Of(Status.Unreached)],
        ["mediation"] = [Of(Status.InMediation)],
        ["review"] = Reviews,
        ["told"] = ToTell,
        ["all"] = [],
    };

    /// <summary>The lists of a view; none where it is all there is, in the order of filing.</summary>
    public static IReadOnlyList<ListPart> Of(string view) => Known[view];

    /// <summary>The same of what one member of staff has begun: it has an index of its own, and is little.</summary>
    /// <param name="owner">The name of the argument that says who, as <c>@me</c>.</param>
    public static IReadOnlyList<ListPart> Of(string view, string owner) =>
        [
            new(
                $"c.first_owner = {owner}",
                Conditions.Unled(string.Join(" or ", Known[view].Select(part => $"({part.Sql})")))
            ),
        ];

    /// <summary>How many there are in each.</summary>
    public static Task<IReadOnlyDictionary<string, Capped>> Counts(
        Store store,
        string own,
        IReadOnlyDictionary<string, object?> mine,
        CancellationToken ct
    ) =>
        Capped.Read(
            store,
            "complaints c",
            Columns,
            [
                .. Known.Select(one =>
                    (
                        one.Key,
                        (IReadOnlyList<ListPart>)(one.Value.Count == 0 ? [new ListPart("1 = 1")] : Live(one.Value))
                    )
                ),
            ],
            own == "1 = 1" ? null : own,
            mine,
            ct
        );

    private const string IsAsked = $"(c.due_kind is not null and {Asked})";

    private static IReadOnlyList<ListPart> Live(IReadOnlyList<ListPart> parts) =>
        [.. parts.Select(part => part with { Lead = $"{CaseLists.Live} and {OfAny} and {part.Lead}" })];

    // It says nothing, and leads SQLite to the index of each list.
    private const string OfAny = "c.priority in ('p0', 'p1', 'p2', 'p3')";

    private static ListPart Of(Status status) => new($"c.status = '{Words.Of(status)}'");

    // P0 comes before all.
    private static ListPart Danger(Status status) =>
        new($"c.status = '{Words.Of(status)}' and c.priority = 'p0'") { Stretch = 0 };

    private static ListPart Due(string kind) => new($"{Asked} and c.due_kind = '{kind}'");
}
