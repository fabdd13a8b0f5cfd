namespace Hengping.App.Platform;

/// <summary>How a page is read.</summary>
internal sealed partial class ListOrder<TRow>
{
    private static readonly ListPart[] Whole = [new("1 = 1")];

    private sealed record Many(long List, long Rows);

    /// <summary>Reads a page.</summary>
    /// <param name="select">The columns and the tables.</param>
    /// <param name="either">Where the list is several, each in the order of an index of its own: what narrows them. No
    /// row is in two of them.</param>
    public async Task<ListPage<TRow>> Read(
        Store store,
        string select,
        Conditions where,
        int size,
        CancellationToken ct,
        params ListPart[] either
    )
    {
        var rows = new List<(TRow Row, ListOrder<TRow> Of, int Stretch)>();
        var left = store.LookedAtMax;
        var order = where.From.Order as ListOrder<TRow> ?? this;
        for (var at = where.From.Stretch; rows.Count <= size; at++)
        {
            if (at == order.Stretches.Count)
            {
                if (order.Then is null)
                    break;
                (order, at) = (order.Then, 0);
            }
            ListPart[] lists = order == this ? either : [.. order.Lists];
            if (lists.Length == 0)
                lists = Whole;
            lists = [.. lists.Where(list => list.Lead != ListOrder.None && (list.Stretch ?? at) == at)];
            if (lists.Length == 0 || order.Stretches[at] == ListOrder.None)
                continue;
            var asked = new Asked(store, select, where, lists);
            var (found, looked, end) = await order.Stretch(asked, at, size + 1 - rows.Count, left, ct);
            rows.AddRange(found.Select(row => (row, order, at)));
            left = Math.Max(left - looked, 0);
            if (end is not null && rows.Count <= size)
                return new ListPage<TRow>([.. rows.Select(one => one.Row)], end) { IsCut = true };
        }
        return rows.Count > size
            ? new([.. rows.Take(size).Select(one => one.Row)], rows[size - 1].Of.After(rows[size - 1]))
            : new([.. rows.Select(one => one.Row)], null);
    }

    /// <summary>What is still to be read of it, one stretch after the other: conditions, and the order in them.
    /// </summary>
    public IEnumerable<(string Where, string Sql)> Steps(Conditions where)
    {
        var from = where.From.Order as ListOrder<TRow> ?? this;
        for (var (order, at) = (from, where.From.Stretch); order is not null; (order, at) = (order.Then, 0))
        for (; at < order.Stretches.Count; at++)
            yield return (
                (
                    where.From.Behind is { } behind && order == from && at == where.From.Stretch
                        ? $"{order.Stretches[at]} and {behind}"
                        : order.Stretches[at]
                ) + order.PassedIn(at),
                order.Sql
            );
    }

    private string PassedIn(int stretch) => Passed.Count == 0 ? "" : " and " + Conditions.Unled(Passed[stretch]);

    private string After((TRow Row, ListOrder<TRow> Of, int Stretch) last) => CursorAfter(last.Row, last.Stretch);

    private sealed record Asked(Store Store, string Select, Conditions Where, ListPart[] Lists);

    /// <summary>The rows of one stretch, how many were looked at, and where it was given up; null where it was not.
    /// </summary>
    private async Task<(IReadOnlyList<TRow> Rows, int Looked, string? End)> Stretch(
        Asked asked,
        int at,
        int size,
        int left,
        CancellationToken ct
    )
    {
        var where = asked.Where;
        var args = new Dictionary<string, object?>(where.Args, StringComparer.Ordinal) { ["size"] = size };
        var from =
            where.From is (var order, var stretch, { } behind) && order == this && stretch == at
                ? $"{Stretches[at]} and {behind}"
                : Stretches[at];
        var (looked, end) = (0, (object[]?)null);
        var passed = PassedIn(at);
        var passes = passed.Length > 0 || where.PassesOver || asked.Lists.Any(list => list.PassesOver);
        if (Bounded is not null && passes)
            (looked, end) = await Bounds(
                asked,
                from,
                Math.Max(left / asked.Lists.Length, asked.Store.LookedAtMax / 50),
                args,
                ct
            );
        foreach (var (i, one) in (end ?? []).Index())
            args[$"end{i}"] = one;
        var until = end is null ? "" : " and " + Compared(parts[0].IsDescending ? ">=" : "<=", "end");
        var found = await asked.Store.Query<TRow>(
            Either(
                asked.Lists.Select(list =>
                    $"{asked.Select} where {from} and {list.Sql} and {where.Sql}{passed}{until} "
                    + $"order by {Sql} limit @size"
                )
            ),
            args,
            ct
        );
        return (
            asked.Lists.Length > 1 ? [.. Sorted(found).Take(size)] : found,
            looked,
            end is null ? null : CursorAt(end, at)
        );
    }

    // How long each list is, and where the first of those ends that are longer than may be looked at.
    private async Task<(int Looked, object[]? End)> Bounds(
        Asked asked,
        string from,
        int most,
        Dictionary<string, object?> args,
        CancellationToken ct
    )
    {
        var id = parts[^1].Sql;
        args["most"] = most;
        string Of(string list, string what, string limit) =>
            $"select {what} from {Bounded} where {from} and {list} and {asked.Where.Lead} order by {Sql} limit {limit}";
        var many = await asked.Store.Query<Many>(
            string.Join(
                " union all ",
                asked.Lists.Select(
                    (list, i) =>
                        $"select cast({i} as bigint) as List, count(*) as Rows "
                        + $"from ({Of(list.Lead, "1 as one", "@most + 1")}) l{i}"
                )
            ),
            args,
            ct
        );
        var looked = (int)many.Sum(one => Math.Min(one.Rows, most));
        var ends = new List<TRow>();
        foreach (var one in many.Where(one => one.Rows > most))
            ends.AddRange(
                await asked.Store.Query<TRow>(
                    $"{asked.Select} where {id} = ({Of(asked.Lists[one.List].Lead, id, "1 offset @most")})",
                    args,
                    ct
                )
            );
        return (looked, ends.Count == 0 ? null : [.. parts.Select(part => part.Of(Sorted(ends).First()))]);
    }

    private static string Either(IEnumerable<string> lists)
    {
        var all = lists.ToList();
        return all.Count == 1
            ? all[0]
            : string.Join(" union all ", all.Select((list, i) => $"select * from ({list}) l{i}"));
    }
}
