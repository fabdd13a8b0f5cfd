using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;

namespace Hengping.App.Merchants;

/// <summary>A colleague as the team sees them.</summary>
/// <param name="IsSelf">Whoever looks.</param>
public sealed record Colleague(Guid Id, Account State, Profile? Profile, bool IsSelf);

/// <summary>A shop or platform the merchant's cases came from.</summary>
public sealed record ShopChoice(Guid Id, string Name);

/// <summary>团队: the people of one merchant, and what an owner may change about them.</summary>
public static class Team
{
    /// <summary>People in a team.</summary>
    public const int SizeMax = 200;

    private const int NameMax = 50;

    /// <summary>For owners alone.</summary>
    public static readonly Refusal OwnersOnly = new(
        "team.owners-only",
        "只有负责人可以管理团队",
        "Only an owner may change the team"
    );

    /// <summary>An owner's right over the team, as it stands when the change is written.</summary>
    public static Right Right(Caller owner) =>
        new(owner.Account, account => account.Team == TeamRole.Owner, OwnersOnly);

    /// <summary>As many as there can be.</summary>
    public static readonly Refusal Full = new("team.full", "团队最多 200 人", "A team has 200 people at most");

    /// <summary>Staff invite the first owner alone.</summary>
    public static readonly Refusal HasOwner = new(
        "team.has-owner",
        "该商家已有负责人，其他人由负责人邀请",
        "This merchant has an owner already, who invites everybody else"
    );

    private static int Lives => (int)Account.InvitationLives.TotalHours;

    /// <summary>To whoever is asked in.</summary>
    public static readonly Wording Invitation = new(
        "team-invited",
        $"【{{operator}}】{{merchant}}邀请您一起处理投诉。请在 {Lives} 小时内设置密码：{{link}}",
        $"[{{operator}}] {{merchant}} asks you to help with complaints. "
            + $"Choose a password within {Lives} hours: {{link}}"
    );

    /// <summary>Who is invited, as typed.</summary>
    public sealed record Invited(string? Name, string? Phone, string? Role, IReadOnlyList<Guid> Shops);

