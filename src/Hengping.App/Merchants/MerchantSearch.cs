using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>Merchants by part of their name.</summary>
public static class MerchantSearch
{
    /// <summary>
    /// The name itself first, then names that begin with the text, then those that hold it: each is read in the order
    /// of names and no further than the page is full. What few names hold is looked for in all of them.
    /// </summary>
    private static readonly ListOrder<MerchantRow> Order = new(
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

    /// <summary>What a caller may know of, best first.</summary>
    public static async Task<IReadOnlyList<MerchantRow>> Find(
        Store store,
        string text,
        int size,
        Caller? caller,
        CancellationToken ct
    )
    {
        // Nothing longer is anybody's name.
        if (text.Length > Merchant.NameLengthMax)
            return [];
        var folded = FoldedName.Of(text);
        var where = new Conditions()
            .And("m.merged_into is null")
            .And(MerchantDirectory.Known(caller), "account", caller?.Account ?? Guid.Empty)
            .With("folded", folded)
            .With("inside", Like.Holding(folded))
            .With("start", Like.Beginning(folded));
        return (
            await Order.Read(
                store,
                """
                select id as Id, name as Name, sector as Sector, platform as Platform, enrolled as Enrolled,
                       has_contact as HasContact, merged_into as MergedInto
                from merchants m
                """,
                where,
                size,
                ct
            )
        ).Rows;
    }
}
