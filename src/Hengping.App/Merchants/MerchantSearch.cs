using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>Merchants by part of their name.</summary>
public static class MerchantSearch
{
    /// <summary>The name itself first, then names that begin with the text, then those that hold it.</summary>
    public static Task<IReadOnlyList<MerchantRow>> Find(
        Store store,
        string text,
        int size,
        Caller? caller,
        CancellationToken ct
    )
    {
        // Nothing longer is anybody's name.
        if (text.Length > Merchant.NameLengthMax)
            return Task.FromResult<IReadOnlyList<MerchantRow>>([]);
        var folded = FoldedName.Of(text);
        return store.Query<MerchantRow>(
            $"""
            select id as Id, name as Name, sector as Sector, platform as Platform, enrolled as Enrolled,
                   has_contact as HasContact, merged_into as MergedInto
            from merchants m
            where merged_into is null and folded like @inside escape '\' and {MerchantDirectory.Known(caller)}
            order by case when folded = @folded then 0 when folded like @start escape '\' then 1 else 2 end, name
            limit @size
            """,
            new
            {
                folded,
                inside = Like.Holding(folded),
                start = Like.Beginning(folded),
                size,
                account = caller?.Account ?? Guid.Empty,
            },
            ct
        );
    }
}
