using System.Text.Json;
using Hengping.App.Platform;
using Hengping.App.Webhooks;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests.Webhooks;

/// <summary>A desk whose webhooks may lead to this machine, and a receiver there.</summary>
internal sealed class Hooks : IAsyncDisposable
{
    public const string Door = "/api/v1/webhooks";

    public const string Reply = "已为您办理全额退款，3日内原路到账，请查收。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public required Desk Desk { get; init; }
    public required HookReceiver Receiver { get; init; }
    public required HttpClient Admin { get; init; }
    public Site Site => Desk.Site;
    public HttpClient Merchant => Desk.Merchant;

    public static async Task<Hooks> Open(Db engine)
    {
        var site = await Site.Start(
            engine,
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [HookHttp.LoopbackOption] = "true" }
        );
        return new Hooks
        {
            Desk = await Desk.On(site),
            Receiver = await HookReceiver.Start(),
            Admin = await site.As(Role.Admin),
        };
    }

    /// <summary>One more webhook, to the receiver: its id and secret.</summary>
    public async Task<(string Id, string Secret)> Opened(HttpClient owner, string? address = null)
    {
        var hook = await owner.PostJson(Door, new { address = address ?? Receiver.Url }).Json(201);
        return (hook.GetProperty("id").GetString()!, hook.GetProperty("secret").GetString()!);
    }

    /// <summary>A case that reached the merchant a while after it was filed, and answers to it.</summary>
    public async Task<string> Delivered(bool isReplied = false)
    {
        var id = await Desk.Filed();
        Site.Clock.Turn(TimeSpan.FromMinutes(1));
        await Desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        if (isReplied)
            await Merchant.PostJson(Desk.At(id, "reply"), new { text = Reply }).Json();
        return id;
    }

    /// <summary>What happened is heard, and what is due is sent; how much was taken.</summary>
    public async Task<long> Send()
    {
        await Listening.CatchUp(Site.Store, [new HookListener()], Ct);
        return await Site.Of<HookSender>().SendDue(Ct);
    }

    /// <summary>A verb of a webhook.</summary>
    public static Task<HttpResponseMessage> Do(HttpClient owner, string id, string verb, object? body = null) =>
        owner.PostJson($"{Door}/{id}/{verb}", body);

    /// <summary>A webhook as it stands.</summary>
    public static Task<JsonElement> See(HttpClient owner, string id) => owner.GetAsync($"{Door}/{id}", Ct).Json();

    /// <summary>Its deliveries: position, kind, state, tries.</summary>
    public static async Task<IReadOnlyList<(long Position, string Kind, string State, int Tries)>> Deliveries(
        HttpClient owner,
        string id,
        string query = ""
    )
    {
        var page = await owner.GetAsync($"{Door}/{id}/deliveries{query}", Ct).Json();
        return
        [
            .. page.GetProperty("items")
                .EnumerateArray()
                .Select(one =>
                    (
                        one.GetProperty("position").GetInt64(),
                        one.GetProperty("kind").GetString()!,
                        one.GetProperty("state").GetString()!,
                        one.GetProperty("tries").GetInt32()
                    )
                ),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
