using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Identity;

namespace Hengping.App.Accounts;

/// <summary>
/// Consumers prove their phone by a one-time code, staff their name by a password. Both lock out guessers.
/// </summary>
public static class SignIn
{
    private static readonly PasswordHasher<Account> Hasher = new();

    /// <summary>Not a mainland mobile number.</summary>
    public static readonly Refusal BadPhone = new(
        "sign-in.phone",
        "请填写 11 位中国大陆手机号",
        "Enter a mainland China mobile number of 11 digits"
    );

    /// <summary>A code went out a moment ago.</summary>
    public static readonly Refusal TooSoon = new(
        "sign-in.too-soon",
        "验证码刚发出，请 60 秒后再试",
        "A code was sent a moment ago; try again in 60 seconds"
    );

    /// <summary>One answer for wrong, used and expired codes.</summary>
    public static readonly Refusal WrongCode = new(
        "sign-in.code",
        "验证码不对或已失效，请重新获取",
        "The code is wrong or no longer valid; ask for a new one"
    );

    /// <summary>One answer for unknown names and wrong passwords.</summary>
    public static readonly Refusal WrongPassword = new(
        "sign-in.password",
        "登录名或密码不对",
        "The sign-in name or the password is wrong"
    );

    /// <summary>The code that opens an account.</summary>
    public static readonly Wording CodeWords = new(
        "sign-in-code",
        "【{operator}】验证码 {code}，10 分钟内有效。请勿告诉他人。",
        "[{operator}] Your code is {code}, valid for 10 minutes. Tell nobody."
    );

