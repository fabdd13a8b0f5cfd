using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>
/// <c>POST /orders</c>: up to 10,000 order lines at once, all or none; the same lines are taken once. What is not named
/// here is not kept: a buyer's name, phone and address have no place in it.
/// </summary>
public static class SendOrders
{
    /// <summary>A body: 10,000 lines of 400 bytes, and as much again.</summary>
    public const long BytesMax = 8L << 20;

    /// <summary>Batches of one account a day: ten million lines.</summary>
    public const int BatchesPerDay = 1_000;

    private const int FaultsMax = 20;
    private static readonly Role[] Senders = [Role.Merchant, Role.Mediator, Role.Reviewer, Role.Admin];

    private static readonly Allowance OfDay = new(
        "order-batches",
        BatchesPerDay,
        TimeSpan.FromDays(1),
        new Refusal(
            "orders.too-many",
            "一天内上传的批次已达上限，请稍后再传",
            "So many batches of one account are taken in a day; try again later"
        )
    );

    /// <summary>A batch.</summary>
    /// <param name="Merchant">Whose the lines are that say nothing else; absent for a shop's own.</param>
    public sealed record Request(Guid? Merchant, IReadOnlyList<Item>? Lines)
    {
        public Request()
            : this(null, null) { }
    }

    /// <summary>A line, as it stands now.</summary>
    public sealed record Item
    {
        public Guid? Merchant { get; init; }
        public string? OrderNo { get; init; }

        /// <summary>Its number in the order; absent where the order has one line.</summary>
        public string? LineNo { get; init; }
        public string? Product { get; init; }

        /// <summary>placed, shipped, delivered, done, cancelled; absent: by the instants.</summary>
        public string? State { get; init; }
        public decimal? Amount { get; init; }

        /// <summary>Instants, or dates.</summary>
        public string? OrderedAt { get; init; }
        public string? PromisedAt { get; init; }
        public string? DeliveredAt { get; init; }
        public string? RefundAskedAt { get; init; }
        public string? ReturnedAt { get; init; }
        public string? RefundedAt { get; init; }

        /// <summary>When it became so; absent: the last instant it names.</summary>
        public string? ChangedAt { get; init; }

        /// <summary>Refunded or returned for the quality of the goods.</summary>
        public bool? Quality { get; init; }

        /// <summary>The buyer's, 1–5.</summary>
        public int? Score { get; init; }
    }

