using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Measures;

/// <summary>Whom a measure can be addressed to: a merchant, or a person, of whom only the way is said.</summary>
/// <param name="How">How they were found, where it is not by the name itself.</param>
public sealed record WhomFound(Guid? Merchant, Guid? Account, string Name, string? How);

/// <summary>
/// 找处置对象: merchants by name or credit code; both sides of a case by its number; a person by their phone. People's
/// names are sealed and in no index, so nobody is found by one.
/// </summary>
public static class WhomToFind
{
    private const int Max = 8;

    /// <summary>Whom the words may mean, the likeliest first.</summary>
    public static async Task<IReadOnlyList<WhomFound>> Find(Store store, string words, Caller me, CancellationToken ct)
    {
        if (await OfCase(store, words, ct) is { Count: > 0 } sides)
            return sides;
        if (PhoneNumber.Normalise(words) is { } phone)
            return await AccountDesk.FindByPhone(store, Role.Claimant, phone, ct) is { } person
                ? [new WhomFound(null, person, Texts.T("measure.person"), Texts.T("take.found.phone"))]
                : [];
        if (PlainText.Plain(words)?.ToUpperInvariant() is { } code && CreditCode.HasForm(code))
            return await OfCode(store, code, ct);
        var named = await MerchantSearch.Find(store, words, Max, me, ct);
        return [.. named.Select(one => new WhomFound(one.Id, null, one.Name, null))];
    }

    private static async Task<IReadOnlyList<WhomFound>> OfCase(Store store, string words, CancellationToken ct)
    {
        if (CaseNumber.Parse(words) is not { } number)
            return [];
        var sides = await store.First<Sides>(
            """
            select claimant as Claimant, claimant_merchant as ClaimantMerchant, respondent as Respondent
            from complaints where id = @id
            """,
            new { id = await CaseNumbers.Find(store, number, ct) },
            ct
        );
        if (sides is null)
            return [];
        var (of, by) = (Texts.T("take.found.respondent", number), Texts.T("take.found.claimant", number));
        var found = new List<WhomFound>();
        if (await MerchantDirectory.Find(store, sides.Respondent, ct) is { } respondent)
            found.Add(new WhomFound(respondent.Id, null, respondent.Name, of));
        if (sides.ClaimantMerchant is { } shop && await MerchantDirectory.Find(store, shop, ct) is { } claims)
            found.Add(new WhomFound(claims.Id, null, claims.Name, by));
        else if (sides.Claimant is { } person && sides.ClaimantMerchant is null)
            found.Add(new WhomFound(null, person, Texts.T("measure.person"), by));
        return found;
    }

    private static async Task<IReadOnlyList<WhomFound>> OfCode(Store store, string code, CancellationToken ct) =>
        [
            .. (await MerchantDirectory.OfCode(store, code, ct)).Select(one => new WhomFound(
                one.Id,
                null,
                one.Name,
                Texts.T("take.found.code", code)
            )),
        ];

    private sealed record Sides(Guid? Claimant, Guid? ClaimantMerchant, Guid Respondent);
}
