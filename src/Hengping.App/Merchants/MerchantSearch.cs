using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>Merchants by what somebody types of their name: as it is written, as it sounds, or with one sign wrong.
/// </summary>
public static class MerchantSearch
{
    /// <summary>Rows looked at in one range of keys: names that many others share the beginning of are typed further.
    /// </summary>
    private const int RangeMax = 100;

    /// <summary>Fewer signs than these, with one of them wrong, are any name.</summary>
    private const int HanMin = 3;
    private const int LettersMin = 4;

    private const string Columns = """
        select id as Id, name as Name, sector as Sector, platform as Platform, enrolled as Enrolled,
               has_contact as HasContact, merged_into as MergedInto
        from merchants m
        """;

    /// <summary>The name itself, names that begin with the text, names that hold it: all are looked through.</summary>
    private static readonly ListOrder<MerchantRow> Inside = new(
        "found",
        ListOrder<MerchantRow>.By("m.folded", row => FoldedName.Of(row.Name)),
        ListOrder<MerchantRow>.By("m.name", row => row.Name),
        ListOrder<MerchantRow>.By("m.id", row => row.Id)
    )
    {
        Stretches =
        [
            "m.folded = @folded",
            @"m.folded <> @folded and m.folded like @start escape '\'",
            @"m.folded not like @start escape '\' and m.folded like @inside escape '\'",
        ],
    };

    /// <summary>
    /// What a caller may know of, best first: what is written so; else what sounds so; else what differs in one sign.
    /// </summary>
    public static async Task<IReadOnlyList<MerchantRow>> Find(
        Store store,
        string text,
        int size,
        Caller? caller,
        CancellationToken ct
    )
    {
        var found = await WhileTyped(store, text, size, caller, ct);
        // A part from the middle of a word is in no index: asked for once, by a button.
        return found.Count > 0 || text.Length > Merchant.NameLengthMax
            ? found
            : (await Inside.Read(store, Columns, Written(text, caller), size, ct)).Rows;
    }

    /// <summary>The same by indexes alone, at every key that is pressed.</summary>
    public static async Task<IReadOnlyList<MerchantRow>> WhileTyped(
        Store store,
        string text,
        int size,
        Caller? caller,
        CancellationToken ct
    )
    {
        var signs = MerchantKeys.Signs(text);
        // Nothing longer is anybody's name.
        if (text.Length > Merchant.NameLengthMax || signs.Length == 0)
            return [];
        // Keys come a moment after their entry; whoever writes its whole name means it from the first.
        var begun = (await InRanges(store, MerchantKeys.WrittenSo(signs), caller, ct)).UnionBy(
            await NamedSo(store, text, size, caller, ct),
            row => row.Id
        );
        // The name itself, then those that begin with it, in the order of names.
        var found = begun
            .Where(row => MerchantKeys.Signs(row.Name).StartsWith(signs, StringComparison.Ordinal))
            .OrderBy(row => MerchantKeys.Signs(row.Name), StringComparer.Ordinal)
            .Take(size)
            .ToList();
        if (found.Count == size)
            return found;
        var ranges = MerchantKeys.SoundingLike(signs);
        var sounding = await InRanges(store, ranges, caller, ct);
        var held = Ranked(
            sounding,
            signs,
            row => MerchantKeys.Signs(row.Name).Contains(signs, StringComparison.Ordinal)
        );
        // Whoever writes signs that a name holds means no other that only sounds so; letters may be either.
        var likely =
            MerchantKeys.IsHan(signs) && found.Count + held.Count > 0 ? held : Ranked(sounding, signs, IsSoundedNow);
        IReadOnlyList<MerchantRow> all = [.. found.Concat(likely).DistinctBy(row => row.Id).Take(size)];
        if (all.Count > 0 || signs.Length < (MerchantKeys.IsHan(signs) ? HanMin : LettersMin))
            return all;
        var close = await InRanges(store, MerchantKeys.ButForOne(signs), caller, ct);
        return [.. Ranked(close, signs, row => OneWrong.In(signs, row.Name)).Take(size)];

        // Keys of the names of before are there, too.
        bool IsSoundedNow(MerchantRow row) => MerchantKeys.IsIn(ranges, row.Name);
    }

    private static Task<IReadOnlyList<MerchantRow>> NamedSo(
        Store store,
        string text,
        int size,
        Caller? caller,
        CancellationToken ct
    )
    {
        var where = Known(caller).And("m.folded = @folded", "folded", FoldedName.Of(text));
        return store.Query<MerchantRow>(
            $"{Columns} where {where.Sql} order by m.folded, m.name, m.id limit {size}",
            where.Args,
            ct
        );
    }

    private static Conditions Written(string text, Caller? caller)
    {
        var folded = FoldedName.Of(text);
        return Known(caller)
            .With("folded", folded)
            .With("inside", Like.Holding(folded))
            .With("start", Like.Beginning(folded));
    }

    private static Conditions Known(Caller? caller) =>
        new Conditions()
            .And("m.merged_into is null")
            .And(MerchantDirectory.Known(caller), "account", caller?.Account ?? Guid.Empty);

    private static Task<IReadOnlyList<MerchantRow>> InRanges(
        Store store,
        IReadOnlyList<(string From, string Until)> ranges,
        Caller? caller,
        CancellationToken ct
    )
    {
        var where = Known(caller);
        var spans = new List<string>();
        foreach (var (from, until) in ranges)
        {
            var n = spans.Count;
            where.With($"from{n}", from).With($"until{n}", until);
            spans.Add(
                $"""
                select merchant from (
                  select merchant from merchant_keys where key >= @from{n} and key < @until{n}
                  order by key limit {RangeMax}
                ) "{n}"
                """
            );
        }
        return store.Query<MerchantRow>(
            $"{Columns} where {where.Sql} and m.id in ({string.Join(" union ", spans)})",
            where.Args,
            ct
        );
    }

    // Whose name begins so, then platforms and who takes part, then the shortest: what was typed is most of it.
    private static List<MerchantRow> Ranked(
        IEnumerable<MerchantRow> rows,
        string signs,
        Func<MerchantRow, bool> fits
    ) =>
        [
            .. rows.Where(fits)
                .OrderByDescending(row => MerchantKeys.BeginsLike(signs, row.Name))
                .ThenByDescending(row => row.Platform)
                .ThenByDescending(row => row.Enrolled)
                .ThenBy(row => row.Name.Length)
                .ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
}
