using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary><c>POST /webhooks</c>: one more; its secret is in the answer, and never shown again.</summary>
public static class OpenHook
{
    /// <summary>Where it is told.</summary>
    public sealed record Request(string? Address = null)
    {
        public Request()
            : this(Address: null) { }
    }

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder hooks) =>
        hooks
            .MapPost("", Handle)
            .Accepts<Request>("application/json")
            .Produces<HookView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(HookOwner.Roles)
            .AnsweredOnce();

    private static async Task<IResult> Handle(
        HttpContext http,
        Caller caller,
        Store store,
        HookHttp ways,
        CancellationToken ct
    )
    {
        if (HookOwner.No(caller) is { } never)
            return never.AsProblem(StatusCodes.Status403Forbidden);
        var (body, instead) = await Body.Read<Request>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var address = await AddressOf(ways, body.Address, faults, ct);
        if (!faults.None)
            return Problems.Fields(faults.All);
        for (var tries = 0; tries <= Hook.OfOwnerMax; tries++)
        {
            var (place, key) = (await FreePlace(store, HookOwner.Of(caller), ct), HookSign.Fresh());
            var decided = Hook.Open(HookOwner.Of(caller), place, address, key.Id, key.Secret);
            if (decided.Refusal is { } no)
                return no.AsProblem();
            var now = store.Now;
            var fresh = new Loaded<Hook>(StreamId.Undated(), 0, 0, null);
            var change = store.Change(HookBook.Instance, fresh, now, caller.Author, [decided.Event!]);
            var opened = Hook.Fold(null, decided.Event!, now);
            var view = new HookView(
                fresh.Id,
                address,
                opened.Status,
                opened.KeyIds,
                now,
                TakenAt: null,
                FailedSince: null,
                Waiting: 0,
                Parked: 0,
                ParkedFrom: null,
                Oldest: null,
                Replaying: false,
                key.Secret
            );
            var at = $"/api/v1/webhooks/{fresh.Id:D}";
            var (answer, once) = Idempotency.Answer(http, StatusCodes.Status201Created, view, at);
            var outcome = await store.Append(new Commit([change], once), ct);
            // Somebody took the place at the same moment: the next one.
            if (outcome is not Outcome.Taken)
                return Answers.After(outcome, answer);
        }
        return Problems.Raced.AsProblem();
    }

    /// <summary>An address that may be told; what is wrong with it is noted.</summary>
    internal static async Task<string> AddressOf(HookHttp ways, string? typed, FieldFaults faults, CancellationToken ct)
    {
        var line = faults.Line("address", typed, HookAddress.LengthMax);
        faults.If(line is null, "address", Fault.Required);
        if (!faults.None)
            return "";
        var (address, no) = await ways.Judge(line, ct);
        if (no is not null)
            faults.Add("address", no);
        return address?.AbsoluteUri ?? "";
    }

    private static async Task<int?> FreePlace(Store store, Guid? merchant, CancellationToken ct)
    {
        var taken = await store.Query<long>(
            $"select place from hooks where {OwnSql(merchant)} and status <> 'closed'",
            new { merchant },
            ct
        );
        return Enumerable.Range(1, Hook.OfOwnerMax).Cast<int?>().FirstOrDefault(place => !taken.Contains(place!.Value));
    }

    /// <summary>SQL about hooks: an owner's.</summary>
    internal static string OwnSql(Guid? merchant) => merchant is null ? "merchant is null" : "merchant = @merchant";
}
