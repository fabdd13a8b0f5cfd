using System.Text.Json;
using Hengping.App.Appeals;
using Hengping.App.Clocks;
using Hengping.App.Measures;
using Hengping.Rules.Clocks;
using Hengping.Tests.Appeals;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>A term over a holiday that nobody knew yet takes its day when the calendar comes.</summary>
public sealed class MeasureTermsAgain
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Law Known = Law.Shipped.With([
        new CalendarYear(
            2027,
            [
                new NamedDay(new DateOnly(2027, 1, 1), "元旦", true),
                new NamedDay(new DateOnly(2027, 1, 4), "元旦", true),
                new NamedDay(new DateOnly(2027, 1, 5), "元旦", true),
            ]
        ),
    ]);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Terms_of_measures_and_appeals_are_counted_again_when_a_calendar_is_loaded(Db db)
    {
        await using var site = await Site.Start(db, Days.At("2026-12-31 10:00:00"));
        var cast = await Appealing.Play(site);
        var asked = await cast.Taken();
        await cast.Shop.PostJson($"{Where}/{asked}/ask-human").Json();
        var appealed = await cast.Sent(await cast.Taken());
        var human = Due(await cast.Measure(asked), "human");
        human.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        var decide = Due(appealed, "appeal");
        decide.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        site.Clock.Turn(TimeSpan.FromDays(20));
        (await Late(site)).ShouldBe((0, 0), "nobody is late by a day that is not known");
        site.Clock.Turn(TimeSpan.FromDays(-20));

        await site.Appends(["measure.termsCounted"], () => CountMeasureTerms.All(site.Store, Known, Ct));
        await site.Appends(["appeal.termsCounted"], () => CountAppealTerms.All(site.Store, Known, Ct));
        await site.Appends([], () => CountMeasureTerms.All(site.Store, Known, Ct));
        await site.Appends([], () => CountAppealTerms.All(site.Store, Known, Ct));
        human = Due(await cast.Measure(asked), "human");
        human.GetProperty("due").GetDateTimeOffset().ShouldBe(Shanghai.EndOf(new DateOnly(2027, 1, 6)));
        human.TryGetProperty("provisional", out _).ShouldBeFalse();
        var read = await cast.Shop.GetAsync(Appealing.At(appealed), Ct).Json();
        Due(read, "appeal").GetProperty("due").GetDateTimeOffset().ShouldBe(Shanghai.EndOf(new DateOnly(2027, 1, 12)));
        read.GetProperty("turn")
            .GetProperty("by")
            .GetDateTimeOffset()
            .ShouldBe(Shanghai.EndOf(new DateOnly(2027, 1, 12)));
        (await (await site.Browsing(cast.Shop)).GetStringAsync($"/measures/{asked}", Ct)).ShouldContain("期限重新计算");
        site.Clock.Turn(TimeSpan.FromDays(20));
        (await Late(site)).ShouldBe((1, 1));
    }

    private static JsonElement Due(JsonElement of, string kind) =>
        of.GetProperty("deadlines").EnumerateArray().Single(due => due.GetProperty("kind").GetString() == kind);

    private static async Task<(long Human, long Appeal)> Late(Site site)
    {
        var counts = (await site.Anyone.GetAsync(Where, Ct).Json()).GetProperty("counts");
        return (counts.GetProperty("humanLate").GetInt64(), counts.GetProperty("appealLate").GetInt64());
    }
}
