using Hengping.Rules;
using Hengping.Rules.Webhooks;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Webhooks;

/// <summary>Every status × every verb: the status after a yes, or the no; secrets, places and waits.</summary>
public sealed class HookLife
{
    private static readonly DateTimeOffset T0 = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
    private static readonly Guid Shop = new("00000000-0000-7000-8000-00000000000a");

    private static Hook Active => Then(null, Hook.Open(Shop, 1, "https://example.com", "k1", "s1"));

    private static Hook At(HookStatus status) =>
        status switch
        {
            HookStatus.Paused => Then(Active, Active.Pause()),
            HookStatus.Parked => Hook.Fold(Active, Active.Park(T0, T0 + HookWait.TriedFor)!, T0),
            HookStatus.Closed => Then(Active, Active.Close()),
            _ => Active,
        };

    private static Hook Then(Hook? hook, Decided<HookEvent> decided) => Hook.Fold(hook, decided.Event!, T0);

    private static Decided<HookEvent> Do(Hook hook, string verb) =>
        verb switch
        {
            "move" => hook.Move("https://example.org"),
            "rotate" => hook.Rotate("k2", "s2"),
            "retire" => hook.Retire("k1"),
            "pause" => hook.Pause(),
            "resume" => hook.Resume(),
            "replay" => hook.Replay(3, 9),
            _ => hook.Close(),
        };

    [Theory]
    [InlineData(HookStatus.Active, "move", "Active")]
    [InlineData(HookStatus.Active, "rotate", "Active")]
    [InlineData(HookStatus.Active, "retire", "hook.one-key")]
    [InlineData(HookStatus.Active, "pause", "Paused")]
    [InlineData(HookStatus.Active, "resume", "hook.running")]
    [InlineData(HookStatus.Active, "replay", "Active")]
    [InlineData(HookStatus.Active, "close", "Closed")]
    [InlineData(HookStatus.Paused, "move", "Paused")]
    [InlineData(HookStatus.Paused, "rotate", "Paused")]
    [InlineData(HookStatus.Paused, "retire", "hook.one-key")]
    [InlineData(HookStatus.Paused, "pause", "hook.stopped")]
    [InlineData(HookStatus.Paused, "resume", "Active")]
    [InlineData(HookStatus.Paused, "replay", "Paused")]
    [InlineData(HookStatus.Paused, "close", "Closed")]
    [InlineData(HookStatus.Parked, "move", "Parked")]
    [InlineData(HookStatus.Parked, "rotate", "Parked")]
    [InlineData(HookStatus.Parked, "retire", "hook.one-key")]
    [InlineData(HookStatus.Parked, "pause", "hook.stopped")]
    [InlineData(HookStatus.Parked, "resume", "Active")]
    [InlineData(HookStatus.Parked, "replay", "Parked")]
    [InlineData(HookStatus.Parked, "close", "Closed")]
    [InlineData(HookStatus.Closed, "move", "hook.closed")]
    [InlineData(HookStatus.Closed, "rotate", "hook.closed")]
    [InlineData(HookStatus.Closed, "retire", "hook.closed")]
    [InlineData(HookStatus.Closed, "pause", "hook.closed")]
    [InlineData(HookStatus.Closed, "resume", "hook.closed")]
    [InlineData(HookStatus.Closed, "replay", "hook.closed")]
    [InlineData(HookStatus.Closed, "close", "hook.closed")]
    public void Every_status_and_verb(HookStatus status, string verb, string then)
    {
        var hook = At(status);
        var decided = Do(hook, verb);
        (decided.Refusal?.Code ?? Then(hook, decided).Status.ToString()).ShouldBe(then);
    }

    [Fact]
    public void An_owner_has_few_places() =>
        (Hook.Open(Shop, place: null, "https://example.com", "k", "s").Refusal?.Code).ShouldBe("hook.full");

    [Fact]
    public void Two_secrets_live_and_the_older_goes()
    {
        var two = Then(Active, Active.Rotate("k2", "s2"));
        two.KeyIds.ShouldBe(["k1", "k2"]);
        Then(two, two.Rotate("k3", "s3")).KeyIds.ShouldBe(["k2", "k3"]);
        (two.Retire("k2").Refusal?.Code).ShouldBe("hook.newest-key");
        Then(two, two.Retire("k1")).KeyIds.ShouldBe(["k2"]);
    }

    [Fact]
    public void A_replay_follows_the_last_one_asked_for()
    {
        var once = Then(Active, Active.Replay(3, 9));
        (once.Replays, once.ReplayFrom, once.ReplayTo).ShouldBe((1, 3L, 9L));
        var twice = Then(once, once.Replay(5, 12));
        (twice.Replays, twice.ReplayFrom, twice.ReplayTo).ShouldBe((2, 5L, 12L));
    }

    [Theory]
    [InlineData(HookStatus.Active, 24.0, true)]
    [InlineData(HookStatus.Active, 23.9, false)]
    [InlineData(HookStatus.Paused, 24.0, false)]
    [InlineData(HookStatus.Parked, 24.0, false)]
    [InlineData(HookStatus.Closed, 24.0, false)]
    public void What_took_nothing_for_a_day_is_parked(HookStatus status, double hours, bool isParked) =>
        (At(status).Park(T0, T0.AddHours(hours)) is HookEvent.Parked).ShouldBe(isParked);

    [Fact]
    public void What_was_taken_is_not_parked() => Active.Park(failedSince: null, T0.AddDays(9)).ShouldBeNull();

    [Theory]
    [InlineData(1, 0, 10)]
    [InlineData(2, 10, 30)]
    [InlineData(3, 40, 60)]
    [InlineData(7, 1_500, 1_800)]
    [InlineData(8, 3_600, 3_600)]
    [InlineData(20, 80_000, 3_600)]
    [InlineData(25, 85_000, 1_400)]
    [InlineData(25, 86_399, 1)]
    public void Waits_grow_and_the_last_try_is_at_the_end(int tries, int since, int wait) =>
        HookWait.Next(tries, T0, T0.AddSeconds(since)).ShouldBe(T0.AddSeconds(since + wait));

    [Fact]
    public void After_a_day_it_is_given_up() => HookWait.Next(30, T0, T0.AddHours(24)).ShouldBeNull();
}
