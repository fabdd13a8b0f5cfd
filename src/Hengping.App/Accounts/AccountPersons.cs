using System.Text.Json;
using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>The account itself, and what lies about it under prints of its phone, mail address and name. The key of the
/// account is not here: it goes last, and by that an erasure is known to be finished.</summary>
public sealed class AccountPersons : IHoldsPersons
{
    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Erase(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    )
    {
        var account = await store.Load(AccountBook.Instance, person, ct);
        return account.State switch
        {
            null => ([], Problems.NotFound),
            { IsErased: true } => ([], null),
            { ErasesOn: not null } when how.IsLock => ([], null),
            { } state => ([store.Change(AccountBook.Instance, account, store.Now, author, [Of(state, how)])], null),
        };
    }

    private static AccountEvent Of(Account account, Leaving how) =>
        how.ErasesOn is { } day ? account.Lock(day).Event! : Account.Erase(how.Because);

    // While it can still be read what prints are made of; what a message brought there has keys of its own.
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var letters = await Traces.Remove(store, person, ct);
        return [new Gone("letters", letters.Count, letters)];
    }

    /// <inheritdoc/>
    public async Task<int> Forget(Store store, Guid person, IReadOnlyList<Guid> erased, CancellationToken ct)
    {
        await SessionRows.Clear(store, person, ct);
        return 0;
    }

    /// <inheritdoc/>
    public async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var account = person.Account;
        var profile = await AccountDesk.ProfileOf(store, account, ct);
        all["account"] = account.ToString("D");
        all["profile"] = JsonSerializer.SerializeToNode(profile, Cli.JsonFormat);
        all["history"] = Story(await store.ReadStory(AccountBook.Instance, account, ct), person.Author);
    }

    // Whoever sits down at an open session must not walk away with what signs in elsewhere.
    private static bool OpensDoors(object happened) =>
        happened
            is AccountEvent.PasswordSet
                or AccountEvent.AuthenticatorSet
                or AccountEvent.RecoveryCodesMade
                or AccountEvent.PasskeyAdded;

    // Who of the house did it is nobody's matter but the house's.
    private static JsonArray Story(IReadOnlyList<StoryEvent<AccountEvent>> story, string self) =>
        new([
            .. story.Select(one =>
                (JsonNode)
                    new JsonObject
                    {
                        ["at"] = one.At.ToString("O"),
                        ["what"] = one.Event.GetType().Name,
                        ["by"] = one.Author == self ? "self" : one.Author.Split(':')[0],
                        ["data"] = OpensDoors(one.Event)
                            ? null
                            : JsonSerializer.SerializeToNode(one.Event, one.Event.GetType(), Cli.JsonFormat),
                    }
            ),
        ]);
}
