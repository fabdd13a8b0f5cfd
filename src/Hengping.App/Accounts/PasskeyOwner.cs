using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Hengping.App.Accounts;

/// <summary>An account as the framework's passkey code sees it.</summary>
public sealed record PasskeyOwner(Guid Account, string Name);

/// <summary>
/// What the framework's passkey code asks about accounts, answered from the log. It reads only: passkeys are added,
/// used and removed as events of the account (<see cref="Passkeys"/>).
/// </summary>
public sealed class PasskeyOwners(Store store) : IUserPasskeyStore<PasskeyOwner>
{
    /// <summary>The one way an account's id is written as a user handle.</summary>
    public static string HandleOf(Guid account) => account.ToString("N");

    /// <summary>What is kept openly of a passkey's id.</summary>
    public static string Print(Store store, byte[] id) =>
        store.Keys.Fingerprint(AccountPurposes.Passkey, Convert.ToHexStringLower(id));

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult(HandleOf(user.Account));

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    /// <inheritdoc/>
    public async Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "N", out var account)
        && (await store.Load(AccountBook.Instance, account, cancellationToken)).State is { MaySignIn: true }
            ? new PasskeyOwner(account, "")
            : null;

    /// <inheritdoc/>
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken)
    {
        var state = (await store.Load(AccountBook.Instance, user.Account, cancellationToken)).State;
        var keys = new List<UserPasskeyInfo>();
        foreach (var one in await store.ReadStory(AccountBook.Instance, user.Account, cancellationToken))
            if (
                one.Event is AccountEvent.PasskeyAdded { Key: { } key } added
                && state?.Passkeys.GetValueOrDefault(added.Print) is { } fact
            )
                keys.Add(InfoOf(key, fact, added.Name));
        return keys;
    }

    /// <inheritdoc/>
    public async Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var account = await store.First<Guid?>(
            "select account from passkeys where print = @print",
            new { print = Print(store, credentialId) },
            cancellationToken
        );
        return account is { } found ? new PasskeyOwner(found, "") : null;
    }

    /// <inheritdoc/>
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        PasskeyOwner user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(key =>
            key.CredentialId.AsSpan().SequenceEqual(credentialId)
        );

    /// <inheritdoc/>
    public void Dispose() { }

    // What the browser said when the passkey was made is not kept: its next use is not judged by it.
    private static UserPasskeyInfo InfoOf(PasskeyKey key, PasskeyFact fact, string? name) =>
        new(
            key.Id,
            key.PublicKey,
            fact.AddedAt,
            (uint)fact.Counter,
            [.. key.Transports],
            isUserVerified: true,
            key.IsBackupEligible,
            key.IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        )
        {
            Name = name,
        };

    private static NotSupportedException ByEventsOnly() => new("Accounts are changed by events, never through here");

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(
        PasskeyOwner user,
        UserPasskeyInfo passkey,
        CancellationToken cancellationToken
    ) => throw ByEventsOnly();

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw ByEventsOnly();

    /// <inheritdoc/>
    public Task SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) =>
        throw ByEventsOnly();

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(
        PasskeyOwner user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw ByEventsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        throw ByEventsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        throw ByEventsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        throw ByEventsOnly();

    /// <inheritdoc/>
    public Task<PasskeyOwner?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult<PasskeyOwner?>(null);
}
