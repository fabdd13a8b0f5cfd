using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Accounts;

/// <summary>
/// Accounts and their tokens as current rows; phones and sign-in names stand there as keyed hashes only.
/// </summary>
public sealed class AccountBook : Book<Account, AccountEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly AccountBook Instance = new();

    private static readonly Table Accounts = new(
        "accounts",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("role", Text),
            ("merchant", ColumnType.Guid),
            ("phone_print", Text),
            ("login_print", Text),
            ("live", Bool),
            ("opened_at", Long),
            ("generation", Long),
            ("secured", Bool),
            ("signed_in_at", Long),
            ("team", Text),
            ("shops", Text),
            ("away_from", Long),
            ("away_to", Long),
            ("cover", ColumnType.Guid),
            ("digest", Bool),
            ("mail_print", Text),
            ("department", Text),
            ("erases_on", Long),
        ]
    );

    private static readonly Table Tokens = new(
        "tokens",
        ["hash"],
        [("hash", Text), ("account", ColumnType.Guid), ("live", Bool)]
    );

    private static readonly Table Passkeys = new(
        "passkeys",
        ["print"],
        [("print", Text), ("account", ColumnType.Guid)]
    );

    private static readonly Table Invitations = new(
        "invitations",
        ["hash"],
        [("hash", Text), ("account", ColumnType.Guid), ("expires_at", Long)]
    );

    /// <inheritdoc/>
    public override string Prefix => "account";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Accounts, Tokens, Passkeys, Invitations];

    /// <inheritdoc/>
    internal override string? PrintedStreams => "select id from accounts";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> PrintedScopes { get; } =
    [.. Enum.GetValues<Role>().Select(PhoneScope), LoginScope, MailScope];

    private const string LoginScope = "login";
    private const string MailScope = "mail";

    private static string PhoneScope(Role role) => $"phone:{Words.Of(role)}";

    /// <inheritdoc/>
    public override bool IsPrinted(AccountEvent happened) => happened is AccountEvent.Opened or AccountEvent.Corrected;

    /// <inheritdoc/>
    public override AccountEvent Printed(AccountEvent happened, Prints prints) =>
        happened switch
        {
            AccountEvent.Opened e => e with
            {
                PhonePrint = e.Profile?.Phone is { } phone ? AccountDesk.PhonePrint(prints, phone) : null,
                LoginPrint = e.Profile?.Login is { } login ? AccountDesk.LoginPrint(prints, login) : null,
                MailPrint = e.Profile?.Email is { } mail ? MailWay.PrintOf(prints, mail) : null,
            },
            AccountEvent.Corrected e => e with
            {
                PhonePrint = e.Profile?.Phone is { } phone ? AccountDesk.PhonePrint(prints, phone) : null,
                MailPrint = e.Profile?.Email is { } mail ? MailWay.PrintOf(prints, mail) : null,
            },
            _ => happened,
        };

    /// <inheritdoc/>
    public override Account Fold(Account? state, AccountEvent happened, DateTimeOffset at, string author) =>
        Account.Apply(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Account state)
    {
        yield return RowChange.Put(
            Accounts,
            id,
            Words.Of(state.Role),
            state.Merchant,
            state.PhonePrint,
            state.LoginPrint,
            state.MaySignIn,
            state.OpenedAt.ToUnixTimeMilliseconds(),
            (long)state.Generation,
            state.HasSecondFactor,
            state.SignedInAt?.ToUnixTimeMilliseconds(),
            state.Team is { } team ? Words.Of(team) : null,
            state.Shops.IsEmpty ? null : string.Join(' ', state.Shops.Select(shop => shop.ToString("D"))),
            state.Away?.From.ToUnixTimeMilliseconds(),
            state.Away?.To.ToUnixTimeMilliseconds(),
            state.Away?.Cover,
            state.WantsDigest,
            state.MailPrint,
            state.Department,
            state.ErasesOn?.ToUnixTimeMilliseconds()
        );
        foreach (var (hash, opens) in state.Tokens)
            yield return RowChange.Put(Tokens, hash, id, state.MaySignIn && opens);
        foreach (var print in state.Passkeys.Keys)
            yield return RowChange.Put(Passkeys, print, id);
        if (state.Invitation is { } waits)
            yield return RowChange.Put(Invitations, waits.Hash, id, waits.ExpiresAt.ToUnixTimeMilliseconds());
    }

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims(Guid id, Account state)
    {
        if (state.PhonePrint is { } phone && state.IsLive)
            yield return new Claim(PhoneScope(state.Role), phone);
        if (state.LoginPrint is { } login && state.IsLive)
            yield return new Claim(LoginScope, login);
        if (state.MailPrint is { } mail && state.IsLive)
            yield return new Claim(MailScope, mail);
        foreach (var print in state.Passkeys.Keys)
            yield return new Claim("passkey", print);
    }
}
