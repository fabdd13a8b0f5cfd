using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>令121 art. 13: whose place decides.</summary>
public sealed class CompetenceTable
{
    private static readonly DateTimeOffset T0 = Cases.T0;

    private static Complaint Asked => Cases.Delivered().Then(c => c.AskSeller(isPlatform: true, T0.AddDays(3), T0));
    private static Complaint Unnamed => Asked.Apply(new ComplaintEvent.SellerUnnamed(), T0.AddDays(3), "clock");

    public static TheoryData<string, string, bool, string?> Rows() =>
        new()
        {
            { "delivered", "platform-domicile", true, null },
            { "delivered", "shop-or-platform", true, "小店" },
            { "asked", "shop-or-platform", true, "小店" },
            { "unnamed", "platform-for-shop", true, "小店" },
            { "named late", "shop-or-platform", true, "小店" },
            { "unreached", "platform-domicile", true, null },
            { "delivered", "place-or-domicile", false, null },
            { "unreached", "unreached-place", false, null },
        };

    [Theory, MemberData(nameof(Rows))]
    public void The_place_that_counts(string state, string code, bool isPlatform, string? shop)
    {
        var complaint = state switch
        {
            "asked" => Asked,
            "unnamed" => Unnamed,
            "named late" => Unnamed.Then(c => c.NameSeller("某公司", "杭州市某路 1 号", T0.AddDays(5)), T0.AddDays(5)),
            "unreached" => Cases.In(Status.Unreached),
            _ => Cases.Delivered(),
        };
        var story = new Story("买的水壶不加热", ShopName: shop);
        Competence.Of(complaint, isPlatform, story)!.Code.ShouldBe(code);
        Competence.Of(complaint with { Side = Side.Merchant }, isPlatform, story).ShouldBeNull();
    }
}
