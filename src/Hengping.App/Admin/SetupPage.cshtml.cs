using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.Screening;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Passwords = Hengping.App.Accounts.SignIn;

namespace Hengping.App.Admin;

/// <summary>首次设置: who runs this site and its first admin, once, behind the key from the console.</summary>
[EnableRateLimiting(Limits.Guessing)]
public sealed class SetupPage(Store store, SetupKey setupKey, CurrentOperator house, WaysTrial trial) : HousePage(store)
{
    private const int NameMax = 60;
    private const int DepartmentsOffered = 2;

    /// <summary>One answer for no key, a wrong one, a used one and one of an earlier start.</summary>
    public static readonly Refusal BadLink = new(
        "setup.link",
        "这个设置链接无效：它只能用一次，程序重启后也会失效",
        "This set-up link is not valid: it works once, and not after a restart"
    );

    /// <summary>Somebody else was quicker.</summary>
    public static readonly Refusal Done = new(
        "setup.done",
        "设置已经完成，请用管理员账户登录",
        "Set-up is done already; sign in as the admin"
    );

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty]
    public OperatorForm Form { get; set; } = OperatorForm.Fresh();

    [BindProperty]
    public WaysForm Ways { get; set; } = new();

    [BindProperty]
    public List<DepartmentRow> Departments { get; set; } = [];

    [BindProperty]
    public string? AdminName { get; set; }

    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    /// <summary>The key opens; otherwise the page only says that it does not.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>What became of a test message.</summary>
    public Tried? Tried { get; private set; }

    /// <summary>The folded form about messages.</summary>
    public WaysShown WaysShown =>
        new(Ways, Faults, "/setup", Kept: null, Tried, trial.IsFixed(Channel.Email), trial.IsFixed(Channel.Sms));

    public async Task<IActionResult> OnGet()
    {
        Ways = WaysForm.Of(told: null);
        Departments = DepartmentRow.Of([], DepartmentsOffered);
        return await Opens() ? Page() : Shut();
    }

    /// <summary>The phrases as typed, or those that come with the program.</summary>
    public IReadOnlyDictionary<ScreeningKind, string> Phrases =>
        Enum.GetValues<ScreeningKind>()
            .ToDictionary(
                kind => kind,
                kind =>
                    Request.HasFormContentType && Request.Form.TryGetValue(ScreeningDraft.FieldOf(kind), out var typed)
                        ? typed.ToString()
                        : string.Join('\n', ScreeningList.Shipped.Of(kind))
            );

    /// <summary>Something in them is not as it came.</summary>
    public bool IsWordsTouched =>
        Enum.GetValues<ScreeningKind>()
            .Any(kind =>
                Phrases[kind].ReplaceLineEndings("\n").Trim() != string.Join('\n', ScreeningList.Shipped.Of(kind))
            );

    private IReadOnlyList<OperatorEvent> JudgeWords(FieldFaults faults)
    {
        var entries = ScreeningDraft.Check(Phrases.ToDictionary(w => w.Key, w => (string?)w.Value), faults);
        var issued = Operator.IssueWords(null, entries, reason: null, ScreeningList.Shipped.Version);
        return issued.Event is { } happened ? [happened] : [];
    }

    public Task<IActionResult> OnPostTestMail() => Test(Channel.Email);

    public Task<IActionResult> OnPostTestSms() => Test(Channel.Sms);

    public async Task<IActionResult> OnPost(string? password, IFormFile? logo)
    {
        if (!await Opens())
            return Shut();
        var faults = new FieldFaults();
        IReadOnlyList<OperatorEvent> described =
        [
            .. Operator.Describe(before: null, Form.ToDraft(), faults),
            .. await LogoDoor.Judge(logo, drop: false, before: null, faults, Ct),
            .. JudgeWords(faults),
        ];
        var profile = Admin(password ?? "", faults);
        var (mail, sms) = trial.Judge(Ways, kept: null, faults);
        var departments = DepartmentRow.Judge(Departments, faults);
        Fault(faults.All);
        if (!faults.None)
            return Again();
        IReadOnlyList<OperatorEvent> events = [.. described, .. Operator.SetWays(before: null, mail, sms)];
        if (departments.Count > 0)
            events = [.. events, new OperatorEvent.DepartmentsSet(departments)];
        var fresh = new Loaded<Operator>(OperatorBook.Stream, 0, 0, null);
        var settled = Store.Change(OperatorBook.Instance, fresh, Store.Now, "setup", events);
        var hash = new AccountEvent.PasswordSet { Hash = Passwords.HashPassword(password!) };
        var opened = AccountDesk.Opening(Store, Role.Admin, profile, merchant: null, "setup", [hash]);
        if (await Store.Append(new Commit([settled, opened]), Ct) is not Outcome.Done)
        {
            Fault("", Done);
            return Again();
        }
        setupKey.Burn();
        house.Forget();
        await Sessions.SignIn(HttpContext, new Caller(opened.Stream, Role.Admin, null, profile.Name));
        return Redirect("/admin");
    }

    // Tries what is typed about messages, and nothing else: the rest of the page may still be empty.
    private async Task<IActionResult> Test(Channel channel)
    {
        if (!await Opens())
            return Shut();
        var faults = new FieldFaults();
        Tried = await trial.Send(channel, Ways, kept: null, channel == Channel.Email ? Email : Phone, faults, Ct);
        Fault(faults.All);
        if (!faults.None)
            return Again();
        if (!Tried!.IsSent)
            Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private Profile Admin(string password, FieldFaults faults)
    {
        var name = faults.Line("adminName", AdminName, NameMax);
        faults.If(name is null, "adminName", Rules.Fields.Fault.Required);
        var login = PlainText.Plain(Login) ?? "";
        Password.Check(login, password, faults);
        var email = faults.Line("email", Email, 254);
        faults.If(email is not null && !MailAddress.Is(email), "email", Rules.Fields.Fault.Email);
        var phone = PhoneNumber.Normalise(Phone);
        var isBadPhone = phone is null && !string.IsNullOrWhiteSpace(Phone);
        faults.If(isBadPhone, "phone", Rules.Fields.Fault.Phone);
        return new Profile(name ?? "", phone, email, login);
    }

    private async Task<bool> Opens() => IsOpen = await setupKey.Opens(Key, Ct);

    private IActionResult Shut()
    {
        Fault("", BadLink);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}
