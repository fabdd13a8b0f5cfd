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

    private static readonly Table<(Guid Id, Account Of)> Accounts = new(
        "accounts",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("role", Text, r => Words.Of(r.Of.Role)),
            ("merchant", ColumnType.Guid, r => r.Of.Merchant),
            ("phone_print", Text, r => r.Of.PhonePrint),
            ("login_print", Text, r => r.Of.LoginPrint),
            ("live", Bool, r => r.Of.MaySignIn),
            ("opened_at", Long, r => r.Of.OpenedAt),
            ("generation", Long, r => r.Of.Generation),
            ("secured", Bool, r => r.Of.HasSecondFactor),
            ("signed_in_at", Long, r => r.Of.SignedInAt),
            ("team", Text, r => r.Of.Team is { } team ? Words.Of(team) : null),
            (
                "shops",
                Text,
                r => r.Of.Shops.IsEmpty ? null : string.Join(' ', r.Of.Shops.Select(shop => shop.ToString("D")))
            ),
            ("away_from", Long, r => r.Of.Away?.From),
            ("away_to", Long, r => r.Of.Away?.To),
            ("cover", ColumnType.Guid, r => r.Of.Away?.Cover),
            ("digest", Bool, r => r.Of.WantsDigest),
            ("mail_print", Text, r => r.Of.MailPrint),
            ("department", Text, r => r.Of.Department),
            ("erases_on", Long, r => r.Of.ErasesOn),
        ]
    );

    private static readonly Table<(string Hash, Guid Account, bool IsLive)> Tokens = new(
        "tokens",
        ["hash"],
        [("hash", Text, r => r.Hash), ("account", ColumnType.Guid, r => r.Account), ("live", Bool, r => r.IsLive)]
    );

    private static readonly Table<(string Print, Guid Account)> Passkeys = new(
        "passkeys",
        ["print"],
        [("print", Text, r => r.Print), ("account", ColumnType.Guid, r => r.Account)]
    );

    private static readonly Table<(Guid Account, Invitation Waits)> Invitations = new(
        "invitations",
        ["hash"],
        [
            ("hash", Text, r => r.Waits.Hash),
            ("account", ColumnType.Guid, r => r.Account),
            ("expires_at", Long, r => r.Waits.ExpiresAt),
        ]
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
        yield return Accounts.Put((id, state));
        foreach (var (hash, opens) in state.Tokens)
            yield return Tokens.Put((hash, id, state.MaySignIn && opens));
        foreach (var print in state.Passkeys.Keys)
            yield return Passkeys.Put((print, id));
        if (state.Invitation is { } waits)
            yield return Invitations.Put((id, waits));
    }

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Account state)
    {
        if (state.PhonePrint is { } phone && state.IsLive)
            yield return new Reservation(PhoneScope(state.Role), phone);
        if (state.LoginPrint is { } login && state.IsLive)
            yield return new Reservation(LoginScope, login);
        if (state.MailPrint is { } mail && state.IsLive)
            yield return new Reservation(MailScope, mail);
        foreach (var print in state.Passkeys.Keys)
            yield return new Reservation("passkey", print);
    }
}