    /// <summary>Everybody of a merchant, owners first.</summary>
    public static async Task<IReadOnlyList<Colleague>> Read(Store store, Guid merchant, Guid me, CancellationToken ct)
    {
        var ids = await store.Query<Guid>(
            """
            select id from accounts where merchant = @merchant and role = 'merchant'
            order by opened_at, id limit @max
            """,
            new { merchant, max = SizeMax },
            ct
        );
        var team = new List<Colleague>();
        foreach (var id in ids)
            if ((await store.Load(AccountBook.Instance, id, ct)).State is { IsLive: true } state)
                team.Add(new Colleague(id, state, await AccountDesk.ProfileOf(store, id, ct), id == me));
        return [.. team.OrderBy(one => one.State.Team).ThenBy(one => one.Profile?.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Where the cases that the merchant has came from: shops, or the platforms it sells on, and its own door.
    /// </summary>
    public static async Task<IReadOnlyList<ShopChoice>> Shops(Store store, Guid merchant, CancellationToken ct)
    {
        var rows = await store.Query<ShopChoice>(
            $"""
            select m.id as Id, m.name as Name from merchants m
            where m.id in (select {ShopLimits.Place("@merchant")} from complaints c where {WhoseCase.ReachedIt}
                           union select c.respondent from complaints c where {WhoseCase.FiledBy})
               or m.id = @merchant
            order by m.name limit @max
            """,
            new { merchant, max = Account.ShopsMax },
            ct
        );
        return rows;
    }

    /// <summary>Opens a colleague's account and sends the link by which they choose their password.</summary>
    public static async Task<string?> Invite(
        Store store,
        SiteAddress site,
        MerchantRow merchant,
        Invited invited,
        Caller caller,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        var name = faults.Line("name", invited.Name, NameMax);
        faults.If(name is null, "name", Fault.Required);
        var phone = PhoneNumber.Normalise(invited.Phone) ?? "";
        faults.If(!PhoneNumber.IsMobile(phone), "phone", SignIn.BadPhone);
        var role = Words.Parse<TeamRole>(invited.Role);
        faults.If(role is null, "role", Fault.Unknown);
        var shops = await Known(store, merchant.Id, invited.Shops, faults, ct);
        faults.If(role == TeamRole.Owner && shops.Count > 0, "shops", Account.OwnerUnlimited);
        faults.If((await Read(store, merchant.Id, caller.Account, ct)).Count >= SizeMax, "", Full);
        if (!faults.None)
            return null;
        if (await MaySend(store, site, phone, ct) is { } tooMany)
        {
            faults.Add("phone", tooMany);
            return null;
        }
        var token = Invitations.NewToken();
        AccountEvent[] also =
        [
            new AccountEvent.TeamRoleSet(role!.Value),
            .. shops.Count > 0 ? [new AccountEvent.ShopsSet(shops)] : Array.Empty<AccountEvent>(),
            new AccountEvent.Invited(OneTimeLink.HashOf(token), store.Now + Account.InvitationLives),
        ];
        var profile = new Profile(name!, phone, Email: null, Login: phone);
        var opened = await AccountDesk.Open(store, Role.Merchant, profile, merchant.Id, caller.Author, also, ct);
        if (opened.Refusal is { } no)
        {
            faults.Add("phone", no);
            return null;
        }
        return await Send(store, site, merchant, opened.Event!.Id, phone, token, ct);
    }

    /// <summary>A new link for a colleague who let the first one lapse, or forgot the password.</summary>
    public static async Task<(string? Link, Refusal? Refusal)> InviteAgain(
        Store store,
        SiteAddress site,
        MerchantRow merchant,
        Colleague colleague,
        Caller caller,
        CancellationToken ct
    )
    {
        if (await MaySend(store, site, colleague.Profile?.Phone, ct) is { } tooMany)
            return (null, tooMany);
        var (token, refusal) = await Invitations.Make(store, colleague.Id, caller.Author, ct);
        return refusal is { } no
            ? (null, no)
            : (await Send(store, site, merchant, colleague.Id, colleague.Profile?.Phone, token!, ct), null);
    }

    /// <summary>Shops of a form: the merchant's own, each once.</summary>
    public static async Task<IReadOnlyList<Guid>> Known(
        Store store,
        Guid merchant,
        IReadOnlyList<Guid> asked,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        var known = (await Shops(store, merchant, ct)).Select(shop => shop.Id).ToHashSet();
        Guid[] shops = [.. asked.Distinct()];
        faults.If(!shops.All(known.Contains), "shops", Fault.Unknown);
        return shops;
    }

    // Without its link it asks for what nobody could do: whoever invites hands the link over.
    private static bool IsSent(SiteAddress site, string? phone) => phone is not null && !site.IsMissing;

    private static async Task<Refusal?> MaySend(Store store, SiteAddress site, string? phone, CancellationToken ct) =>
        IsSent(site, phone) ? await SmsLimits.Take(store, phone!, ct) : null;

    private static async Task<string> Send(
        Store store,
        SiteAddress site,
        MerchantRow merchant,
        Guid account,
        string? phone,
        string token,
        CancellationToken ct
    )
    {
        var path = Invitations.PathOf(token);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["merchant"] = merchant.Name,
            ["link"] = site.LinkTo(path),
        };
        var slot = await AccountDesk.PersonKey(store, account, ct);
        if (IsSent(site, phone))
        {
            var message = new Message(
                $"invite:{OneTimeLink.HashOf(token)}",
                Channel.Sms,
                Invitation,
                phone!,
                values,
                account,
                KeySlot: slot,
                IsCounted: true
            );
            // Who has not been here yet is written to as their team is.
            await Outbox.Put(store, (await Letterhead.Of(store, [account, merchant.Id], ct)).On(message), ct);
        }
        return site.Shown(path);
    }
}
