using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A start that fails says why in one line of both languages with a code, and ends with 1.</summary>
public sealed class StartFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("serve.urls", "--urls", "foo")]
    [InlineData("serve.urls", "--urls", "http://127.0.0.1:99999")]
    [InlineData("serve.urls", "--urls", "ftp://127.0.0.1:0")]
    [InlineData("serve.urls", "--urls", "")]
    [InlineData("serve.address-unknown", "--urls", "http://198.51.100.1:0")]
    [InlineData("serve.certificate", "--urls", "https://127.0.0.1:0")]
    [InlineData("store.directory", "--data", "/dev/null/data")]
    [InlineData("store.postgres-connection", "--db", "foo")]
    [InlineData("store.postgres-unreachable", "--db", "Host=127.0.0.1;Port=1;Username=x;Password=geheim;Database=y")]
    public async Task It_says_what_stops_it(string code, string option, string value)
    {
        using var empty = await EmptyPlace.On(Db.Sqlite);
        string[] place = option == "--data" ? [] : ["--data", empty.Place.Data];
        var said = await Serve([.. place, option, value]);
        said.ShouldContain($"[{code}]");
        said.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task It_says_that_the_port_is_taken()
    {
        using var empty = await EmptyPlace.On(Db.Sqlite);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var said = await Serve(["--data", empty.Place.Data, "--urls", $"http://{other.LocalEndpoint}"]);
        said.ShouldContain("[serve.port-busy]");
    }

    [Fact]
    public async Task It_says_that_the_keys_are_missing_and_makes_none()
    {
        using var empty = await EmptyPlace.On(Db.Sqlite);
        await (await ToyStore.OpenAt(empty.Place)).DisposeAsync();
        Directory.Delete(empty.Place.Keys, recursive: true);
        var said = await Serve(["--data", empty.Place.Data, "--urls", "http://127.0.0.1:0"]);
        said.ShouldContain("[keys.missing]");
        Directory.Exists(empty.Place.Keys).ShouldBeFalse();
    }

    [Fact]
    public async Task It_says_that_the_store_is_newer_and_changes_nothing()
    {
        using var empty = await EmptyPlace.On(Db.Sqlite);
        await using (var newer = await ToyStore.OpenAt(empty.Place))
            await newer.Write((db, tx) => db.ExecuteAsync("update store_state set format = 99", null, tx), Ct);
        (await Serve(["--data", empty.Place.Data, "--urls", "http://127.0.0.1:0"])).ShouldContain("[store.newer]");
    }

    [Fact]
    public async Task It_says_that_the_database_is_none()
    {
        using var empty = await EmptyPlace.On(Db.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(empty.Place.Data, "hengping.db"), new string('x', 10_000), Ct);
        (await Serve(["--data", empty.Place.Data, "--urls", "http://127.0.0.1:0"])).ShouldContain("[store.broken]");
    }

    /// <summary>What a real <c>hengping serve</c> wrote to stderr, which is one line; it ended with 1.</summary>
    private static async Task<string> Serve(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Cli).Assembly.Location, "serve", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var program = Process.Start(start)!;
        var written = program.StandardOutput.ReadToEndAsync(Ct);
        var said = await program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        program.ExitCode.ShouldBe(1, said);
        (await written).ShouldBeEmpty();
        said.TrimEnd().ShouldNotContain('\n');
        return said;
    }
}
