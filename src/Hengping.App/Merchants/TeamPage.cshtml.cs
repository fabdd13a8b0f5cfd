using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Hengping.App.Merchants;

/// <summary>团队: who answers for a merchant. Owners change it; everybody says when they are away.</summary>
public sealed class TeamPage(Store store, SiteAddress site, TokenCallers callers) : HousePage(store)
{
    private const string Here = "/merchant/team";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public List<Guid> Shop { get; set; } = [];

    public MerchantRow Merchant { get; private set; } = null!;
    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];
    public IReadOnlyList<ShopChoice> Shops { get; private set; } = [];

    /// <summary>Whoever looks.</summary>
    public Colleague Mine => Colleagues.First(one => one.IsSelf);

    /// <summary>May change the team.</summary>
    public bool IsOwner => Me!.Team == TeamRole.Owner;

    /// <summary>A link, on the answer to the very request that made it.</summary>
    public string? Link { get; private set; }

    /// <summary>The first day away, as typed.</summary>
    public string? From { get; private set; }

    /// <summary>The last day away, as typed.</summary>
    public string? To { get; private set; }

    /// <inheritdoc/>
    public override bool ShowsOnce => Link is not null;

    /// <summary>What was done a moment ago.</summary>
    public string? Done { get; private set; }

    /// <summary>Nobody but a merchant's people gets past here.</summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (Me is null)
            context.Result = ToSignIn();
        else if (Me is not { Role: Rules.Accounts.Role.Merchant, Merchant: { } merchant })
            context.Result = Forbid();
        else if (await MerchantDirectory.Find(Store, merchant, Ct) is not { } found)
            context.Result = NotFound();
        else
        {
            Merchant = found;
            await next();
        }
    }

    public async Task OnGet(string? did)
    {
        Done = did == "done" ? Texts.T("admin.saved") : null;
        await Read();
    }

    public Task<IActionResult> OnPostInvite() =>
        Owned(async () =>
        {
            var faults = new FieldFaults();
            var asked = new Team.Invited(Name, Phone, Role, Shop);
            Link = await Team.Invite(Store, site, Merchant, asked, Me!, faults, Ct);
            Fault(faults.All);
            return await Once();
        });

    public Task<IActionResult> OnPostLink(Guid id) =>
        Owned(async () =>
        {
            await Read();
            if (Colleagues.FirstOrDefault(one => one.Id == id) is not { } colleague)
                return NotFound();
            // A link sets a password without the old one: a session alone must not be enough for one's own.
            var (link, refusal) = colleague.IsSelf
                ? (null, Account.Oneself)
                : await Team.InviteAgain(Store, site, Merchant, colleague, Me!, Ct);
            Link = link;
            if (refusal is { } no)
                Fault("", no);
            return await Once();
        });

    public Task<IActionResult> OnPostRole(Guid id) =>
        Words.Parse<TeamRole>(Role) is { } role
            ? Change(id, account => account.ChangeTeamRole(role))
            : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostShops(Guid id) =>
        Owned(async () =>
        {
            var faults = new FieldFaults();
            var shops = await Team.Known(Store, Merchant.Id, Shop, faults, Ct);
            Fault(faults.All);
            return faults.None ? await Change(id, account => account.LimitTo(shops)) : await Once();
        });

    public Task<IActionResult> OnPostRemove(Guid id) => Change(id, account => account.LeaveTeam());

    /// <summary>Whoever is away says so; the colleague sees and answers what was theirs meanwhile.</summary>
    public async Task<IActionResult> OnPostAway(string? from, string? to, Guid cover)
    {
        await Read();
        if (!Colleagues.Any(one => one.Id == cover && !one.IsSelf && one.State.Team != TeamRole.ReadOnly))
            Fault("cover", Account.BadAbsence);
        var (first, last) = (DayOf(from), DayOf(to));
        if (first is null)
            Fault("from", Rules.Fields.Fault.Required);
        if (last is null)
            Fault("to", Rules.Fields.Fault.Required);
        (From, To) = (from, to);
        if (Faults.Count > 0)
            return Again();
        var (begins, ends) = (Shanghai.StartOf(first!.Value), Shanghai.StartOf(last!.Value.AddDays(1)));
        return await Own(account => account.GoAway(begins, ends, cover, Now));
    }

    public Task<IActionResult> OnPostBack() => Own(account => account.ComeBack());

    /// <summary>每日摘要, to a mail address of one's own.</summary>
    public async Task<IActionResult> OnPostDigest(bool wanted, string? email)
    {
        if (wanted)
        {
            var mail = PlainText.Line(email) ?? "";
            if (!MailAddress.Is(mail))
            {
                Fault("email", Rules.Fields.Fault.Email);
                return await Once();
            }
            var profile = await AccountDesk.ProfileOf(Store, Me!.Account, Ct);
            if (profile is not null && profile.Email != mail)
            {
                var corrected = profile with { Email = mail };
                var author = Me.Author;
                await AccountDesk.Append(Store, Me.Account, a => a.Correct(corrected), author, Ct);
            }
        }
        return await Own(account => account.WantsDigest == wanted ? Account.AsItWas : account.SetDigest(wanted));
    }

    private static DateOnly? DayOf(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1900 and < 9000
            ? day
            : null;

    private async Task<IActionResult> Owned(Func<Task<IActionResult>> then)
    {
        if (IsOwner)
            return await then();
        Fault("", Team.OwnersOnly);
        await Read();
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    private Task<IActionResult> Change(Guid id, Func<Account, Decided<AccountEvent>> decide) =>
        Owned(async () =>
        {
            await Read();
            if (Colleagues.FirstOrDefault(one => one.Id == id) is not { } colleague)
                return NotFound();
            Decided<AccountEvent> Judge(Account account) => colleague.IsSelf ? Account.Oneself : decide(account);
            return await Answer(await AccountDesk.Append(Store, id, Judge, Me!.Author, Team.Right(Me), Ct));
        });

    private async Task<IActionResult> Own(Func<Account, Decided<AccountEvent>> decide) =>
        await Answer(await AccountDesk.Append(Store, Me!.Account, decide, Me.Author, Ct));

    private async Task<IActionResult> Answer(Refusal? refusal)
    {
        callers.Forget();
        if (refusal is null || refusal == Account.AsItWas)
            return Redirect(Here + "?did=done");
        Fault("", refusal);
        return await Once();
    }

    private async Task<IActionResult> Once()
    {
        await Read();
        return Faults.Count > 0 ? Again() : Page();
    }

    private async Task Read()
    {
        Colleagues = await Team.Read(Store, Merchant.Id, Me!.Account, Ct);
        Shops = await Team.Shops(Store, Merchant.Id, Ct);
    }
}
