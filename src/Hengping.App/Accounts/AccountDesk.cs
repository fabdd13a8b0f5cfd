using System.Security.Cryptography;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>What somebody needs to be to change another's account.</summary>
/// <param name="Of">Who acts.</param>
/// <param name="Else">The answer where they are not, or no longer.</param>
public sealed record Right(Guid Of, Func<Account, bool> Holds, Refusal Else);

/// <summary>Opens and finds accounts; every door and command that needs one comes here.</summary>
public static class AccountDesk
{
    private const int RacesMax = 4;

    /// <summary>The phone belongs to an account of this role already.</summary>
    public static readonly Refusal PhoneTaken = new(
        "account.phone-taken",
        "该手机号已有账户",
        "This phone number already has an account"
    );

    /// <summary>The sign-in name is in use.</summary>
    public static readonly Refusal LoginTaken = new(
        "account.login-taken",
        "该登录名已被使用",
        "This sign-in name is in use"
    );

    /// <summary>A keyed hash of a phone's digits.</summary>
    public static string PhonePrint(Store store, string phone) => PhonePrint(store.Keys.Prints, phone);

    /// <summary>The same under a set of print keys.</summary>
    public static string PhonePrint(Prints prints, string phone) =>
        prints.Of(Purposes.Phone, new string([.. phone.Where(char.IsAsciiDigit)]));

    /// <summary>A keyed hash of a sign-in name, case-insensitive.</summary>
    public static string LoginPrint(Store store, string login) => LoginPrint(store.Keys.Prints, login);

    /// <summary>The same under a set of print keys.</summary>
    public static string LoginPrint(Prints prints, string login) =>
        prints.Of(AccountPurposes.Login, login.Trim().ToUpperInvariant());

