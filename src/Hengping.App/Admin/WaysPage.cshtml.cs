using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Admin;

/// <summary>短信与邮件: how messages leave the house, tried before it is saved. Secrets go in and never come out.</summary>
[Authorize(Platform.Sessions.AdminOnly), EnableRateLimiting(Limits.Guessing)]
public sealed class WaysPage(Store store, CurrentOperator house, WaysTrial trial) : HousePage(store)
{
    private Operator? kept;
    private Tried? tried;

    [BindProperty]
    public WaysForm Form { get; set; } = new();

    /// <summary>Something was saved a moment ago.</summary>
    public bool Saved { get; private set; }

    /// <summary>The form with what goes with it.</summary>
    public WaysShown Shown =>
        new(Form, Faults, "/admin/ways", kept, tried, trial.IsFixed(Channel.Email), trial.IsFixed(Channel.Sms));

    public async Task OnGet(string? did)
    {
        Saved = did == "saved";
        kept = await StoredWays.Told(Store, Ct);
        Form = WaysForm.Of(kept);
        var me = await AccountDesk.ProfileOf(Store, Me!.Account, Ct);
        (Form.MailTo, Form.SmsTo) = (me?.Email, me?.Phone);
    }

    public async Task<IActionResult> OnPostSave()
    {
        // Loaded before it is told: whoever is quicker than this judgement wins, and is not written over.
        var loaded = await Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        kept = await StoredWays.Told(Store, Ct);
        var faults = new FieldFaults();
        var (mail, sms) = trial.Judge(Form, kept, faults);
        Fault(faults.All);
        if (!faults.None)
            return Again();
        var events = Operator.SetWays(kept, mail, sms);
        if (events.Count > 0 && !await house.Append(loaded, events, Me!.Author, Ct))
        {
            Fault("", Problems.Raced);
            return Again();
        }
        return Redirect("/admin/ways?did=saved");
    }

    public Task<IActionResult> OnPostTestMail() => Test(Channel.Email);

    public Task<IActionResult> OnPostTestSms() => Test(Channel.Sms);

    private async Task<IActionResult> Test(Channel channel)
    {
        kept = await StoredWays.Told(Store, Ct);
        var faults = new FieldFaults();
        tried = await trial.Send(channel, Form, kept, instead: null, faults, Ct);
        Fault(faults.All);
        if (!faults.None)
            return Again();
        if (!tried!.IsSent)
            Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