    /// <summary>Sends a code; null when it is on its way.</summary>
    /// <param name="address">Where it is asked from: <see cref="Device.AddressOf"/>.</param>
    public static async Task<Refusal?> SendCode(
        Store store,
        string phone,
        string address,
        CancellationToken ct,
        DeviceOf? device = null
    )
    {
        if (PhoneNumber.Normalise(phone) is not { } digits || !PhoneNumber.IsMobile(digits))
            return BadPhone;
        var print = AccountDesk.PhonePrint(store, digits);
        var now = store.Now;
        var head = await Letterhead.OfPage(store, ct);
        return await OneTimeCodes.Draw(
            store,
            await AskerOf(store, Role.Claimant, digits, address, device, ct),
            code =>
                head.On(
                    new Message(
                        $"code:{print}:{now.ToUnixTimeMilliseconds()}",
                        Channel.Sms,
                        CodeWords,
                        digits,
                        new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code }
                    )
                ),
            ct
        );
    }

    /// <summary>Takes a code, once. A claimant unknown so far gets an account; other roles must have one.</summary>
    public static async Task<(Caller? Caller, Refusal? Refusal)> WithCode(
        Store store,
        Role role,
        string phone,
        string address,
        string code,
        string? name,
        CancellationToken ct,
        DeviceOf? device = null
    )
    {
        var digits = PhoneNumber.Normalise(phone) ?? phone.Trim();
        var asker = await AskerOf(store, role, digits, address, device, ct);
        if (await OneTimeCodes.Take(store, asker, PlainText.Plain(code) ?? "", ct) is { } no)
            return (null, no);
        if (await AccountDesk.FindByPhone(store, role, digits, ct) is { } known)
            return await CallerOf(store, known, ct) is { } caller ? (caller, null) : (null, KeyRing.Destroyed);
        if (role != Role.Claimant)
            return (null, WrongCode);
        // What somebody typed beside the code, and nobody has judged yet.
        var called = PlainText.Line(name) is { } line && PersonName.IsPlausible(line) ? line : "";
        var profile = new Profile(called, digits, Email: null, Login: null);
        var opened = await AccountDesk.Open(store, role, profile, null, "sign-in", [], ct);
        return opened.Event is { } account
            ? (new Caller(account.Id, role, null, profile.Name), null)
            : (null, opened.Refusal);
    }

    /// <summary>
    /// Staff and merchants' people: sign-in name and password. Where the account has a second factor nobody is in yet:
    /// the answer names the account that waits for it.
    /// </summary>
    /// <param name="device">The browser it is tried from: one that was in before passes what others have locked.
    /// </param>
    public static async Task<Entered> WithPassword(
        Store store,
        string login,
        string password,
        CancellationToken ct,
        DeviceOf? device = null
    )
    {
        var print = AccountDesk.LoginPrint(store, login);
        var found = await store.First<Guid?>(
            "select id from accounts where login_print = @print and live",
            new { print },
            ct
        );
        var counted = KnownDevice.Apart(print, device, found);
        if (!await Lockout.Try(store, counted, ct))
            return new Entered(Refusal: Lockout.Shut);
        if (!await IsPassword(store, found, password, ct) || found is not { } account)
            return new Entered(Refusal: WrongPassword);
        await Lockout.Clear(store, counted, ct);
        if ((await store.Load(AccountBook.Instance, account, ct)).State is { HasSecondFactor: true })
            return new Entered(Waiting: account);
        return await In(store, account, a => a.Enter(), ct);
    }

    /// <summary>
    /// Whether this is the account's password. For an unknown account the same is done: somebody's story is read, and a
    /// hash is held against it.
    /// </summary>
    public static async Task<bool> IsPassword(Store store, Guid? account, string password, CancellationToken ct)
    {
        var somebody = await store.First<Guid?>("select id from accounts where login_print > '' limit 1", null, ct);
        var told = await PasswordHash(store, account ?? somebody ?? Guid.Empty, ct);
        var hash = account is null ? null : told;
        var verified = Hasher.VerifyHashedPassword(null!, hash ?? DummyHash, password);
        return hash is not null && verified != PasswordVerificationResult.Failed;
    }

    /// <summary>Writes that somebody came in, and says who it is.</summary>
    public static async Task<Entered> In(
        Store store,
        Guid account,
        Func<Account, Decided<AccountEvent>> decide,
        CancellationToken ct
    )
    {
        if (await AccountDesk.Append(store, account, decide, "sign-in", ct) is { } no)
            return new Entered(Refusal: no);
        return new Entered(await CallerOf(store, account, ct));
    }

    /// <summary>What is kept of a password.</summary>
    public static string HashPassword(string password) => Hasher.HashPassword(null!, password);

    private static readonly string DummyHash = Hasher.HashPassword(null!, "nobody has this password");

    /// <summary>The caller of an account that may sign in, or null.</summary>
    public static async Task<Caller?> CallerOf(Store store, Guid account, CancellationToken ct)
    {
        var loaded = await store.Load(AccountBook.Instance, account, ct);
        if (loaded.State is not { MaySignIn: true } state)
            return null;
        // Erased, though a store of before that does not know it.
        if (await AccountDesk.PersonKey(store, account, ct) is > 0 and var slot && !store.Keys.Holds(slot))
            return null;
        var profile = await AccountDesk.ProfileOf(store, account, ct);
        var shops = state.Shops.IsEmpty ? null : state.Shops;
        return new Caller(account, state.Role, state.Merchant, profile?.Name ?? "", state.Team, shops);
    }

    private static async Task<Asker> AskerOf(
        Store store,
        Role role,
        string digits,
        string address,
        DeviceOf? device,
        CancellationToken ct
    )
    {
        var account = device is null ? null : await AccountDesk.FindByPhone(store, role, digits, ct);
        var print = AccountDesk.PhonePrint(store, digits);
        var counted = KnownDevice.Apart(print, device, account);
        return new Asker(counted, address, IsByKnownDevice: counted != print);
    }

    private static async Task<string?> PasswordHash(Store store, Guid account, CancellationToken ct)
    {
        string? hash = null;
        foreach (var one in await store.ReadStory(AccountBook.Instance, account, ct))
            if (one.Event is AccountEvent.PasswordSet set)
                hash = set.Hash;
        return hash;
    }
}

/// <summary>How a sign-in went: somebody is in, somebody still owes the second step, or a refusal.</summary>
/// <param name="Waiting">The account whose second step is asked for.</param>
public sealed record Entered(Caller? Caller = null, Refusal? Refusal = null, Guid? Waiting = null);
