using System.Net;
using System.Net.Sockets;
using Hengping.Rules;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary>
/// The way out of the house for webhooks: HTTPS into the public network, and nowhere else. A name is asked for where it
/// leads at each connection, and only addresses that were judged are connected to; no redirect is followed, no proxy
/// used, no cookie kept, no answer read.
/// </summary>
public sealed class HookHttp : IDisposable
{
    /// <summary>This machine may be told too, by http: for trials. Configuration <c>Webhooks:AllowLoopback</c>.
    /// </summary>
    public const string LoopbackOption = "Webhooks:AllowLoopback";

    /// <summary>A try lasts no longer.</summary>
    public static readonly TimeSpan SentWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan NameWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PooledFor = TimeSpan.FromMinutes(2);
    private const int DrainedMax = 64 * 1024;
    private const int HeadersMaxKilobytes = 16;

    private readonly bool staysHere;
    private readonly HttpClient client;

    /// <summary>As the configuration says.</summary>
    public HookHttp(IConfiguration configuration)
    {
        staysHere = configuration.GetValue(LoopbackOption, defaultValue: false);
        client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = SentWithin / 2,
                PooledConnectionLifetime = PooledFor,
                MaxResponseDrainSize = DrainedMax,
                MaxResponseHeadersLength = HeadersMaxKilobytes,
                ConnectCallback = Connect,
            }
        )
        {
            Timeout = SentWithin,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Hengping-Webhooks/1");
    }

    /// <summary>An address that may be told, or what is wrong with it; a name that leads nowhere yet is taken.
    /// </summary>
    public async Task<(Uri? Address, Refusal? No)> Judge(string? typed, CancellationToken ct)
    {
        var (address, no) = HookAddress.Of(typed, staysHere);
        if (no is not null)
            return (null, no);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(NameWithin);
        try
        {
            var found = await Dns.GetHostAddressesAsync(address!.IdnHost, limit.Token);
            return found.All(May) ? (address, null) : (null, HookAddress.Private);
        }
        catch (Exception unknown) when (unknown is SocketException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return (address, null);
        }
    }

    /// <summary>Sends one message.</summary>
    /// <returns>Null where it was taken (any 2xx); else why not, in a word.</returns>
    public async Task<string?> Send(HookWay way, byte[] body, DateTimeOffset now, CancellationToken ct)
    {
        if (way.Address is null || way.Keys.Count == 0 || HookAddress.Of(way.Address, staysHere).Address is not { } to)
            return "address";
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
            request.Headers.Add(HookSign.Header, HookSign.Of(now, body, way.Keys));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return response.IsSuccessStatusCode ? null : $"http {(int)response.StatusCode}";
        }
        // One that cannot be sent, for whatever reason, must not hold up the others.
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            return Word(failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static string Word(Exception failed) =>
        failed switch
        {
            _ when Is<NotPublic>(failed) => "private",
            OperationCanceledException => "timeout",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
            _ when Is<SocketException>(failed) || failed is HttpRequestException or IOException => "unreachable",
            _ => failed.GetType().Name,
        };

    private static bool Is<T>(Exception? failed)
        where T : Exception => failed is T || (failed is not null && Is<T>(failed.InnerException));

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var open = (await Dns.GetHostAddressesAsync(host, ct)).Where(May).ToArray();
        if (open.Length == 0)
            throw new NotPublic();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool May(IPAddress address) =>
        PublicNetwork.IsPublic(address.GetAddressBytes())
        || (staysHere && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private sealed class NotPublic : IOException;
}
