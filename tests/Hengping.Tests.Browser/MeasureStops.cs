using Hengping.Rules.Accounts;

namespace Hengping.Tests.Browser;

/// <summary>Where the tour looks at measures.</summary>
internal static class MeasureStops
{
    private const string First = "tbody a[href^='/measures/']";

    public static readonly (string Name, Role? As, string Path, string? Follow)[] All =
    [
        ("measures", null, "/measures", null),
        ("measure", null, "/measures?status=inForce", First),
        ("measure-overturned", null, "/measures?status=overturned", First),
        ("me-measures", Role.Claimant, "/me/measures", null),
        ("merchant-measures", Role.Merchant, "/merchant/measures", null),
        ("desk-measures", Role.Reviewer, "/desk/measures", null),
        ("desk-measure", Role.Reviewer, "/desk/measures", First),
        ("desk-measure-whom", Role.Reviewer, "/desk/measures/new?q=a", null),
        ("desk-measure-day", Role.Reviewer, "{measure day}", null),
        ("desk-measure-new", Role.Reviewer, "{measure new}", null),
    ];
}
