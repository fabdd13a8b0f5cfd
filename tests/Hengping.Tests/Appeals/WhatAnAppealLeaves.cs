using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Shouldly;
using Xunit;
using static Hengping.Tests.Appeals.Appealing;

namespace Hengping.Tests.Appeals;

/// <summary>What a measure says of its appeal, and of what it was before.</summary>
public sealed class WhatAnAppealLeaves(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_running_appeal_is_named_and_what_was_stands_beside_what_is(Db db)
    {
        var cast = await Play(await sites.On(db));
        var lasting = Measuring.Down(cast.Merchant, cast.Rule).With(("endsOn", "2026-12-31"), ("reason", "quality"));
        var measure = await cast.Taken(lasting);
        var appeal = await cast.Sent(measure);
        var id = appeal.GetProperty("id").GetString();
        var running = (await cast.Measure(measure)).GetProperty("runningAppeal");
        running.GetProperty("id").GetString().ShouldBe(id);
        running.Status().ShouldBe("submitted");
        var shop = await cast.Site.Browsing(cast.Shop);
        (await shop.GetStringAsync($"/measures/{measure}", Ct)).ShouldContain("不用再次申诉");
        var open = await cast.Site.Anyone.GetAsync($"{Measuring.Where}/{measure}", Ct).Json();
        open.TryGetProperty("runningAppeal", out _).ShouldBeFalse("it is its own side's, and the desk's");

        var change = new { endsOn = "2026-11-15", scope = "只限旧批次。" };
        await cast.Other.PostJson(At(appeal, "decide"), Decision("partly", appeal, change)).Json();
        var lighter = await cast.Measure(measure);
        lighter.GetProperty("words").GetProperty("scope").GetString().ShouldBe("只限旧批次。");
        var former = lighter.GetProperty("former");
        former.GetProperty("scope").GetString().ShouldBe((string?)lasting["scope"]);
        former.GetProperty("endsOn").GetString().ShouldBe("2026-12-31");
        var told = await shop.GetStringAsync($"/appeals/{id}", Ct);
        told.ShouldContain("原来的范围（申诉前）");
        told.ShouldNotContain("退回，其余按决定划扣", customMessage: "no money was held");
    }
}
