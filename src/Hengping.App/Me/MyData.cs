using System.Text.Json.Nodes;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;

namespace Hengping.App.Me;

/// <summary>What a person may do with their own data: take it along, correct it, withdraw consents, leave.</summary>
public static class MyData
{
    private const int NameLengthMax = 50;

    /// <summary>The name is missing or too long.</summary>
    public static readonly Refusal BadName = new(
        "account.name",
        $"请填写姓名（1–{NameLengthMax} 字）",
        $"Enter a name of 1–{NameLengthMax} characters"
    );

    /// <summary>
    /// What the house holds about a person, as JSON: what each room says of it. The page adds the cases, as a claimant
    /// may read them.
    /// </summary>
    public static async Task<JsonObject> Download(Store store, Caller caller, CancellationToken ct)
    {
        var all = new JsonObject();
        foreach (var room in store.House.Persons)
            await room.Export(store, caller, all, ct);
        return all;
    }

    /// <summary>Corrects name or e-mail; the phone stays what the codes prove.</summary>
    public static async Task<Refusal?> Correct(
        Store store,
        Caller caller,
        string name,
        string? email,
        CancellationToken ct
    )
    {
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > NameLengthMax || trimmed.Any(char.IsControl))
            return BadName;
        var mail = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        if (mail is not null && !MailAddress.Is(mail))
            return Fault.Email;
        var profile = await AccountDesk.ProfileOf(store, caller.Account, ct);
        var corrected = new Profile(trimmed, profile?.Phone, mail, profile?.Login);
        return await AccountDesk.Append(store, caller.Account, a => a.Correct(corrected), caller.Author, ct);
    }
}
