using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Who asks was confirmed a moment ago, by the store, or nothing is done.</summary>
public sealed class Authorities(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_revoked_token_opens_nothing_a_second_later_on_any_node(Db engine)
    {
        var site = await sites.On(engine);
        var phone = Sites.OwnPhone();
        var caller = await site.As(Role.Claimant, phone: phone);
        await caller.GetAsync("/api/v1/complaints", Ct).Json();
        var account = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, phone, Ct))!.Value;
        var token = AccountDesk.TokenHash(caller.DefaultRequestHeaders.Authorization!.Parameter!);
        // As another node would: nobody tells this one.
        await AccountDesk.Append(site.Store, account, a => a.RevokeToken(token), "cli", Ct);
        await Task.Delay(1000, Ct);
        await caller.GetAsync("/api/v1/complaints", Ct).Refused(401, "unauthorized");
    }

    [Fact]
    public async Task A_store_that_does_not_answer_makes_it_unavailable_and_keeps_nobody_waiting()
    {
        var site = await sites.On(Db.Postgres);
        var caller = await site.As(Role.Claimant, phone: Sites.OwnPhone());
        await caller.GetAsync("/api/v1/complaints", Ct).Json();
        await Task.Delay(1000, Ct);
        await using var other = new NpgsqlConnection(site.Place.Postgres);
        await other.OpenAsync(Ct);
        await using var held = await other.BeginTransactionAsync(Ct);
        await using var shut = new NpgsqlCommand("lock table tokens in access exclusive mode", other, held);
        await shut.ExecuteNonQueryAsync(Ct);
        var since = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await caller.GetAsync("/api/v1/complaints", Ct);
        ((int)answer.StatusCode).ShouldBe(503);
        // Five seconds on a machine that is not busy; the driver alone would wait for thirty.
        since.Elapsed.ShouldBeLessThan(AuthorityCheck.AgeMax * 3);
        await held.RollbackAsync(Ct);
        await caller.GetAsync("/api/v1/complaints", Ct).Json();
    }

    [Fact]
    public async Task Who_is_put_out_while_a_body_comes_in_does_nothing_with_it()
    {
        var clock = new Stepped();
        var (asked, holds) = (0, true);
        var authority = new Authority(_ =>
        {
            asked++;
            return ValueTask.FromResult(holds);
        });
        var body = AuthorityCheck.Watch(new MemoryStream(new byte[100]), authority, clock);
        var buffer = new byte[10];
        await body.ReadExactlyAsync(buffer, Ct);
        asked.ShouldBe(0, "it was confirmed a moment ago");
        clock.Step(AuthorityCheck.AgeMax + TimeSpan.FromSeconds(1));
        await body.ReadExactlyAsync(buffer, Ct);
        await body.ReadExactlyAsync(buffer, Ct);
        asked.ShouldBe(1);
        holds = false;
        clock.Step(AuthorityCheck.AgeMax + TimeSpan.FromSeconds(1));
        var refused = await Should.ThrowAsync<Microsoft.AspNetCore.Http.BadHttpRequestException>(async () =>
            await body.ReadExactlyAsync(buffer, Ct)
        );
        refused.StatusCode.ShouldBe(401);
    }

    [Fact]
    public async Task No_more_are_remembered_than_there_is_room_for()
    {
        var site = await sites.On(Db.Sqlite);
        var callers = new TokenCallers(site.Store, site.Clock, rememberedMax: 3);
        for (var n = 0; n < 8; n++)
        {
            var token = await TokenCommand.Issue(site.Store, Role.Mediator, "调解员", null, null, Ct);
            (await callers.OfToken(token, Ct)).ShouldNotBeNull();
        }
        callers.Count.ShouldBe(3);
    }

    // Time spans that go by when a test says so.
    private sealed class Stepped : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Step(TimeSpan span) => ticks += span.Ticks;
    }
}
