using System.Net;
using Hengping.App.Platform;
using Hengping.Rules;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hengping.App.Demo;

/// <summary>
/// In the demo anybody may be anybody, so nobody but this machine may reach it. What is judged is what was bound in the
/// end: addresses come from the command line, from variables and from configuration files. Until then no request gets
/// in, and a server that listens to more goes down before the first one does.
/// </summary>
public sealed class DemoBinding(IServer server) : IHostedLifecycleService
{
    private volatile bool isOpen;

    /// <summary>Shuts the door in front of everything else.</summary>
    public static void Use(WebApplication app)
    {
        if (app.Services.GetService<DemoBinding>() is not { } binding)
            return;
        app.Use(
            (http, next) =>
            {
                if (binding.isOpen)
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                http.Response.RetryAfter(TimeSpan.FromSeconds(1));
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>Why an address is not bound.</summary>
    public static Refusal NotHere(string address) =>
        new(
            "serve.demo-loopback",
            $"演示模式任何人都能以任何角色登录，只能监听本机地址，不能监听 {address}",
            $"In demo mode anyone may be anyone: it binds loopback addresses only, and not {address}"
        );

    /// <summary>The first of these addresses that others can reach, or null.</summary>
    public static string? Reachable(IEnumerable<string> addresses) =>
        addresses.FirstOrDefault(address => !IsLoopback(address));

    /// <inheritdoc/>
    /// <exception cref="Refused">It can be reached from elsewhere.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (Reachable(bound) is { } open)
            throw new Refused(NotHere(open));
        isOpen = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (
            uri.Host == "localhost"
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
        );
}
