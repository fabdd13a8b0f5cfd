using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.Reports;
using Hengping.App.Taxonomies;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Intake;

/// <summary>
/// 投诉: four steps, one question at a time, and a last one to check all answers; filed through the same door as the API.
/// </summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed partial class FilePage(Store store, EvidenceShelf shelf, OwnApi ownApi) : HousePage(store)
{
    private const int Contact = 4;
    private const int Steps = 5;
    private static readonly string[] OfGoods =
    [
        "quality",
        "counterfeit",
        "not-as-described",
        "after-sales",
        "return-exchange",
        "logistics",
        "shipping",
    ];

    private static Taxonomies.Taxonomies Lists => Taxonomies.Taxonomies.Current;

    public FileForm Form { get; set; } = new();

    public int Step { get; private set; } = 1;

    /// <summary>Sending the last step twice files once.</summary>
    public string Key { get; private set; } = Guid.NewGuid().ToString("N");
    public bool CodeSent { get; private set; }
    public IReadOnlyList<Option> Sectors => [.. Lists.Sectors.Select(OptionOf)];
    public IReadOnlyList<Option> Problems => [.. Lists.Problems.Where(p => p.Side == Words.Of(Side)).Select(OptionOf)];
    public IReadOnlyList<Option> Demands => [.. Lists.Demands.Select(OptionOf)];
    public IReadOnlyList<Option> Breaches => [.. Lists.Breaches.Select(OptionOf)];
    public IReadOnlyList<Option> Provinces => [.. Lists.Regions.Select(OptionOf)];

    /// <summary>A merchant's people complain for it, against a platform; everybody else for themselves.</summary>
    public Side Side => Me is { Role: Role.Merchant } ? Side.Merchant : Side.Consumer;

    /// <summary>Which proof helps: by kind of problem.</summary>
    public string ProofKind =>
        OfGoods.Contains(Form.Problem) ? "goods"
        : Form.Problem is "refund" or "order" or "ticket-fee" ? "refund"
        : "other";

    /// <summary>How this merchant has dealt with this kind of problem; null before both are known.</summary>
    public string? Expected { get; private set; }

    /// <summary>Everything typed in other steps.</summary>
    public IEnumerable<(string Name, string Value)> Carried() => Form.Carried(Step);

    /// <summary>Whatever led to a step: what to expect is read once, before it is shown.</summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var done = await next();
        if (done.Result is PageResult && Step <= 2 && Form is { RespondentId: { } whom, Problem: { Length: > 0 } what })
            Expected = (await Expectation.Read(Store, whom, what, Words.Of(Side), Ct))?.Sentence();
    }

    public async Task<IActionResult> OnGet(Guid? respondentId, string? problem)
    {
        if (!MayFile)
            return Forbid();
        if (TypedBefore is { } before)
            return await AsTyped(before);
        if (problem is not null && Lists.Codes.Problems(Side).Contains(problem))
            Form.Problem = problem;
        if (respondentId is { } id && await MerchantDirectory.Find(Store, id, Me, Ct) is { } known)
        {
            (Form.RespondentId, Form.RespondentName, Form.Sector) = (id, known.Name, known.Sector);
            await Suggest();
        }
        return Page();
    }

    public async Task<IActionResult> OnPost(int step, string? go, string? key, string? code, IFormCollection form)
    {
        if (!MayFile)
            return Forbid();
        Step = Math.Clamp(step, 1, Steps);
        Key = string.IsNullOrEmpty(key) ? Key : key;
        CodeSent = Me is null && form.ContainsKey(CodeIsSent);
        // What stands in the form, and nothing of the address it was opened by: that would come back at every step,
        // in place of what was typed over it and of boxes nobody ticked.
        var typed = new FormValueProvider(BindingSource.Form, form, CultureInfo.CurrentCulture);
        await TryUpdateModelAsync(Form, "", typed, _ => true);
        if (go != "file" && await FiledBefore() is { } receipt)
            return Redirect(receipt);
        if (!await KeepFiles(form.Files))
            return Again();
        // A code that stands there is said by going on: nobody has to press another button first.
        if (go is "next" or "file" && CodeSent && !string.IsNullOrWhiteSpace(code) && !await IsEntered(code))
            return Again();
        switch (go)
        {
            case "key":
                return await OnEnter(code);
            case "find":
                if (await IsRenamed())
                    Form.RespondentId = null;
                await Suggest();
                ChooseTheOnly();
                AtField = FaultIds.Field(Suggestions.Count > 0 ? "respondentId" : "respondent");
                IsUnknown = Suggestions.Count == 0 && !string.IsNullOrWhiteSpace(Form.RespondentName);
                return Page();
            case "code":
                return await SendCode();
            case "enter":
                return await EnterCode(code);
            case "resume":
                await Suggest();
                await Prefill();
                return Page();
            case "back":
                Step = Math.Max(1, Step - 1);
                await Suggest();
                return Page();
            case "file" when Step >= Contact:
                return await File();
            case { } change when change.StartsWith("change-", StringComparison.Ordinal):
                return await ToChange(change["change-".Length..]);
            default:
                return await Next();
        }
    }

    private async Task<IActionResult> Next()
    {
        if (await IsRenamed())
            Form.RespondentId = null;
        // Whoever was signed out meanwhile can still change the number; it is proved before the complaint goes.
        if (Step == Contact && Me is null && Form.SignInPhone is { } phone)
            Form.ContactPhone = phone;
        var isAsked =
            Step == 1 && Form.RespondentId is null && (IsShownForAnother || !Request.Form.ContainsKey("respondentId"));
        if (isAsked)
        {
            await Suggest();
            Form.RespondentId = Meant();
        }
        // Whose sector is known need not be asked for it.
        if (Step == 1 && Form.RespondentId is { } chosen && await MerchantDirectory.Find(Store, chosen, Ct) is { } one)
            Form.Sector ??= one.Sector;
        Check();
        if (isAsked && Form.RespondentId is null && Suggestions.Count > 0)
        {
            // The sector is a question where it is none of these.
            Faults.Remove("sector");
            ChooseTheOnly();
            return Faults.Count > 0 ? Again() : Page();
        }
        if (Faults.Count > 0)
        {
            await Suggest();
            return Again();
        }
        if (Form.RespondentId is { } id && await MerchantDirectory.Find(Store, id, Ct) is { } known)
            Form.RespondentName = known.Name;
        Step = Form.Reviewed ? Steps : Math.Min(Steps, Step + 1);
        Form.Reviewed |= Step == Steps;
        await Prefill();
        return Page();
    }

    // Where one answer is given: its step, and the field in it.
    private async Task<IActionResult> ToChange(string asked)
    {
        var at = asked.Split(Answer.Part, 2);
        Step = int.TryParse(at[0], CultureInfo.InvariantCulture, out var to) ? Math.Clamp(to, 1, Contact) : Step;
        AtField = at.Length > 1 ? at[1] : null;
        await Suggest();
        return Page();
    }

    private async Task<IActionResult> File()
    {
        if (Me is null)
        {
            Faults["phone"] = Texts.T("file.phone.verify");
            return Again();
        }
        // A draft of before it was asked, or a form put together elsewhere: nobody files here without having said it.
        if (!Form.IsDangerSaid)
            Fault("danger", Rules.Fields.Fault.Required);
        if (!Form.PassOn)
            Fault("consents.passOn", Rules.Fields.Fault.PassOn);
        if (!Form.LiabilityAccepted)
            Fault("liabilityAccepted", Rules.Fields.Fault.Liability);
        var answer =
            Faults.Count > 0
                ? null
                : await ownApi.Post(HttpContext, "/api/v1/complaints", new { }, Form.ToBody(Side), Key);
        if (answer?.Ok == true)
        {
            if (answer.Body.TryGetProperty("report", out var report))
                TempData[ReceiptPage.ReportKey] = new ReportPair(
                    report.GetProperty("number").GetString()!,
                    report.GetProperty("code").GetString()!
                ).ToString();
            return Redirect(ReceiptOf(answer.Body));
        }
        // Filed, gone back to, and changed: it is filed as it was.
        if (await FiledBefore() is { } receipt)
            return Redirect(receipt);
        foreach (var (field, said) in answer?.Errors ?? new Dictionary<string, string>())
            Faults.TryAdd(field is "respondent.name" or "respondent.id" ? "respondent" : field, said);
        if (Faults.Count == 0)
            Faults[""] = answer?.Title ?? "";
        else
            Step = Faults.Keys.Min(FileForm.StepOf);
        Key = Guid.NewGuid().ToString("N");
        await Suggest();
        return Again();
    }

    private async Task Prefill()
    {
        if (Step != Contact || Me is null)
            return;
        var profile = await AccountDesk.ProfileOf(Store, Me.Account, Ct);
        Form.ContactName ??= profile?.Name;
        Form.ContactPhone ??= profile?.Phone;
        Form.ContactEmail ??= profile?.Email;
    }

    private async Task<bool> KeepFiles(IReadOnlyList<IFormFile> files)
    {
        if (Me is null || files.Count == 0)
            return true;
        var (ids, refusal) = await UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me), files, Ct);
        Form.Evidence.AddRange(ids);
        if (refusal is null)
            return true;
        Fault("evidence", refusal);
        return false;
    }

    private static Option OptionOf(Choice choice) => new(choice.Code, Names.Of(choice), choice.Parent);
}
