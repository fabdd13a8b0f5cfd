using System.CommandLine;
using Hengping.App.Admin;
using Hengping.App.Demo;
using Hengping.App.Platform;

namespace Hengping.App;

/// <summary><c>hengping serve</c>: the site, the API and the background work.</summary>
public static class ServeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "监听地址 / addresses to bind",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        var demo = new Option<bool>("--demo")
        {
            Description = "演示：生成一个市场 / fill an empty store with a market",
        };
        var command = new Command("serve", "启动网站与接口 / start site, API and background work") { urls, demo };
        command.SetAction((parsed, ct) => Serve(Cli.Place(parsed), parsed.GetValue(urls)!, parsed.GetValue(demo), ct));
        return command;
    }

    private static async Task<int> Serve(StorePlace place, string urls, bool demo, CancellationToken ct)
    {
        if (StartFaults.OfUrls(urls) is { } wrong)
            throw new Refused(wrong);
        if (demo && DemoBinding.Reachable(urls.Split(';', StringSplitOptions.RemoveEmptyEntries)) is { } open)
            throw new Refused(DemoBinding.NotHere(open));
        await using var app = await Host.Build(new SiteOptions(place, urls, demo), ct);
        using var spool = Leftovers.BeginSpool(place);
        // Where the framework lays down what of a form does not fit into memory.
        Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", spool.Folder);
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception fault) when (StartFaults.OfBinding(fault, urls) is { } refusal)
        {
            throw new Refused(refusal);
        }
        foreach (var url in app.Urls)
            Cli.Say($"衡平 Hengping: {url}");
        if (app.Services.GetRequiredService<SiteAddress>().IsMissing)
            Cli.Say("未设置 Site:Address，消息不带链接 / Site:Address is not set: messages go out without links");
        if (!demo && await app.Services.GetRequiredService<SetupKey>().Draw(ct) is { } key)
            Cli.Say($"首次设置 / set-up, once, until the next start: {SetupAddress(app)}/setup?key={key}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static string SetupAddress(WebApplication app) =>
        app.Services.GetRequiredService<SiteAddress>().Origin is { Length: > 0 } address
            ? address
            : app.Urls.First().TrimEnd('/');
}
