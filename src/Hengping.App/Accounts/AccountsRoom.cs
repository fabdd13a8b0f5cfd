using Microsoft.AspNetCore.Identity;

namespace Hengping.App.Accounts;

/// <summary>Who people are: accounts, second factors, sessions.</summary>
public static class AccountsRoom
{
    /// <summary>What the pages ask.</summary>
    /// <param name="siteAddress">Public address of the site; passkeys are bound to its host. Empty: to the host a
    /// browser asks for.</param>
    public static void AddAccounts(this IServiceCollection services, string siteAddress)
    {
        services.AddSingleton<SecondStep>();
        services.AddSingleton<Factors>();
        services.AddIdentityCore<PasskeyOwner>().AddUserStore<PasskeyOwners>();
        services.AddScoped<IPasskeyHandler<PasskeyOwner>, PasskeyHandler<PasskeyOwner>>();
        services.AddScoped<Passkeys>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The device asks for a finger, a face or a PIN: so one passkey is two factors, and needs no name typed.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.ServerDomain = Uri.TryCreate(siteAddress, UriKind.Absolute, out var site) ? site.Host : null;
        });
    }
}
