using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;

namespace Hengping.App.Merchants;

/// <summary><c>POST /claims/{id}/decide</c>: the desk approves a claim or refuses it, with a reason.</summary>
public static class ClaimDecision
{
    /// <summary>The decision.</summary>
    public sealed record DecideRequest
    {
        public bool? Approve { get; init; }
        public string? Reason { get; init; }
    }

    private sealed record Decided(Guid Id, Guid Merchant, bool Approved);

    private static readonly Role[] Desk = [Role.Mediator, Role.Admin];

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/claims/{id:guid}/decide", Handle)
            .Accepts<DecideRequest>("application/json")
            .Produces<Decided>()
            .For(Desk)
            .AnsweredOnce();

    private static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Caller caller,
        Store store,
        SiteAddress site,
        CancellationToken ct
    )
    {
        if (await MerchantClaims.Find(store, id, ct) is not { } shown)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        var (body, instead) = await Body.Read<DecideRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var reason = faults.Text("reason", body.Reason, 2, 500);
        faults.If(body.Approve is null, "approve", Fault.Required);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var approve = body.Approve!.Value;
        var done = new Decided(id, shown.Merchant, approve);
        var (answer, once) = Idempotency.Answer(http, StatusCodes.Status200OK, done, location: null);
        return await MerchantClaims.Decide(store, site, shown, approve, reason, caller, ct, once) is { } no
            ? no.AsProblem()
            : answer;
    }
}
