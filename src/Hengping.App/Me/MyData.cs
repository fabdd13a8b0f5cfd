using System.Text.Json;
using System.Text.Json.Nodes;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
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
    /// What the house holds about a person, as JSON: profile, the account's story, the list of evidence and reports.
    /// Its page adds the cases, as a claimant may read them.
    /// </summary>
    public static async Task<JsonObject> Download(Store store, Caller caller, CancellationToken ct)
    {
        var account = caller.Account;
        var evidence = await store.Query<(Guid Id, string MediaType, long Bytes)>(
            "select id as Id, media_type as MediaType, bytes as Bytes from evidence where uploader = @account",
            new { account },
            ct
        );
        var reports = await store.Query<(Guid Id, string Number)>(
            "select id as Id, number as Number from reports where reporter = @account order by received_at",
            new { account },
            ct
        );
        var profile = await AccountDesk.ProfileOf(store, account, ct);
        return new JsonObject
        {
            ["account"] = account.ToString("D"),
            ["profile"] = JsonSerializer.SerializeToNode(profile, Cli.JsonFormat),
            ["history"] = Story(await store.Tell(AccountBook.Instance, account, ct), caller.Author),
            ["reports"] = new JsonArray([.. reports.Select(r => (JsonNode)new JsonObject { ["number"] = r.Number })]),
            ["evidence"] = new JsonArray([
                .. evidence.Select(e =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["id"] = e.Id.ToString("D"),
                            ["mediaType"] = e.MediaType,
                            ["bytes"] = e.Bytes,
                        }
                ),
            ]),
        };
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
        if (mail is not null && !Filing.LooksLikeMail(mail))
            return Fault.Email;
        var profile = await AccountDesk.ProfileOf(store, caller.Account, ct);
        var corrected = new Profile(trimmed, profile?.Phone, mail, profile?.Login);
        return await AccountDesk.Append(store, caller.Account, a => a.Correct(corrected), caller.Author, ct);
    }

    // Whoever sits down at an open session must not walk away with what signs in elsewhere.
    private static bool OpensDoors(object happened) =>
        happened
            is AccountEvent.PasswordSet
                or AccountEvent.AuthenticatorSet
                or AccountEvent.RecoveryCodesMade
                or AccountEvent.PasskeyAdded;

    // Who of the house did it is nobody's matter but the house's.
    private static JsonArray Story(IReadOnlyList<Told<AccountEvent>> story, string self) =>
        new([
            .. story.Select(told =>
                (JsonNode)
                    new JsonObject
                    {
                        ["at"] = told.At.ToString("O"),
                        ["what"] = told.Event.GetType().Name,
                        ["by"] = told.Author == self ? "self" : told.Author.Split(':')[0],
                        ["data"] = OpensDoors(told.Event)
                            ? null
                            : JsonSerializer.SerializeToNode(told.Event, told.Event.GetType(), Cli.JsonFormat),
                    }
            ),
        ]);
}
