using System.CommandLine;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Hengping.App.Accounts;

/// <summary>Who people are: accounts, second factors, sessions, and how a person is erased.</summary>
public sealed class AccountsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("codes-hour", CodeLimits.PerHour),
        new("codes-day", CodeLimits.PerDay),
        new("codes-hour-address", CodeLimits.PerHourOfAddress),
        new("codes-day-address", CodeLimits.PerDayOfAddress),
        new("code-tries", CodeLimits.TriesPerDay),
        new("code-tries-address", CodeLimits.TriesPerDayOfAddress),
        new("password-tries", Lockout.TriesMax),
        new("passkeys", Account.PasskeysMax),
        new("shops", Account.ShopsMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [AccountBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Purpose> Purposes => AccountPurposes.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages =>
        [
            SignIn.CodeWords,
            MailWay.ToConfirm,
            MailWay.ToSignIn,
            AccountNotices.Changed,
            AccountNotices.RecoveryUsed,
            AccountNotices.SignedOut,
            AccountNotices.FactorsReset,
        ];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        var services = builder.Services;
        services.AddSingleton<SecondStep>();
        services.AddSingleton<Factors>();
        services.AddIdentityCore<PasskeyOwner>().AddUserStore<PasskeyOwners>();
        services.AddScoped<IPasskeyHandler<PasskeyOwner>, PasskeyHandler<PasskeyOwner>>();
        services.AddScoped<Passkeys>();
        services
            .AddOptions<IdentityPasskeyOptions>()
            .Configure<SiteAddress>(
                (passkeys, address) =>
                {
                    // The device asks for a finger, a face or a PIN: so one passkey is two factors, and needs no name
                    // typed. They are bound to the site's host, or to what a browser asks for where it has no address.
                    passkeys.UserVerificationRequirement = "required";
                    passkeys.ResidentKeyRequirement = "required";
                    passkeys.ServerDomain = Uri.TryCreate(address.Origin, UriKind.Absolute, out var site)
                        ? site.Host
                        : null;
                }
            );
        services.AddJob<ErasureRound>();
        services.AddJob<LockedPersons>();
        services.AddJob<OldTraces>();
    }

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() =>
        [TokenCommand.Create(), StaffCommand.Create(), EraseCommand.Create()];

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs => [new(TabRow.Admin, 30, "/admin/staff", "admin.staff")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["erasures", "locks", "traces"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new AccountPersons();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/signin", "/signout", "/join"];
}
