using Hengping.Rules.Complaints;
using Hengping.World;

namespace Hengping.Tests.World;

/// <summary>A house for worlds that no store sees: plain clocks, and the codes the world itself uses.</summary>
internal static class TestHouse
{
    public static House Plain(Market market)
    {
        HashSet<string> Of(IEnumerable<string> codes) => codes.ToHashSet(StringComparer.Ordinal);
        return new House(
            new Codes(
                Of(market.Merchants.Select(m => m.Sector)),
                Of(market.Cases.Where(c => c.Seller is null).Select(c => c.Problem)),
                Of(market.Cases.Where(c => c.Seller is not null).Select(c => c.Problem)),
                Of(market.Cases.SelectMany(c => c.Demands)),
                Of(market.People.Select(p => p.Province).Append("33")),
                Of(["web", "phone"])
            ),
            at => at.AddDays(9),
            at => at.AddDays(3),
            at => at.AddDays(60)
        );
    }
}
