using Hengping.App.Measures;
using Hengping.Tests.Appeals;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>What the desk is late with is counted in public, and each number is the length of its list.</summary>
public sealed class LateInPublic
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly (string Late, string Count)[] Numbers =
    [
        ("appeal", "appealLate"),
        ("unsigned", "overdueNow"),
        ("wasUnsigned", "overdue"),
        ("human", "humanLate"),
    ];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Each_number_of_what_is_late_equals_its_list(Db db)
    {
        await using var site = await Site.Start(db);
        var cast = await Appealing.Play(site);
        var appealed = await cast.Taken();
        await cast.Sent(appealed);
        var asked = await cast.Taken();
        await cast.Shop.PostJson($"{Where}/{asked}/ask-human").Json();
        var stop = Down(cast.Merchant, cast.Rule).With(("urgent", true));
        var first = await cast.Signer.PostJson(Where, stop).Json(201);
        await cast.Signer.PostJson(Where, stop).Json(201);
        (await Counts(site)).ShouldBe([0, 0, 0, 0]);
        site.Clock.Turn(TimeSpan.FromDays(1.1));
        await new MeasureTicks(site.Store, NullLogger<MeasureTicks>.Instance).RunDue(Ct);
        await cast.Admin.PostJson(At(first, "sign")).Json();
        (await Counts(site)).ShouldBe([0, 1, 2, 0], "the working day of the human is not over");
        site.Clock.Turn(TimeSpan.FromDays(9));
        (await Counts(site)).ShouldBe([1, 1, 2, 1]);
        var page = await site.Anyone.GetStringAsync("/measures?late=appeal", Ct);
        page.ShouldContain($"/measures/{appealed}");
        page.ShouldNotContain($"/measures/{asked}");
        await site.Anyone.GetAsync(Where + "?late=never", Ct).Json(400);
    }

    private static async Task<IReadOnlyList<long>> Counts(Site site)
    {
        var counts = (await site.Anyone.GetAsync(Where, Ct).Json()).GetProperty("counts");
        var all = new List<long>();
        foreach (var (late, count) in Numbers)
        {
            var list = await site.Anyone.GetAsync($"{Where}?late={late}", Ct).Json();
            all.Add(counts.GetProperty(count).GetInt64());
            list.GetProperty("items").GetArrayLength().ShouldBe((int)all[^1], late);
        }
        return all;
    }
}
