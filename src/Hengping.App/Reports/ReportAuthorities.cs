using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Reports;

/// <summary>An authority's account: a report referred to it is read by it.</summary>
/// <param name="Name">As an admin gave it when the account was opened. What its owner calls themselves opens nothing.
/// </param>
/// <param name="Label">The name; with the sign-in name behind it where several have this one.</param>
public sealed record ReportAuthority(Guid Account, string Name, string Label);

/// <summary>Authorities that have an account here.</summary>
public static class ReportAuthorities
{
    private const int Max = 500;

    /// <summary>Several accounts have this name.</summary>
    public static readonly Refusal Several = new(
        "report.authority-several",
        "有多个账户使用这个名称，请从列表中选择带登录名的一项",
        "Several accounts have this name; choose one of the list, with its sign-in name"
    );

    /// <summary>All of them.</summary>
    public static async Task<IReadOnlyList<ReportAuthority>> All(Store store, CancellationToken ct)
    {
        var accounts = await store.Query<Guid>(
            "select id from accounts where role not in ('claimant', 'merchant') and role = 'regulator' and live "
                + "order by opened_at limit @max",
            new { max = Max },
            ct
        );
        var known = new List<(Guid Account, Profile Given)>();
        foreach (var account in accounts)
            if (Given(await store.ReadStory(AccountBook.Instance, account, ct)) is { Name.Length: > 0 } given)
                known.Add((account, given));
        return
        [
            .. known.Select(one => new ReportAuthority(
                one.Account,
                one.Given.Name,
                known.Count(other => other.Given.Name == one.Given.Name) == 1
                    ? one.Given.Name
                    : $"{one.Given.Name} ({one.Given.Login ?? one.Account.ToString("N")[^6..]})"
            )),
        ];
    }

    /// <summary>
    /// By which name an account reads what was referred before reports kept the account: the one it was opened under,
    /// and none at all of an account that ever had another.
    /// </summary>
    public static async Task<string?> FormerName(Store store, Guid account, CancellationToken ct)
    {
        var story = await store.ReadStory(AccountBook.Instance, account, ct);
        var name = Given(story)?.Name;
        return story.All(one => one.Event is not AccountEvent.Corrected { Profile: var now } || now?.Name == name)
            ? name
            : null;
    }

    private static Profile? Given(IReadOnlyList<StoryEvent<AccountEvent>> story) =>
        story is [{ Event: AccountEvent.Opened opened }, ..] ? opened.Profile : null;
}
