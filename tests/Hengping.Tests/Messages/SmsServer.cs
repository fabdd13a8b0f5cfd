using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hengping.Tests.Messages;

/// <summary>A gateway for short messages on a free loopback port: it keeps what it is sent.</summary>
public sealed class SmsServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Order> orders = [];
    private readonly WebApplication app;

    /// <summary>One order to send, taken or not.</summary>
    public sealed record Order(string? Key, string? Id, JsonElement Body);

    private SmsServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost(
            "/send",
            async (HttpRequest request) =>
            {
                var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
                orders.Enqueue(new Order(request.Headers.Authorization, request.Headers["Idempotency-Key"], body));
                return Results.Text("told to " + body.GetProperty("to").GetString(), statusCode: Status);
            }
        );
    }

    public string Url => app.Urls.First() + "/send";

    public int Status { get; set; } = StatusCodes.Status200OK;

    public IReadOnlyList<Order> Orders => [.. orders];

    public static async Task<SmsServer> Start()
    {
        var server = new SmsServer();
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
