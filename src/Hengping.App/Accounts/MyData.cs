using System.Text.Json;
using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

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
    /// Everything the house holds about a person, as JSON: profile, accounts' story, each case's story with its
    /// texts, the list of evidence, messages sent.
    /// </summary>
    public static async Task<JsonObject> Download(Store store, Guid account, CancellationToken ct)
    {
        var cases = await store.Query<(Guid Id, string Number)>(
            "select id as Id, number as Number from complaints where claimant = @account order by filed_at",
            new { account },
            ct
        );
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
            ["history"] = Story(await store.Tell(AccountBook.Instance, account, ct)),
            ["cases"] = new JsonArray([
                .. cases.Select(c => (JsonNode)new JsonObject { ["id"] = c.Id.ToString("D"), ["number"] = c.Number }),
            ]),
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
        var profile = await AccountDesk.ProfileOf(store, caller.Account, ct);
        var corrected = new Profile(
            trimmed,
            profile?.Phone,
            string.IsNullOrWhiteSpace(email) ? null : email.Trim(),
            profile?.Login
        );
        return await AccountDesk.Append(store, caller.Account, a => a.Correct(corrected), caller.Author, ct);
    }

    /// <summary>Closes the account; open cases must be withdrawn or closed first.</summary>
    public static async Task<Refusal?> Close(Store store, Caller caller, CancellationToken ct)
    {
        var open = await store.Query<int>(
            "select 1 from complaints where claimant = @account "
                + "and status not in ('closed', 'withdrawn', 'declined') limit 1",
            new { account = caller.Account },
            ct
        );
        return open.Count > 0
            ? Erasure.OpenCases
            : await AccountDesk.Append(store, caller.Account, a => a.Close(), caller.Author, ct);
    }

    // Whoever sits down at an open session must not walk away with what signs in elsewhere.
    private static bool OpensDoors(object happened) =>
        happened
            is AccountEvent.PasswordSet
                or AccountEvent.AuthenticatorSet
                or AccountEvent.RecoveryCodesMade
                or AccountEvent.PasskeyAdded;

    private static JsonArray Story<TEvent>(IReadOnlyList<Told<TEvent>> story)
        where TEvent : class =>
        new([
            .. story.Select(told =>
                (JsonNode)
                    new JsonObject
                    {
                        ["at"] = told.At.ToString("O"),
                        ["what"] = told.Event.GetType().Name,
                        ["by"] = told.Author,
                        ["data"] = OpensDoors(told.Event)
                            ? null
                            : JsonSerializer.SerializeToNode(told.Event, told.Event.GetType(), Cli.JsonFormat),
                    }
            ),
        ]);
}
