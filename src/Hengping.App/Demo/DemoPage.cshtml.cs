using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Demo;

/// <summary>
/// 演示登录: everybody may be anybody, where everything is made up and only this machine can connect.
/// </summary>
public sealed class DemoPage(Store store) : HousePage(store)
{
    /// <summary>Roles to try.</summary>
    public static readonly IReadOnlyList<Role> Roles =
    [
        Role.Claimant,
        Role.Merchant,
        Role.Mediator,
        Role.Reviewer,
        Role.Admin,
    ];

    /// <summary>A measure from its proposal to the appeal, each step by another person.</summary>
    /// <param name="Second">The other of two who have the role.</param>
    public sealed record Act(string Name, Role Role, bool Second, string Goes);

    /// <summary>They, in their order.</summary>
    public static readonly IReadOnlyList<Act> Acts =
    [
        new("take", Role.Reviewer, Second: false, "/desk/measures/new"),
        new("sign", Role.Admin, Second: false, "/desk/measures"),
        new("appeal", Role.Merchant, Second: false, "/merchant/measures"),
        new("decide", Role.Reviewer, Second: true, "/desk/appeals"),
    ];

    /// <summary>The shop whose person one becomes: to choose it where something is to be done to it.</summary>
    public string? Shop { get; private set; }

    private sealed record Candidate(Guid Account, Guid? Merchant);

    /// <summary>The panes of the stage, by their address.</summary>
    public static readonly IReadOnlyList<string> PaneNames = ["claimant", "respondent", "mediator"];

    /// <summary>The pane a phone shows.</summary>
    [BindProperty(SupportsGet = true)]
    public string Pane { get; set; } = PaneNames[0];

    /// <summary>The case in three panes.</summary>
    public StageView Stage { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        if (StageOf() is not { } stage)
            return NotFound();
        if (!PaneNames.Contains(Pane))
            Pane = PaneNames[0];
        Stage = await stage.See(Ct);
        if (await Busiest(Role.Merchant, second: false) is { Merchant: { } shop })
            Shop = (await MerchantDirectory.Find(Store, shop, Ct))?.Name;
        return Page();
    }

    /// <summary>One step of the case, or of its clock.</summary>
    public async Task<IActionResult> OnPostStep(string? step)
    {
        if (StageOf() is not { } stage)
            return NotFound();
        // A step that is not possible any more was pressed on an old page: the new one says how things stand.
        await stage.Do(step ?? "", Ct);
        return Redirect($"/demo?pane={(PaneNames.Contains(Pane) ? Pane : PaneNames[0])}#stage");
    }

    /// <summary>There is one only where everything is made up.</summary>
    private DemoStage? StageOf() =>
        Looks.Demo(HttpContext) ? HttpContext.RequestServices.GetService<DemoStage>() : null;

    public async Task<IActionResult> OnPost(string? role, bool second, string? goes)
    {
        if (!Looks.Demo(HttpContext))
            return NotFound();
        if (Words.Parse<Role>(role) is not { } wanted || !Roles.Contains(wanted))
            return BadRequest();
        if (await Somebody(wanted, second) is not { } caller)
            return Redirect("/");
        await Sessions.SignIn(HttpContext, caller);
        if (Acts.Any(act => act.Goes == goes))
            return Redirect(goes!);
        return Redirect(wanted == Role.Admin ? "/admin" : SignInPage.HomeOf(caller));
    }

    /// <summary>An account of the role with something to do; staff are hired when there is nobody.</summary>
    private async Task<Caller?> Somebody(Role role, bool second)
    {
        var found = await Busiest(role, second);
        if (found is not null)
        {
            var name = (await AccountDesk.ProfileOf(Store, found.Account, Ct))?.Name ?? "";
            return new Caller(found.Account, role, found.Merchant, name);
        }
        var merchant = role == Role.Merchant ? await BusiestMerchant() : null;
        if (role == Role.Claimant || (role == Role.Merchant && merchant is null))
            return null;
        var profile = new Profile(Texts.T("demo." + Words.Of(role)), Phone: null, Email: null, Login: null);
        var opened = await AccountDesk.Open(Store, role, profile, merchant, "demo", [], Ct);
        return opened.Event is { } account ? new Caller(account.Id, role, merchant, profile.Name) : null;
    }

    private Task<Candidate?> Busiest(Role role, bool second)
    {
        // A merchant for whom it still matters when it answers.
        var recent = (Now - Hours.InPart).ToUnixTimeMilliseconds();
        var asked = new
        {
            role = Words.Of(role),
            recent,
            skip = second ? 1 : 0,
        };
        return Store.First<Candidate>(BusiestOf(role), asked, Ct);
    }

    private static string BusiestOf(Role role) =>
        role switch
        {
            Role.Claimant => """
                select a.id as Account, a.merchant as Merchant from complaints c
                join accounts a on a.id = c.claimant and a.live
                where c.status in ('replied', 'settled', 'inMediation') and a.role = @role
                order by case when c.status = 'replied' then 0 else 1 end, c.filed_at desc limit 1
                """,
            Role.Merchant => """
                select a.id as Account, a.merchant as Merchant from accounts a
                join complaints c on c.respondent = a.merchant and c.status = 'delivered'
                where a.role = @role and a.live
                group by a.id, a.merchant
                order by sum(case when c.delivered_at > @recent then 1 else 0 end) desc, count(*) desc, a.id limit 1
                """,
            Role.Reviewer => """
                select id as Account, merchant as Merchant from accounts where role = @role and live
                order by opened_at, id limit 1 offset @skip
                """,
            _ => """
                select id as Account, merchant as Merchant from accounts where role = @role and live
                order by id limit 1
                """,
        };

    private async Task<Guid?> BusiestMerchant()
    {
        var rows = await Store.Query<Guid>(
            """
            select respondent from complaints where status = 'delivered'
            group by respondent order by count(*) desc, respondent limit 1
            """,
            null,
            Ct
        );
        return rows.Count == 0 ? null : rows[0];
    }
}
