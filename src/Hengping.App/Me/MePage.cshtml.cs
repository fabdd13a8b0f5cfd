using System.Text.Json;
using Hengping.App.Accounts;
using Hengping.App.Appeals;
using Hengping.App.ClaimReports;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.JointComplaints;
using Hengping.App.Measures;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Hengping.App.Me;

/// <summary>A member of staff opened one of my cases, or saw it in a list.</summary>
public sealed record StaffView(string Number, string Who, DateTimeOffset At, bool InList);

/// <summary>我的: my complaints, my consents, who looked, my data.</summary>
public sealed partial class MePage(
    Store store,
    OwnApi ownApi,
    CaseTurns turns,
    Law law,
    IConfiguration configuration,
    ILogger<MePage> log
) : HousePage(store)
{
    private const int CasesShown = 20;

    private sealed record Mine(Guid Id, string Number);

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public CaseTable Table { get; private set; } = null!;

    /// <summary>What of measures and appeals is mine to do.</summary>
    public IReadOnlyList<TurnRow> Waiting { get; private set; } = [];
    public IReadOnlyList<CaseConsents> Consents { get; private set; } = [];
    public IReadOnlyList<StaffView> Views { get; private set; } = [];
    public Profile? Profile { get; private set; }
    public string? Done { get; private set; }

    /// <summary>If I left now, what is mine would be locked until then; null where it would be erased.</summary>
    public DateTimeOffset? KeptUntil { get; private set; }

    /// <summary>A code is on its way to my mail box.</summary>
    public bool IsMailSent { get; private set; }

    /// <summary>My mail address opens my account.</summary>
    public bool IsMailConfirmed { get; private set; }

    /// <summary>
    /// Claimants alone: staff are named and stopped by an admin, a merchant's people by its owner. Asked before
    /// whatever the page does, so that no new handler forgets it.
    /// </summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Me is null)
            context.Result = ToSignIn();
        else if (Me.Role != Role.Claimant)
            context.Result = HttpMethods.IsPost(Request.Method) ? Forbid() : Redirect(SignInPage.HomeOf(Me));
    }

    public async Task<IActionResult> OnGet(string? did)
    {
        IsMailSent = did == "mail";
        Done = did is "saved" or "mail" ? Texts.T(IsMailSent ? "me.mail.sent" : "me.saved") : null;
        await Read();
        return Page();
    }

    /// <summary>Everything held about me, as one file.</summary>
    public async Task<IActionResult> OnGetDownload()
    {
        var cases = new List<object>();
        foreach (var mine in await Cases(int.MaxValue))
        {
            var own = await ShowComplaint.Own(HttpContext, mine.Id, Ct);
            var together = await JointDesk.Of(Store, mine.Id, Ct) is { } id
                ? await JointDesk.Open(Store, id, Me!, Ct)
                : null;
            cases.Add(
                new
                {
                    mine.Number,
                    own.Case,
                    joint = together is null ? null : await JointView.Of(Store, together, Ct),
                    own.Events,
                }
            );
        }
        var all = await MyData.Download(Store, Me!, Ct);
        all["cases"] = JsonSerializer.SerializeToNode(cases, Cli.JsonFormat);
        return Handed(JsonSerializer.SerializeToUtf8Bytes(all, Cli.JsonFormat), "application/json", "hengping-me.json");
    }

    /// <summary>Gives or takes back what an open case may be used for.</summary>
    public Task<IActionResult> OnPostConsents(string number, bool call, bool publish) =>
        Change(number, given => given with { Call = call, Publish = publish });

    /// <summary>Withdraws one consent and leaves the others.</summary>
    public Task<IActionResult> OnPostWithdraw(string number, string consent) =>
        Change(
            number,
            given =>
                consent switch
                {
                    "passOn" => given with { PassOn = false },
                    "call" => given with { Call = false },
                    "publish" => given with { Publish = false },
                    "sensitive" => given with { Sensitive = false },
                    _ => given,
                }
        );

    private async Task<IActionResult> Change(string number, Func<Consents, Consents> change)
    {
        var id = await CaseNumbers.Find(Store, number, Ct);
        var complaint = (await Store.Load(ComplaintBook.Instance, id, Ct)).State;
        if (complaint?.Consents is not { } given || complaint.Claimant != Me!.Account)
            return NotFound();
        var body = change(given);
        return await Answer(await ownApi.Post(HttpContext, "/api/v1/complaints/{id}/consents", new { id }, body));
    }

    public async Task<IActionResult> OnPostCorrect(string? name, string? email)
    {
        var refusal = await MyData.Correct(Store, Me!, name ?? "", email, Ct);
        if (refusal is null)
        {
            await Sessions.SignIn(HttpContext, Me! with { Name = name!.Trim() });
            return Redirect("/me?did=saved");
        }
        Fault(refusal == MyData.BadName ? "contact.name" : "contact.email", refusal);
        await Read();
        return Again();
    }

    /// <summary>Sends a code to my mail address.</summary>
    public async Task<IActionResult> OnPostMailCode() =>
        await After(await MailWay.AskToConfirm(Store, Me!.Account, CallerAddress, Ct), "mail");

    /// <summary>The code came back: the address opens my account from now on.</summary>
    public async Task<IActionResult> OnPostMailConfirm(string? code) =>
        await After(await MailWay.Confirm(Store, Me!, CallerAddress, code, Ct), "saved");

    private async Task<IActionResult> After(Refusal? refusal, string did)
    {
        if (refusal is null)
            return Redirect("/me?did=" + did);
        Fault("", refusal);
        await Read();
        return Again();
    }

    public async Task<IActionResult> OnPostClose()
    {
        Decided<Erasure.Result> decided = await Erasure.HasOpen(Store, Me!.Account, Ct)
            ? Erasure.OpenCases
            : await Erasure.Leave(Store, Me.Account, ErasureByAge.YearsOf(configuration), Me.Author, Ct);
        if (decided.Event is { } erased)
        {
            if (erased.Fault is { } fault)
                LogUnfinished(log, fault);
            await Sessions.Leave(HttpContext);
            return Redirect(erased.ErasesOn is { } day ? $"/left?on={Shanghai.DayOf(day):yyyy-MM-dd}" : "/");
        }
        Fault("", decided.Refusal!);
        await Read();
        return Again();
    }

    private async Task<IActionResult> Answer(OwnAnswer answer)
    {
        if (answer.Ok)
            return Redirect("/me?did=saved");
        Faults[""] = answer.Title ?? "";
        await Read();
        return Again();
    }

    private async Task Read()
    {
        Profile = await AccountDesk.ProfileOf(Store, Me!.Account, Ct);
        KeptUntil = await Erasure.KeptUntil(Store, Me.Account, ErasureByAge.YearsOf(configuration), Ct);
        IsMailConfirmed = (await Store.Load(AccountBook.Instance, Me.Account, Ct)).State is { MailPrint: not null };
        Table = await CaseLists.Read(
            Store,
            WhoseCase.Own,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["account"] = Me.Account },
            "newest",
            Cursor,
            Party.Claimant,
            (Texts.T("me.empty"), Texts.T("me.empty.do")),
            Ct,
            turns: (ids, ct) => turns.Of(ids, Me, ct)
        );
        Waiting =
        [
            .. await MeasureTurns.Waiting(Store, Me, Ct),
            .. await AppealTurns.Waiting(Store, law, Me, Ct),
            .. await ClaimReportLooks.Waiting(Store, Me, Ct),
        ];
        // On a page: what is theirs to do, the earliest end first; then what waits for others; then the newest.
        Table = Table with
        {
            Rows =
            [
                .. Table
                    .Rows.OrderBy(row => row.Turn is { IsMine: true } ? 0 : 1)
                    .ThenBy(row => row.Turn?.Turn.By ?? DateTimeOffset.MaxValue),
            ],
        };
        var (consents, views) = (new List<CaseConsents>(), new List<StaffView>());
        var shown = 0;
        foreach (var mine in await Cases(int.MaxValue))
        {
            var complaint = (await Store.Load(ComplaintBook.Instance, mine.Id, Ct)).State;
            if (
                complaint is { Consents: { } given }
                && (!complaint.Ended || new Consents(false, false, false) != given)
            )
            {
                var merchant = await MerchantDirectory.Find(Store, complaint.Respondent, Ct);
                consents.Add(new CaseConsents(mine.Number, merchant?.Name ?? "", given, !complaint.Ended));
            }
            if (shown++ >= CasesShown)
                continue;
            foreach (var (at, role, inList) in await ReadShown.Of(Store, mine.Id, Ct))
                views.Add(new StaffView(mine.Number, Texts.T("role." + Words.Of(role)), at, inList));
        }
        Consents = consents;
        Views = [.. views.OrderByDescending(v => v.At).Take(CasesShown)];
    }

    private Task<IReadOnlyList<Mine>> Cases(int size) =>
        Store.Query<Mine>(
            $"""
            select c.id as Id, c.number as Number from complaints c where {WhoseCase.Own}
            order by c.filed_at desc limit @size
            """,
            new { account = Me!.Account, size },
            Ct
        );

    [LoggerMessage(Level = LogLevel.Warning, Message = "An erasure is recorded and not finished; its round goes on")]
    private static partial void LogUnfinished(ILogger log, Exception fault);
}
