using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Fields;

namespace Hengping.App.MerchantPages;

/// <summary><c>GET /merchants?q=</c> and <c>GET /merchants/{id}</c>: what anyone may know of a merchant.</summary>
public static class MerchantApi
{
    private const int PageMax = 100;
    private const int QueryLengthMax = 100;

    /// <summary>What anyone may know. Contacts stay sealed.</summary>
    public sealed record Shown(Guid Id, string Name, string Sector, bool Platform, bool Enrolled, bool HasContact);

    /// <summary>One merchant, with what is counted of it alone.</summary>
    /// <param name="NotPerformed">承诺未履行, all time.</param>
    public sealed record ShownOne(
        Guid Id,
        string Name,
        string Sector,
        bool Platform,
        bool Enrolled,
        bool HasContact,
        long NotPerformed
    );

    private sealed record Page(IReadOnlyList<Shown> Items, string? Cursor);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/merchants", List).Anyone();
        api.MapGet("/merchants/{id:guid}", One).Anyone();
    }

    /// <summary>Merchants whose name holds every word of <paramref name="q"/>, shorter names first.</summary>
    public static Task<IReadOnlyList<Shown>> Search(
        Store store,
        string? q,
        int size,
        string? after,
        Caller? caller,
        CancellationToken ct
    )
    {
        return store.Query<Shown>(
            $"""
            select id as Id, name as Name, sector as Sector, platform as Platform, enrolled as Enrolled,
                   has_contact as HasContact
            from merchants m
            where folded like @like escape '\' and merged_into is null and name > @after
              and {MerchantDirectory.Known(caller)}
            order by name limit @size
            """,
            new
            {
                like = Like.Holding(FoldedName.Of(q)),
                after = after ?? "",
                size,
                account = caller?.Account ?? Guid.Empty,
            },
            ct
        );
    }

    private static async Task<IResult> List(
        HttpContext http,
        Store store,
        string? q,
        int? size,
        string? cursor,
        CancellationToken ct
    )
    {
        var wanted = Math.Clamp(size ?? 20, 1, PageMax);
        var after = Cursor.Read(cursor);
        if (after is null && !string.IsNullOrEmpty(cursor))
            return Problems.Fields(new Dictionary<string, Rules.Refusal> { ["cursor"] = Fault.Unknown });
        var items = await Search(store, q, wanted, after, Caller.Of(http.User), ct);
        return Results.Ok(new Page(items, items.Count == wanted ? Cursor.Write(items[^1].Name) : null));
    }

    private static async Task<IResult> One(Guid id, HttpContext http, Store store, CancellationToken ct)
    {
        if (await MerchantDirectory.Find(store, id, Caller.Of(http.User), ct) is not { } m)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        var under = (await RatedMerchants.Read(store, sector: null, asOf: null, ct)).Under(id);
        var broken = await BrokenPromises.Of(store, under, ct);
        return Results.Ok(new ShownOne(m.Id, m.Name, m.Sector, m.Platform, m.Enrolled, m.HasContact, broken));
    }
}
