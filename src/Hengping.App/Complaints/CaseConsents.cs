using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>The consents of one case.</summary>
/// <param name="Open">The case goes on: consents can be given, too.</param>
public sealed record CaseConsents(string Number, string Merchant, Consents Consents, bool Open)
{
    /// <summary>The names of the consents that are given now.</summary>
    public IReadOnlyList<string> Given => GivenIn(Consents);

    /// <summary>The names of what is given, as the texts know them.</summary>
    public static IReadOnlyList<string> GivenIn(Consents consents) =>
        [
            .. new[]
            {
                consents.PassOn ? "passOn" : null,
                consents.Call ? "call" : null,
                consents.Publish ? "publish" : null,
                consents.Sensitive ? "sensitive" : null,
            }.OfType<string>(),
        ];
}
