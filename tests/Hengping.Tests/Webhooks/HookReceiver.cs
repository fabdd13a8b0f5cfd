using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hengping.Tests.Webhooks;

/// <summary>A receiver of webhooks on a free loopback port: it keeps what it is sent.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Got> all = [];
    private readonly WebApplication app;

    /// <summary>One message, taken or not.</summary>
    public sealed record Got(string Text, string Signature)
    {
        public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);
        public string Kind => Body.GetProperty("kind").GetString()!;
        public Guid Object => Body.GetProperty("object").GetGuid();
        public long Position => Body.GetProperty("position").GetInt64();

        /// <summary>As a receiver verifies it: one signature that fits its secret is enough.</summary>
        public bool IsSignedBy(string secret) =>
            Signature
                .Split(' ')
                .Select(one =>
                    one.Split(',')
                        .Select(part => part.Split('=', 2))
                        .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal)
                )
                .Any(one => one["v1"] == Hex(secret, $"{one["t"]}.{Text}"));

        /// <summary>When it was signed.</summary>
        public DateTimeOffset At =>
            DateTimeOffset.FromUnixTimeSeconds(
                long.Parse(Signature.Split(',')[0].Split('=')[1], CultureInfo.InvariantCulture)
            );

        private static string Hex(string secret, string signed) =>
            Convert.ToHexStringLower(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed))
            );
    }

    private HookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost(
            "/hooks",
            async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                var got = new Got(await reader.ReadToEndAsync(), request.Headers["Hengping-Signature"].ToString());
                all.Enqueue(got);
                return Results.StatusCode(Answer(got));
            }
        );
        app.MapPost("/moved", () => Results.Redirect("/hooks", permanent: false, preserveMethod: true));
    }

    public string Url => app.Urls.First() + "/hooks";

    /// <summary>It answers with a redirect to itself.</summary>
    public string Moved => app.Urls.First() + "/moved";

    /// <summary>The status it answers with.</summary>
    public Func<Got, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    public IReadOnlyList<Got> All => [.. all];

    public IReadOnlyList<string> Kinds => [.. all.Select(got => got.Kind)];

    public static async Task<HookReceiver> Start()
    {
        var receiver = new HookReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    public void Forget() => all.Clear();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
