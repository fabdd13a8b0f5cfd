using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Publishing;

namespace Hengping.App.Merchants;

/// <summary>
/// <c>POST /merchants/{id}/statement</c>: a merchant says something on its own page; <c>…/statement/remove</c>: staff
/// take it down, with a reason that stands in its place.
/// </summary>
public static class MerchantStatements
{
    /// <summary>Where a merchant speaks.</summary>
    public const string Door = "/api/v1/merchants/{id:guid}/statement";

    /// <summary>Where staff take it down.</summary>
    public const string RemoveDoor = Door + "/remove";

    private static readonly Role[] Desk = [Role.Mediator, Role.Admin];

    /// <summary>The words; nothing withdraws them.</summary>
    public sealed record StateRequest
    {
        public string? Text { get; init; }
    }

    /// <summary>Why it goes.</summary>
    public sealed record RemoveRequest
    {
        public string? Reason { get; init; }
    }

    /// <summary>What stands on the page now; all null where nothing does.</summary>
    public sealed record Standing(string? Text, DateTimeOffset? At, string? RemovedFor);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/merchants/{id:guid}/statement", State)
            .Accepts<StateRequest>("application/json")
            .Produces<Standing>()
            .For(Role.Merchant)
            .AnsweredOnce();
        api.MapPost("/merchants/{id:guid}/statement/remove", Remove)
            .Accepts<RemoveRequest>("application/json")
            .Produces<Standing>()
            .For(Desk)
            .AnsweredOnce();
    }

    /// <summary>What stands on a merchant's page; phone and id numbers were masked on the way in.</summary>
    public static async Task<MerchantStatement?> Read(Store store, Guid merchant, CancellationToken ct)
    {
        MerchantStatement? statement = null;
        foreach (var one in await store.ReadStory(MerchantBook.Instance, merchant, ct))
            statement = Merchant.Statement(statement, one.Event, one.At);
        return statement;
    }

    private static async Task<IResult> State(
        Guid id,
        HttpContext http,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(MerchantBook.Instance, id, ct);
        if (caller.Merchant != id || loaded.State is not { } merchant)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        var (body, instead) = await Body.Read<StateRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var text = PlainText.Lines(body.Text);
        if (text is not null && PlainText.LongerThan(text, Merchant.StatementLengthMax))
            faults.Add("text", Fault.TooLong(Merchant.StatementLengthMax));
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (text is not null)
            text = Masking.Mask(text);
        var before = await Read(store, id, ct);
        if (text == before?.Text)
            return Results.Json(Shown(before), Cli.JsonFormat);
        var hits = (await CurrentOperator.Of(http).Words(ct)).Read(text).Count;
        return await Save(http, store, loaded, merchant.State(text, hits), caller, ct);
    }

    private static async Task<IResult> Remove(
        Guid id,
        HttpContext http,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(MerchantBook.Instance, id, ct);
        if (loaded.State is not { } merchant)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        var (body, instead) = await Body.Read<RemoveRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var reason = faults.Text("reason", body.Reason, 2, 200);
        return faults.None
            ? await Save(http, store, loaded, merchant.TakeDown(reason), caller, ct)
            : Problems.Fields(faults.All);
    }

    private static async Task<IResult> Save(
        HttpContext http,
        Store store,
        Loaded<Merchant> loaded,
        Decided<MerchantEvent> decided,
        Caller caller,
        CancellationToken ct
    )
    {
        if (decided.Refusal is { } no)
            return no.AsProblem();
        var change = store.Change(MerchantBook.Instance, loaded, store.Now, caller.Author, [decided.Event!]);
        return await Answers.Append(
            http,
            store,
            [change],
            Shown(Merchant.Statement(null, decided.Event!, store.Now)),
            ct
        );
    }

    private static Standing Shown(MerchantStatement? statement) =>
        new(statement?.Text, statement?.At, statement?.RemovedFor);
}
