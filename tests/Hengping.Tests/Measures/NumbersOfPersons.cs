using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>A phone and an id card that somebody wrote into every text of a measure.</summary>
internal static class NumbersOfPersons
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Whoever proposes it is told, the shop reads them, the public does not.</summary>
    /// <param name="good">A good body.</param>
    public static async Task AreNotPublic(Site site, HttpClient desk, HttpClient shop, Dictionary<string, object?> good)
    {
        const string Phone = "13812345678";
        const string Said = "联系人电话" + Phone + "，身份证110101199003071234。";
        var body = good.With(
            ("facts", "三位买家称充电时冒烟。" + Said),
            ("scope", "只限该商品。" + Said),
            ("endCondition", "复检合格。" + Said),
            ("target", new { kind = "listing", title = "充电器 " + Phone })
        );
        var measure = await desk.PostJson(Where, body).Json(201);
        measure.GetProperty("masked").GetBoolean().ShouldBeTrue("whoever proposes it is warned");
        var page = At(measure).Replace("/api/v1", "", StringComparison.Ordinal);
        (await (await site.Browsing(desk)).GetStringAsync(page, Ct)).ShouldContain("公示时只显示首尾几位");
        await desk.PostJson(At(measure, "sign")).Json();
        foreach (var open in new[] { At(measure), page, Where, Where + "?format=csv", Where + "?format=dsa" })
        {
            var read = await site.Anyone.GetStringAsync(open, Ct);
            read.ShouldNotContain(Phone, customMessage: open);
            read.ShouldNotContain("199003071234", customMessage: open);
        }
        (await site.Anyone.GetStringAsync(At(measure), Ct)).ShouldContain("138****5678");
        (await shop.GetStringAsync(At(measure), Ct)).ShouldContain(Phone);
    }
}
