using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Fields;

namespace Hengping.App.MerchantPages;

/// <summary><c>GET /merchants?q=</c> and <c>GET /merchants/{id}</c>: what anyone may know of a merchant.</summary>
public static class MerchantApi
{
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

    /// <summary>By name; entries from before may share one.</summary>
    private static readonly ListOrder<Shown> Order = new(
        "name",
        ListOrder<Shown>.By("m.name", row => row.Name),
        ListOrder<Shown>.By("m.id", row => row.Id)
    );

    private static async Task<IResult> List(
        HttpContext http,
        Store store,
        string? q,
        int? size,
        string? cursor,
        CancellationToken ct
    )
    {
        if (!Order.Knows(cursor))
            return Problems.Fields(new Dictionary<string, Rules.Refusal> { ["cursor"] = Fault.Unknown });
        var caller = Caller.Of(http.User);
        var where = new Conditions()
            .And(@"m.folded like @like escape '\'", "like", Like.Holding(FoldedName.Of(q)))
            .And("m.merged_into is null")
            .And(MerchantDirectory.Known(caller), "account", caller?.Account ?? Guid.Empty);
        Order.GoOn(where, cursor);
        var (rows, next) = await Order.Read(
            store,
            """
            select m.id as Id, m.name as Name, m.sector as Sector, m.platform as Platform, m.enrolled as Enrolled,
                   m.has_contact as HasContact
            from merchants m
            """,
            where,
            Math.Clamp(size ?? 20, 1, ListAddress.SizeMax),
            ct
        );
        return Results.Ok(new Page(rows, next));
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
