using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class PostgresTests
{
    [Fact]
    public async Task A_new_database_is_empty_and_its_own()
    {
        await using var one = new NpgsqlConnection(Postgres.NewDatabase());
        await using var other = new NpgsqlConnection(Postgres.NewDatabase());
        await one.OpenAsync(TestContext.Current.CancellationToken);
        await other.OpenAsync(TestContext.Current.CancellationToken);

        one.Database.ShouldNotBe(other.Database);
    }

    [Fact]
    public async Task Opening_a_connection_over_a_silent_cut_ends_by_itself_whatever_the_driver_tries()
    {
        Assert.SkipUnless(Postgres.Present, "PostgreSQL is not installed: apt-get install postgresql");
        var (cable, through) = Cable.To(Postgres.NewDatabase());
        await using var held = cable;
        // With this the driver opens a second time, and has no limit of its own there.
        await using var engine = new PostgresEngine(through + ";Timeout=1;Gss Encryption Mode=Prefer");
        await engine.Return(await engine.Rent(TestContext.Current.CancellationToken));
        engine.IsAway(new TimeoutException()).ShouldBeTrue("the pools are emptied");
        cable.Cut();
        var ways = new Func<Task>[]
        {
            async () => await engine.Rent(TestContext.Current.CancellationToken),
            async () => await engine.ReadLog(0, 1, TestContext.Current.CancellationToken),
            () => Task.Run(engine.Begin),
        };
        foreach (var way in ways)
        {
            var failed = await Should.ThrowAsync<Exception>(() => way().WaitAsync(TimeSpan.FromSeconds(6)));
            engine.IsAway(failed).ShouldBeTrue(failed.ToString());
            failed.Message.ShouldNotBe(new TimeoutException().Message, "it ended by itself");
        }
    }
}
