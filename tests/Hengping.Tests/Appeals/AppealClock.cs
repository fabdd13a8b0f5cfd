using System.Text.Json.Nodes;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Appeals;
using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;
using static Hengping.Tests.Appeals.Appealing;

namespace Hengping.Tests.Appeals;

/// <summary>What the clock does, who decides where few are here, and what goes with a person.</summary>
public sealed class AppealClock
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_late_one_needs_a_reason_and_what_is_not_sent_lapses(Db db)
    {
        await using var site = await Site.Start(db);
        var cast = await Play(site);
        var measure = await cast.Taken();
        site.Clock.Turn(TimeSpan.FromDays(8));
        await cast.Shop.PostJson(Where, Against(measure)).Refused(409, "appeal.late-reason");
        var body = new { target = new { kind = "measure", id = measure }, draft = true };
        var draft = await cast.Shop.PostJson(Where, body).Json(201);
        site.Clock.Turn(TimeSpan.FromDays(31));
        await site.Appends(["appeal.lapsed"], () => AppealTicks.RunDue(site.Store, Law.Shipped, Ct));
        var late = Against(measure);
        late["lateReason"] = "仓库搬迁，十月才收到通知。";
        var appeal = await cast.Shop.PostJson(Where, late).Json(201);
        appeal.GetProperty("late").GetBoolean().ShouldBeTrue();
        (await cast.Other.GetAsync(At(appeal), Ct).Json()).GetProperty("lateReason").GetString()!.ShouldContain("搬迁");
        await cast.Shop.GetAsync(At(draft), Ct).Json();
        site.Clock.Turn(TimeSpan.FromDays(184));
        var after = await cast.Taken();
        after.ShouldNotBeEmpty();
        await cast
            .Other.PostJson(At(appeal, "refuse"), new { missing = new[] { new { section = "expiry", note = "没写" } } })
            .Json();
        site.Clock.Turn(TimeSpan.FromDays(31));
        await site.Appends(
            ["appeal.lapsed", "measure.appealEnded"],
            () => AppealTicks.RunDue(site.Store, Law.Shipped, Ct)
        );
        await cast.Shop.PostJson(Where, late).Refused(409, "appeal.too-late");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_check_of_effect_counts_before_and_after_and_a_worse_one_waits_for_a_reviewer(Db db)
    {
        await using var site = await Site.Start(db);
        var cast = await Play(site);
        var appeal = await cast.Sent(await cast.Taken());
        await cast.Other.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Json();
        // Promised until 2 November; complaints after it.
        site.Clock.Turn(TimeSpan.FromDays(25));
        for (var i = 0; i < 9; i++)
        {
            var claimant = await site.As(Role.Claimant, phone: Sites.OwnPhone());
            var filed = await claimant
                .PostJson("/api/v1/complaints", Filing.To(cast.Merchant, $"A-{i}", "收到的壶漏水，商家不肯退款。"))
                .Json(201);
            var mediator = await site.As(Role.Mediator);
            await mediator.PostJson($"/api/v1/complaints/{filed.GetProperty("id").GetString()}/deliver").Json();
        }
        site.Clock.Turn(TimeSpan.FromDays(26));
        await site.Appends(["appeal.checked"], () => AppealTicks.RunDue(site.Store, Law.Shipped, Ct));
        await site.Appends([], () => AppealTicks.RunDue(site.Store, Law.Shipped, Ct));
        var checkedNow = await cast.Other.GetAsync(At(appeal), Ct).Json();
        var effect = checkedNow.GetProperty("effect");
        effect.GetProperty("outcome").GetString().ShouldBe("worse");
        effect.GetProperty("after").GetProperty("count").GetInt32().ShouldBe(9);
        checkedNow.GetProperty("turn").GetProperty("verb").GetString().ShouldBe("look");
        checkedNow.Can().ShouldBe(["look"]);
        await cast.Other.PostJson(At(appeal, "look"), new { reason = "" }).Json(400);
        await site.Appends(
            ["appeal.looked"],
            () => cast.Other.PostJson(At(appeal, "look"), new { reason = "已约谈商家，另行抽检。" }).Json()
        );
        (await cast.Shop.GetStringAsync(At(appeal), Ct)).ShouldNotContain("约谈");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Where_nobody_else_is_here_somebody_from_outside_decides_or_nobody(Db db)
    {
        await using var site = await Site.Start(db);
        await Reporting.Run(site, OperatorKind.Marketplace);
        var only = await site.As(Role.Admin);
        var lawyer = await site.As(Role.Lawyer);
        var shop = await site.Merchant("亮亮数码");
        var cast = new Appealing(
            site,
            only,
            only,
            only,
            await site.As(Role.Merchant, shop),
            shop,
            await Measuring.Rule(site)
        );
        var appeal = await cast.Sent(await cast.Taken());
        appeal.GetProperty("turn").GetProperty("verb").GetString().ShouldBe("second");
        await only.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Refused(409, "appeal.needs-second");
        await lawyer.GetAsync(At(appeal), Ct).Json(404);
        await only.PostJson(At(appeal, "second"), new { account = Guid.NewGuid() }).Json(400);
        var account = await site.Store.First<Guid>("select id from accounts where role = 'lawyer'", null, Ct);
        await site.Appends(["appeal.secondNamed"], () => only.PostJson(At(appeal, "second"), new { account }).Json());
        (await lawyer.GetAsync(Where, Ct).Json()).GetProperty("items").GetArrayLength().ShouldBe(1);
        await site.Appends(
            ["appeal.decided", "measure.overturned"],
            () => lawyer.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Json()
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_person_wrote_goes_with_them(Db db)
    {
        await using var site = await Site.Start(db);
        var cast = await Play(site);
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        var person = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000001", Ct))!.Value;
        var measure = await cast.Taken(
            Measuring
                .Down(cast.Merchant, cast.Rule)
                .With(
                    ("kind", "accountRestricted"),
                    ("addressee", new { account = person }),
                    ("target", new { kind = "account" }),
                    ("reason", "abusiveClaims"),
                    ("endsOn", "2026-11-30")
                )
        );
        var body = Against(measure, Says("grounds", "那一单不是我下的，我的手机被盗用过。"));
        var appeal = await claimant.PostJson(Where, body).Json(201);
        // A person's is decided in three working days.
        appeal
            .GetProperty("deadlines")[0]
            .GetProperty("due")
            .GetDateTimeOffset()
            .ShouldBeLessThan(site.Store.Now.AddDays(5));
        await Reporting.NowhereIn(site, "被盗用过");
        var all = new JsonObject();
        await new AppealPersons().Export(site.Store, new Caller(person, Role.Claimant, null, ""), all, Ct);
        all.ToJsonString(Cli.JsonFormat).ShouldContain("被盗用过");
        await cast.Other.PostJson(At(appeal, "decide"), Decision("upheld", appeal)).Json();
        var erased = await Erasure.Erase(site.Store, person, "request", "cli", Ct);
        erased.Refusal.ShouldBeNull();
        (await cast.Other.GetStringAsync(At(appeal), Ct)).ShouldNotContain("被盗用过");
        await cast.Other.PostJson(At(appeal, "look"), new { reason = "已经看过一次" }).Json(409);
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await cast.Other.GetStringAsync(At(appeal), Ct)).ShouldNotContain("被盗用过");
    }
}
