using System.Collections.Immutable;

namespace Hengping.Rules.Accounts;

/// <summary>What somebody may do in a merchant's team.</summary>
public enum TeamRole
{
    /// <summary>负责人: everything, and the team itself.</summary>
    Owner,

    /// <summary>客服: reads and answers.</summary>
    Agent,

    /// <summary>只读: reads.</summary>
    ReadOnly,
}

/// <summary>外出: somebody is away, and a colleague reads and answers what was theirs.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included.</param>
public sealed record Absence(DateTimeOffset From, DateTimeOffset To, Guid Cover)
{
    /// <summary>Away at this instant.</summary>
    public bool Holds(DateTimeOffset now) => From <= now && now < To;
}

/// <summary>A merchant's person among colleagues.</summary>
public sealed partial record Account
{
    /// <summary>Shops one person can be limited to.</summary>
    public const int ShopsMax = 50;

    private static readonly TimeSpan AwayMax = TimeSpan.FromDays(90);

    /// <summary>Not a merchant's account.</summary>
    public static readonly Refusal NoTeam = new(
        "team.none",
        "该账户不属于任何商家",
        "This account belongs to no merchant"
    );

    /// <summary>An owner sees everything: whoever is limited is no owner.</summary>
    public static readonly Refusal OwnerUnlimited = new(
        "team.owner-unlimited",
        "负责人不能限定店铺，请先改为客服",
        "An owner cannot be limited to shops; make them an agent first"
    );

    /// <summary>Too many shops for one person.</summary>
    public static readonly Refusal TooManyShops = new(
        "team.shops",
        "最多限定 50 个店铺",
        "A person can be limited to 50 shops at most"
    );

    /// <summary>Dates that make no absence.</summary>
    public static readonly Refusal BadAbsence = new(
        "team.absence",
        "外出日期要从今天或以后开始，先后正确，最长 90 天，并由另一位同事代理",
        "An absence ends after it begins and after now, lasts 90 days at most, and another colleague covers it"
    );

    private TeamRole SetTeam { get; init; } = TeamRole.Owner;

    /// <summary>Null for whoever is no merchant's person. Accounts older than teams are owners'.</summary>
    public TeamRole? Team => Role == Role.Merchant ? SetTeam : null;

    /// <summary>The shops and platforms this person works for; empty for all of the merchant's.</summary>
    public ImmutableList<Guid> Shops { get; init; } = [];

    /// <summary>The absence that was said last, or null.</summary>
    public Absence? Away { get; init; }

    /// <summary>Gets a mail a day: what is due, what is new.</summary>
    public bool WantsDigest { get; init; }

    /// <summary>Another role in the team.</summary>
    public Decided<AccountEvent> ChangeTeamRole(TeamRole role) =>
        !IsLive ? Gone
        : Team is not { } team ? NoTeam
        : team == role ? AsItWas
        : new AccountEvent.TeamRoleSet(role);

    /// <summary>Limits a person to some shops and platforms, or lifts that.</summary>
    public Decided<AccountEvent> LimitTo(IReadOnlyList<Guid> shops) =>
        !IsLive ? Gone
        : Team is not { } team ? NoTeam
        : team == TeamRole.Owner && shops.Count > 0 ? OwnerUnlimited
        : shops.Count > ShopsMax ? TooManyShops
        : new AccountEvent.ShopsSet(shops);

    /// <summary>Leaves the team: the account is closed, its phone is free again.</summary>
    public Decided<AccountEvent> LeaveTeam() =>
        !IsLive ? Gone
        : Team is null ? NoTeam
        : new AccountEvent.TeamLeft();

    /// <summary>Says when one is away and who covers.</summary>
    public Decided<AccountEvent> GoAway(DateTimeOffset from, DateTimeOffset to, Guid cover, DateTimeOffset now) =>
        !IsLive ? Gone
        : Team is null ? NoTeam
        : from >= to || to <= now || to - from > AwayMax ? BadAbsence
        : new AccountEvent.AwaySet(from, to, cover);

    /// <summary>Is back, or stays after all.</summary>
    public Decided<AccountEvent> ComeBack() => Away is null ? AsItWas : new AccountEvent.AwayEnded();

    /// <summary>Wants the daily digest, or no longer.</summary>
    public Decided<AccountEvent> SetDigest(bool wanted) =>
        !IsLive ? Gone
        : Team is null ? NoTeam
        : WantsDigest == wanted ? AsItWas
        : new AccountEvent.DigestSet(wanted);

    private static Account ApplyTeam(Account account, AccountEvent happened) =>
        happened switch
        {
            AccountEvent.TeamRoleSet e => account with
            {
                SetTeam = e.Role,
                Shops = e.Role == TeamRole.Owner ? [] : account.Shops,
            },
            AccountEvent.ShopsSet e => account with { Shops = [.. e.Shops] },
            AccountEvent.TeamLeft => account with { IsClosed = true, Generation = account.Generation + 1 },
            AccountEvent.AwaySet e => account with { Away = new Absence(e.From, e.To, e.Cover) },
            AccountEvent.AwayEnded => account with { Away = null },
            AccountEvent.DigestSet e => account with { WantsDigest = e.Wanted },
            _ => account,
        };
}
