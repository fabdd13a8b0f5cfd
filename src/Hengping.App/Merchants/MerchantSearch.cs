using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>Merchants by part of their name.</summary>
public static class MerchantSearch
{
    /// <summary>Names that begin with the text first, then names that hold it.</summary>
    public static Task<IReadOnlyList<MerchantRow>> Find(Store store, string text, int size, CancellationToken ct)
    {
        // Nothing longer is anybody's name.
        var plain = PlainText.Name(text) ?? "";
        if (plain.Length > Merchant.NameLengthMax)
            return Task.FromResult<IReadOnlyList<MerchantRow>>([]);
        return store.Query<MerchantRow>(
            """
            select id as Id, name as Name, sector as Sector, platform as Platform, enrolled as Enrolled,
                   has_contact as HasContact, merged_into as MergedInto
            from merchants
            where merged_into is null and lower(name) like @inside escape '\'
            order by case when lower(name) like @start escape '\' then 0 else 1 end, name
            limit @size
            """,
            new
            {
                inside = Like.Holding(plain),
                start = Like.Beginning(plain),
                size,
            },
            ct
        );
    }
}
