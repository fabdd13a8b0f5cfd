using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>What anyone may know of a merchant, and what nobody learns there.</summary>
public sealed class MerchantDoors
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Anyone_finds_a_merchant_and_never_its_contact(Db engine)
    {
        await using var site = await Site.Start(engine);
        var id = await site.Merchant("100%好店_Shop");
        await site.Merchant("另一家");
        foreach (var q in new[] { "好店", "100%", "_sh", "SHOP" })
        {
            var found = await site.Anyone.GetAsync($"/api/v1/merchants?q={Uri.EscapeDataString(q)}", Ct).Json();
            found.GetProperty("items").GetArrayLength().ShouldBe(1, q);
        }
        var one = await site.Anyone.GetAsync($"/api/v1/merchants/{id}", Ct).Json();
        one.GetProperty("name").GetString().ShouldBe("100%好店_Shop");
        one.GetRawText().ShouldNotContain("4001234567");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_list_goes_on_behind_its_cursor(Db engine)
    {
        await using var site = await Site.Start(engine);
        foreach (var name in new[] { "甲", "乙", "丙" })
            await site.Merchant(name);
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await site.Anyone.GetAsync($"/api/v1/merchants?size=2&cursor={cursor}", Ct).Json();
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("name").GetString()!));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);
        names.ShouldBe(["甲", "乙", "丙"], ignoreOrder: true);
        await site.Anyone.GetAsync("/api/v1/merchants?cursor=%7Frubbish", Ct).Refused(400, "request.invalid");
        await site.Anyone.GetAsync("/api/v1/merchants/no-id", Ct).Refused(404, "not-found");
        await site.Anyone.GetAsync($"/api/v1/merchants/{Guid.NewGuid()}", Ct).Refused(404, "not-found");
    }
}
