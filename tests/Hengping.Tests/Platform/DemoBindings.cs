using Hengping.App.Demo;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Where anybody may be anybody, only this machine may come in: judged by what was bound.</summary>
public sealed class DemoBindings
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://[::]:8080")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://127.0.0.1:5080", "http://192.168.1.4:80")]
    [InlineData("https://shop.example")]
    [InlineData("http://+:80")]
    public async Task Whatever_others_can_reach_ends_the_start(params string[] bound)
    {
        var refused = await Should.ThrowAsync<Refused>(() => new DemoBinding(new Bound(bound)).StartedAsync(Ct));
        refused.Refusal.Code.ShouldBe("serve.demo-loopback");
        refused.Refusal.En.ShouldContain(bound[^1]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://[::1]:5080", "http://localhost:5080", "https://127.8.9.1:443")]
    public Task This_machine_alone_is_let_in(params string[] bound) =>
        new DemoBinding(new Bound(bound)).StartedAsync(Ct);

    [Fact]
    public async Task A_key_of_the_configuration_is_judged_and_not_the_command_line()
    {
        // It wins over --urls; the test's own stays on this machine.
        var elsewhere = new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Web:Url"] = "http://127.0.0.2:0",
            ["Demo:Complaints"] = "5",
            ["Demo:People"] = "5",
        };
        await using var site = await Site.Start(Db.Sqlite, demo: true, settings: elsewhere);
        site.Address.Host.ShouldBe("127.0.0.2");
        using var answer = await site.Anyone.GetAsync("/healthz", Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private sealed class Bound : IServer
    {
        public Bound(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses)
                feature.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Dispose() { }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