    /// <summary>What was taken.</summary>
    /// <param name="Known">The same lines were taken before: it is that batch, and nothing changes.</param>
    public sealed record Receipt(Guid Batch, int Lines, bool Known);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/orders", Handle)
            .Accepts<Request>("application/json")
            .Produces<Receipt>(StatusCodes.Status201Created)
            .Produces<Receipt>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Senders)
            .AnsweredOnce()
            .WithMetadata(new LargeBodyAttribute(BytesMax));

    private static async Task<IResult> Handle(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        if (caller.Role == Role.Merchant && caller.Merchant is null)
            return OrderBatch.OtherShop.AsProblem(StatusCodes.Status403Forbidden);
        var (body, instead) = await Body.Read<Request>(http, ct);
        if (instead is not null)
            return instead;
        var items = body.Lines ?? [];
        if (caller.Role == Role.Merchant && IsOthers(caller, body))
            return OrderBatch.OtherShop.AsProblem(StatusCodes.Status403Forbidden);
        var faults = new FieldFaults();
        faults.If(items.Count == 0, "lines", OrderBatch.NoLines);
        faults.If(items.Count > OrderLine.BatchMax, "lines", Fault.TooMany(OrderLine.BatchMax));
        var shops = faults.None ? await ShopsOf(store, caller, body, faults, ct) : [];
        var lines = new List<ShopLine>(items.Count);
        for (var i = 0; i < items.Count && (faults.None || (shops.Count > 0 && faults.All.Count < FaultsMax)); i++)
        {
            var shop = items[i].Merchant ?? body.Merchant ?? caller.Merchant ?? Guid.Empty;
            lines.Add(new ShopLine(shops.GetValueOrDefault(shop), LineOf(items[i], $"lines[{i}].", faults, store.Now)));
        }
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (
            caller.Role != Role.Merchant
            && OrderBatch.Why((await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind) is { } no
        )
            return no.AsProblem();
        if (await OfDay.Take(store, $"account:{caller.Account:N}", ct) is { } slow)
            return slow.AsSlow(http);
        return await Take(http, store, caller, lines, ct);
    }

    private static async Task<IResult> Take(
        HttpContext http,
        Store store,
        Caller caller,
        List<ShopLine> lines,
        CancellationToken ct
    )
    {
        var (shelved, outcome) = await OrderShelf.Take(store, lines, "api", caller.Author, Kept, ct);
        if (shelved is null)
            return Idempotency.Replay(outcome!) ?? Problems.Raced.AsProblem();
        var receipt = new Receipt(shelved.Batch, lines.Count, !shelved.Taken);
        return shelved.Taken
            ? Answer(shelved.Batch).Result
            : Results.Json(receipt, Cli.JsonFormat, statusCode: StatusCodes.Status200OK);

        Idempotent? Kept(Guid batch) => Answer(batch).Kept;
        (IResult Result, Idempotent? Kept) Answer(Guid batch) =>
            Idempotency.Answer(
                http,
                StatusCodes.Status201Created,
                new Receipt(batch, lines.Count, Known: false),
                location: null
            );
    }

    private static bool IsOthers(Caller caller, Request body)
    {
        var own = caller.Merchant!.Value;
        return caller.Shops?.Contains(own) == false
            || body.Merchant is { } whole && whole != own
            || body.Lines?.Any(line => line.Merchant is { } one && one != own) == true;
    }

    // Of each shop that is named, the entry its orders count for.
    private static async Task<Dictionary<Guid, Guid>> ShopsOf(
        Store store,
        Caller caller,
        Request body,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        var shops = new Dictionary<Guid, Guid>();
        foreach (var (i, line) in body.Lines!.Index())
        {
            if ((line.Merchant ?? body.Merchant ?? caller.Merchant) is not { } shop)
            {
                faults.Add("merchant", Fault.Required);
                return [];
            }
            if (shops.ContainsKey(shop))
                continue;
            if (await MerchantDirectory.Find(store, shop, ct) is not { } row)
            {
                faults.Add(line.Merchant is null ? "merchant" : $"lines[{i}].merchant", Fault.Unknown);
                return [];
            }
            shops[shop] = (await MerchantDirectory.Root(store, row, ct)).Id;
        }
        return shops;
    }

    private static OrderLine LineOf(Item item, string at, FieldFaults faults, DateTimeOffset now)
    {
        var own = new FieldFaults();
        var orderNo = own.Line("orderNo", item.OrderNo, OrderLine.OrderNoMax);
        own.If(orderNo is null, "orderNo", Fault.Required);
        own.If(item.OrderedAt is null, "orderedAt", Fault.Required);
        own.If(item.Amount is null, "amount", Fault.Required);
        own.Money("amount", item.Amount, OrderLine.AmountMax);
        var state = string.IsNullOrWhiteSpace(item.State) ? null : Words.Parse<OrderState>(item.State);
        own.If(state is null && !string.IsNullOrWhiteSpace(item.State), "state", Fault.Unknown);
        var delivered = own.Instant("deliveredAt", item.DeliveredAt);
        var line = new OrderLine(
            orderNo ?? "",
            own.Line("lineNo", item.LineNo, OrderLine.LineNoMax) ?? "1",
            own.Instant("orderedAt", item.OrderedAt) ?? now,
            state ?? (delivered is null ? OrderState.Placed : OrderState.Delivered),
            own.None ? (long)(item.Amount!.Value * 100) : 0
        )
        {
            Product = own.Line("product", item.Product, OrderLine.ProductMax),
            PromisedAt = own.Instant("promisedAt", item.PromisedAt),
            DeliveredAt = delivered,
            RefundAskedAt = own.Instant("refundAskedAt", item.RefundAskedAt),
            ReturnedAt = own.Instant("returnedAt", item.ReturnedAt),
            RefundedAt = own.Instant("refundedAt", item.RefundedAt),
            IsQuality = item.Quality == true,
            Score = item.Score,
        };
        line = line with { ChangedAt = own.Instant("changedAt", item.ChangedAt) ?? line.LastInstant };
        if (own.None)
            line.Check(own, now);
        foreach (var (field, fault) in own.All)
            faults.Add(at + field, fault);
        return line;
    }
}
