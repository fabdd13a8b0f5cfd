using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Accounts;

/// <summary>工作人员: invite, change the role, stop, sign out, take a lost second factor off.</summary>
[Authorize(Platform.Sessions.AdminOnly)]
public sealed class StaffPage(Store store, SiteAddress site, CurrentOperator house, TokenCallers callers)
    : HousePage(store)
{
    /// <summary>Another admin was quicker.</summary>
    public static readonly Refusal NoLongerAdmin = new(
        "staff.no-longer-admin",
        "您的管理员权限刚刚被停用或更改",
        "Your right to administer has just been taken away or changed"
    );

    private const int NameMax = 60;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    public IReadOnlyList<StaffMember> Staff { get; private set; } = [];

    /// <summary>The operator asks staff for a second factor.</summary>
    public bool IsFactorAsked { get; private set; }

    /// <summary>The operator has said who it is; before that it asks for nothing.</summary>
    public bool IsSetUp { get; private set; }

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    /// <summary>The department somebody belongs to, where it still stands.</summary>
    public Department? DepartmentOf(StaffMember one) => Departments.FirstOrDefault(d => d.Code == one.State.Department);

    /// <summary>Staff who sign in by password alone.</summary>
    public int WithoutFactor => Staff.Count(one => one.SignsIn && !one.State.HasSecondFactor);

    /// <summary>A link, on the answer to the very request that made it.</summary>
    public string? Link { get; private set; }

    /// <inheritdoc/>
    public override bool ShowsOnce => Link is not null;

    /// <summary>Whose link it is.</summary>
    public string? LinkOf { get; private set; }

    /// <summary>What was done a moment ago.</summary>
    public string? Done { get; private set; }

    public Task OnGet(string? did)
    {
        Done = did is "done" ? Texts.T("admin.saved") : null;
        return Read();
    }

    /// <summary>Opens an account and shows the link by which its owner chooses the password.</summary>
    public async Task<IActionResult> OnPostOpen()
    {
        var faults = new FieldFaults();
        var name = faults.Line("adminName", Name, NameMax);
        faults.If(name is null, "adminName", Rules.Fields.Fault.Required);
        var login = PlainText.Plain(Login) ?? "";
        Password.CheckLogin(login, faults);
        var mail = faults.Line("email", Email, MailAddress.LengthMax);
        faults.If(mail is not null && !MailAddress.Is(mail), "email", Rules.Fields.Fault.Email);
        var role = Words.Parse<Role>(Role);
        faults.If(role is null || !StaffList.Roles.Contains(role.Value), "role", Rules.Fields.Fault.Unknown);
        Fault(faults.All);
        if (!faults.None)
            return await Once();
        var token = Invitations.NewToken();
        var invited = new AccountEvent.Invited(OneTimeLink.HashOf(token), Store.Now + Account.InvitationLives);
        var profile = new Profile(name!, Phone: null, mail, login);
        var opened = await AccountDesk.Open(Store, role!.Value, profile, null, Me!.Author, [invited], Ct);
        if (opened.Refusal is { } no)
            Fault("login", no);
        else
            Show(token, name!);
        return await Once();
    }

    /// <summary>A new link: for whoever let the first one lapse, or forgot the password.</summary>
    public async Task<IActionResult> OnPostLink(Guid id)
    {
        if (await Find(id) is not { } found)
            return NotFound();
        // A link sets a password without the old one: a session alone must not be enough for one's own.
        var (token, refusal) = found.IsSelf
            ? (null, Account.Oneself)
            : await Invitations.Make(Store, id, Me!.Author, Ct);
        if (refusal is { } no)
            Fault("", no);
        else
            Show(token!, found.Profile?.Name ?? "");
        return await Once();
    }

    public Task<IActionResult> OnPostSuspend(Guid id) => Do(id, account => account.Suspend());

    public Task<IActionResult> OnPostResume(Guid id) => Do(id, account => account.Resume());

    public Task<IActionResult> OnPostRole(Guid id) =>
        Words.Parse<Role>(Role) is { } role && StaffList.Roles.Contains(role)
            ? Do(id, account => account.ChangeRole(role))
            : Task.FromResult<IActionResult>(BadRequest());

    /// <summary>Puts somebody, oneself too, into a department that stands, or into none.</summary>
    public async Task<IActionResult> OnPostDepartment(Guid id, string? department)
    {
        var all = (await CurrentOperator.Load(Store, Ct))?.Departments ?? [];
        if (department is not null && all.All(one => one.Code != department))
            Fault("", Rules.Operators.Departments.Unknown);
        else if (await Find(id) is null)
            return NotFound();
        else if (await AccountDesk.Append(Store, id, account => account.Assign(department), Me!.Author, Ct) is { } no)
            Fault("", no);
        return Faults.Count > 0 ? await Once() : Redirect("/admin/staff?did=done");
    }

    /// <summary>强制退出. The person is told.</summary>
    public Task<IActionResult> OnPostSignOut(Guid id) =>
        Do(id, account => account.EndSessions(), AccountNotices.SignedOut);

    /// <summary>Takes every second factor off. The person is told.</summary>
    public Task<IActionResult> OnPostReset(Guid id) =>
        Do(id, account => account.ResetFactors(), AccountNotices.FactorsReset);

    /// <summary>Whether staff must have a second factor.</summary>
    public async Task<IActionResult> OnPostAsk(bool asked)
    {
        var loaded = await Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        if (loaded.State is not { } now)
            return NotFound();
        if (now.NeedsSecondFactor != asked)
        {
            OperatorEvent[] events = [new OperatorEvent.SecondFactorAsked(asked)];
            if (!await house.Append(loaded, events, Me!.Author, Ct))
            {
                Fault("", Problems.Raced);
                return await Once();
            }
        }
        return Redirect("/admin/staff?did=done");
    }

    private async Task<StaffMember?> Find(Guid id) =>
        (await StaffList.Read(Store, Me!.Account, Ct)).FirstOrDefault(one => one.Id == id);

    private async Task<IActionResult> Do(Guid id, Func<Account, Decided<AccountEvent>> decide, Wording? told = null)
    {
        if (await Find(id) is not { } found)
            return NotFound();
        Decided<AccountEvent> Judge(Account account) => found.IsSelf ? Account.Oneself : decide(account);
        var admin = new Right(Me!.Account, account => account.Role == Rules.Accounts.Role.Admin, NoLongerAdmin);
        if (await AccountDesk.Append(Store, id, Judge, Me.Author, admin, Ct) is { } no)
        {
            Fault("", no);
            return await Once();
        }
        callers.Forget();
        if (told is not null)
            await AccountNotices.Tell(Store, id, told, Ct);
        return Redirect("/admin/staff?did=done");
    }

    private void Show(string token, string name)
    {
        (Link, LinkOf) = (site.Shown(Invitations.PathOf(token)), name);
        Name = Login = Email = Role = null;
        ModelState.Clear();
    }

    private async Task<IActionResult> Once()
    {
        await Read();
        return Faults.Count > 0 ? Again() : Page();
    }

    private async Task Read()
    {
        Staff = await StaffList.Read(Store, Me!.Account, Ct);
        var now = await CurrentOperator.Load(Store, Ct);
        Departments = now?.Departments ?? [];
        (IsSetUp, IsFactorAsked) = (now is not null, now is { NeedsSecondFactor: true });
    }
}
