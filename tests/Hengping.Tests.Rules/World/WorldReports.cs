using System.Text.Json;
using Hengping.Rules.Reports;
using Hengping.World;
using Shouldly;
using Xunit;
using Lived = Hengping.World.Reports;

namespace Hengping.Tests.World;

/// <summary>The reports of a generated market: the same for the same seed, and the desk finds every status.</summary>
public sealed class WorldReports
{
    private static readonly DateTimeOffset End = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private static readonly ReportTerms Terms = new(at => at.AddDays(7), at => at.AddDays(21));

    [Fact]
    public void The_same_seed_replays_them_and_another_does_not()
    {
        Told(1).ShouldBe(Told(1));
        Told(2).ShouldNotBe(Told(1));
    }

    [Theory]
    [InlineData("2026-11-20T04:00:00Z")]
    [InlineData("2026-11-21T16:01:00Z")]
    [InlineData("2026-02-01T00:00:00Z")]
    public void Every_status_is_there_and_nothing_happens_after_the_end(string end)
    {
        var market = new Market(7, DateTimeOffset.Parse(end, null), MarketSize.Small);
        var lived = Lived.Of(market, Terms);
        lived.SelectMany(r => r.Story).ShouldAllBe(s => s.At < market.End && s.At > market.Start);
        var states = lived.Select(r => r.Story.Aggregate((Report?)null, (s, e) => Report.Fold(s, e.Event, e.At))!);
        states.Select(s => s.Status).Distinct().Count().ShouldBe(Enum.GetValues<ReportStatus>().Length);
        foreach (var one in lived)
        {
            var filed = (ReportEvent.Filed)one.Story[0].Event;
            filed.IsAnonymous.ShouldBe(one.Reporter is null);
            (one.Story[0].Author == "reporter").ShouldBe(filed.IsAnonymous);
            one.Id.Version.ShouldBe(4);
        }
    }

    private static string Told(ulong seed) =>
        JsonSerializer.Serialize(
            Lived
                .Of(new Market(seed, End, MarketSize.Small), Terms)
                .Select(r => new
                {
                    r.Id,
                    Story = r.Story.Select(s => new
                    {
                        Event = (object)s.Event,
                        s.At,
                        s.Author,
                    }),
                })
        );
}
