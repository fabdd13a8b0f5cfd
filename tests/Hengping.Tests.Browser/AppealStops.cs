using Hengping.Rules.Accounts;

namespace Hengping.Tests.Browser;

/// <summary>Where the tour looks at appeals.</summary>
internal static class AppealStops
{
    private const string First = "tbody a[href^='/appeals/']";

    public static readonly (string Name, Role? As, string Path, string? Follow)[] All =
    [
        ("me-appeals", Role.Claimant, "/appeals", null),
        ("merchant-appeals", Role.Merchant, "/appeals", null),
        ("desk-appeals", Role.Reviewer, "/desk/appeals", null),
        ("desk-appeal", Role.Reviewer, "/desk/appeals", First),
        ("desk-appeal-back", Role.Reviewer, "/desk/appeals?view=back", First),
        ("desk-appeal-ended", Role.Reviewer, "/desk/appeals?view=ended", First),
    ];
}