    /// <summary>The live account of a role by phone, or null.</summary>
    public static async Task<Guid?> FindByPhone(Store store, Role role, string phone, CancellationToken ct)
    {
        var rows = await store.Query<Guid>(
            "select id from accounts where phone_print = @print and role = @role and live",
            new { print = PhonePrint(store, phone), role = Words.Of(role) },
            ct
        );
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Slot of a person's key, or null for an account nobody opened.</summary>
    public static async Task<long?> PersonKey(Store store, Guid account, CancellationToken ct)
    {
        var rows = await store.Query<long>("select key from streams where stream = @account", new { account }, ct);
        return rows.Count == 0 ? null : rows[0];
    }

    private sealed record Row(long Version, long KeySlot);

    /// <summary>
    /// The account as it stands, for a commit that shall hold only while its owner may act: it is raced where the
    /// account moves meanwhile, as by an erasure. Null where it is gone.
    /// </summary>
    public static async Task<Change?> Standing(Store store, Guid account, CancellationToken ct) =>
        await store.First<Row>(
            "select s.version as Version, s.key as KeySlot from streams s "
                + "join accounts a on a.id = s.stream and a.live where s.stream = @account",
            new { account },
            ct
        )
            is { } row
            ? new Change(account, (int)row.Version, row.KeySlot, [], [], [], [])
            : null;

    /// <summary>
    /// The same as it was known last, for a commit that is tried again where it is raced: then it is looked up.
    /// </summary>
    public static async ValueTask<Change?> StandingKnown(Store store, Guid account, CancellationToken ct)
    {
        if (store.Memory.Of<Guid>(account) is { } known)
            return known.Stands;
        var standing = await Standing(store, account, ct);
        return standing is null ? null : store.Memory.Keep(new Stood<Guid>(account, standing)).Stands;
    }

    /// <summary>Opens an account; with a token or a password in the same commit.</summary>
    public static async Task<Decided<OpenedAccount>> Open(
        Store store,
        Role role,
        Profile profile,
        Guid? merchant,
        string author,
        IReadOnlyList<AccountEvent> also,
        CancellationToken ct
    )
    {
        var change = Opening(store, role, profile, merchant, author, also);
        return await store.Append(new Commit([change]), ct) switch
        {
            Outcome.Done => new OpenedAccount(change.Stream, change.KeySlot),
            Outcome.Taken { Reservation.Scope: "login" } => LoginTaken,
            Outcome.Taken => PhoneTaken,
            _ => Problems.Raced,
        };
    }

    /// <summary>The change that opens an account, for a commit that holds more than this.</summary>
    public static Change Opening(
        Store store,
        Role role,
        Profile profile,
        Guid? merchant,
        string author,
        IReadOnlyList<AccountEvent> also
    )
    {
        var opened = new AccountEvent.Opened(role, merchant) { Profile = profile };
        var fresh = new Loaded<Account>(StreamId.Next(), 0, 0, null);
        return store.Change(AccountBook.Instance, fresh, store.Now, author, [opened, .. also]);
    }

    /// <summary>Appends one decided event to an account.</summary>
    public static Task<Refusal?> Append(
        Store store,
        Guid account,
        Func<Account, Decided<AccountEvent>> decide,
        string author,
        CancellationToken ct
    ) => Append(store, account, decide, also: [], author, ct);

    /// <summary>
    /// Appends one decided event and what follows from it, in one commit. Lost a race, it is decided again on what
    /// won: two devices that sign in at once both get in, and one code opens once.
    /// </summary>
    public static Task<Refusal?> Append(
        Store store,
        Guid account,
        Func<Account, Decided<AccountEvent>> decide,
        IReadOnlyList<AccountEvent> also,
        string author,
        CancellationToken ct
    ) => Append(store, account, decide, also, author, under: null, ct);

    /// <summary>
    /// The same by somebody whose right to it may be taken away at this moment: their own account is judged in the
    /// same commit, so that of two who put each other out only one succeeds.
    /// </summary>
    public static Task<Refusal?> Append(
        Store store,
        Guid account,
        Func<Account, Decided<AccountEvent>> decide,
        string author,
        Right under,
        CancellationToken ct
    ) => Append(store, account, decide, also: [], author, under, ct);

    private static async Task<Refusal?> Append(
        Store store,
        Guid account,
        Func<Account, Decided<AccountEvent>> decide,
        IReadOnlyList<AccountEvent> also,
        string author,
        Right? under,
        CancellationToken ct
    )
    {
        for (var tries = 0; tries < RacesMax; tries++)
        {
            var changes = new List<Change>();
            if (under is { } right)
            {
                var actor = await store.Load(AccountBook.Instance, right.Of, ct);
                if (actor.State is not { MaySignIn: true } state || !right.Holds(state))
                    return right.Else;
                changes.Add(store.Change(AccountBook.Instance, actor, store.Now, author, []));
            }
            var loaded = await store.Load(AccountBook.Instance, account, ct);
            if (loaded.State is null)
                return Problems.NotFound;
            var decided = decide(loaded.State);
            if (decided.Refusal is { } no)
                return no;
            changes.Add(store.Change(AccountBook.Instance, loaded, store.Now, author, [decided.Event!, .. also]));
            if (await store.Append(new Commit(changes), ct) is Outcome.Done)
                return null;
        }
        return Problems.Raced;
    }

    /// <summary>Issues a new API token for an account: the token itself is told once and never kept.</summary>
    public static async Task<(string? Token, Refusal? Refusal)> IssueToken(
        Store store,
        Guid account,
        string name,
        string author,
        CancellationToken ct
    )
    {
        var token = NewToken();
        var refused = await Append(store, account, a => a.IssueToken(TokenHash(token), name), author, ct);
        return refused is null ? (token, null) : (null, refused);
    }

    /// <summary>160 random bits behind a prefix that scanners of leaked secrets can find.</summary>
    public static string NewToken() => "hp_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>What is kept of a token: SHA-256, hex.</summary>
    public static string TokenHash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The profile of an account as it stands, or null when erased or unknown.</summary>
    public static async Task<Profile?> ProfileOf(Store store, Guid account, CancellationToken ct)
    {
        Profile? profile = null;
        foreach (var one in await store.ReadStory(AccountBook.Instance, account, ct))
            profile = one.Event switch
            {
                AccountEvent.Opened e => e.Profile,
                AccountEvent.Corrected e => e.Profile ?? profile,
                _ => profile,
            };
        return profile;
    }
}

/// <summary>A new account and the slot of its key.</summary>
public sealed record OpenedAccount(Guid Id, long KeySlot);
