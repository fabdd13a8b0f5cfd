using Hengping.App.Platform;

namespace Hengping.App.Merchants;

/// <summary>Merchants by part of their name.</summary>
public static class MerchantSearch
{
    /// <summary>Names that begin with the text first, then names that hold it.</summary>
    public static Task<IReadOnlyList<MerchantRow>> Find(Store store, string text, int size, CancellationToken ct)
    {
        var plain = text.Trim().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return store.Query<MerchantRow>(
            """
            select id as Id, name as Name, sector as Sector, platform as Platform, enrolled as Enrolled,
                   has_contact as HasContact, merged_into as MergedInto
            from merchants
            where merged_into is null and lower(name) like @inside
            order by case when lower(name) like @start then 0 else 1 end, name
            limit @size
            """,
            new
            {
                inside = $"%{plain.ToLowerInvariant()}%",
                start = $"{plain.ToLowerInvariant()}%",
                size,
            },
            ct
        );
    }
}
