using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>A black list follows the credit code: by a person's choice, entry by entry, and never by itself.</summary>
public sealed class MeasuresOfFirms
{
    private const string Code = "91330106MA2CC3XY0K";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_other_entries_of_a_firm_are_shown_to_staff_and_told_by_one_act(Db db)
    {
        await using var site = await Site.Start(db);
        await Reporting.Run(site, OperatorKind.Marketplace);
        var (first, other, alien) = (await Entry(site, "亮亮数码"), await Entry(site, "亮亮家电"), "别家");
        await site.Merchant(alien);
        var reviewer = await site.As(Role.Reviewer);
        var body = Forbidden(first, await Rule(site))
            .With(
                ("kind", "blackListed"),
                ("target", new { kind = "shop" }),
                ("reason", "fraud"),
                ("endsOn", "2027-10-01")
            );
        var measure = await reviewer.PostJson(Where, body).Json(201);
        var here = "/measures/" + measure.GetProperty("id").GetString();

        var desk = await site.Browsing(reviewer);
        var page = await desk.GetStringAsync(here, Ct);
        page.ShouldContain("亮亮家电");
        page.ShouldNotContain(alien);
        (string, string?)[] chosen = [("act", "firm"), ("entry", $"{other}")];
        await site.Appends(["measure.proposed"], () => desk.Send(here, "", chosen));
        (await desk.Send(here, "", chosen)).Status.ShouldBe(400);
        var told = await site.As(Role.Merchant, other);
        (await told.GetAsync($"{Where}/mine", Ct).Json()).GetProperty("items").GetArrayLength().ShouldBe(1);

        var shop = await site.Browsing(await site.As(Role.Merchant, first));
        (await shop.GetStringAsync(here, Ct)).ShouldNotContain("亮亮家电");
        (await shop.Send(here, "", chosen)).Status.ShouldBe(403);
    }

    private static async Task<Guid> Entry(Site site, string name)
    {
        var id = await site.Merchant(name);
        var loaded = await site.Store.Load(MerchantBook.Instance, id, Ct);
        var coded = loaded.State!.SetCreditCode(Code).Event!;
        var change = site.Store.Change(MerchantBook.Instance, loaded, site.Store.Now, "cli", [coded]);
        (await site.Store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        return id;
    }
}
