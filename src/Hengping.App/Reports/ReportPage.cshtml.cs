using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Reports;

/// <summary>举报: one page, with or without a name, for anyone. Nothing is kept before it is sent.</summary>
[EnableRateLimiting(Limits.Writing)]
[LargeBody(FileForms.NamelessBytesMax)]
public sealed class ReportPage(Store store, Law law, EvidenceShelf shelf) : HousePage(store)
{
    /// <summary>Where the receipt waits for the next page, sealed, in the reader's own cookie.</summary>
    public const string ReceiptKey = "report-receipt";

    private const int SuggestionsMax = 6;

    /// <summary>What was said of where the files come from, when the form comes back.</summary>
    public (string? Made, string? From) OriginTyped =>
        Request.HasFormContentType ? (Request.Form["made"], Request.Form["from"]) : default;

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? RespondentName { get; set; }

    [BindProperty]
    public Guid? RespondentId { get; set; }

    [BindProperty]
    public string? Breach { get; set; }

    [BindProperty]
    public string? Story { get; set; }

    [BindProperty]
    public string? ContactName { get; set; }

    [BindProperty]
    public string? ContactPhone { get; set; }

    [BindProperty]
    public string? Said { get; set; }

    /// <summary>What was reported before about the same respondent and breach.</summary>
    public FirstReport? First { get; private set; }

    /// <summary>Sending the form twice reports once.</summary>
    public string Key { get; private set; } = Guid.NewGuid().ToString("N");

    public IReadOnlyList<Option> Breaches =>
        [.. Taxonomies.Taxonomies.Current.Breaches.Select(b => new Option(b.Code, Names.Of(b)))];

    /// <summary>Entries one may mean.</summary>
    public IReadOnlyList<MerchantRow> Suggestions { get; private set; } = [];

    /// <summary>Files were chosen, and the browser forgets them.</summary>
    public bool HadFiles { get; private set; }

    private bool IsNamed => How == "named";

    public async Task OnGet(Guid? respondentId)
    {
        if (respondentId is { } id && await MerchantDirectory.Find(Store, id, Me, Ct) is { } known)
            RespondentName = known.Name;
    }

    public async Task<IActionResult> OnPost(string? go, string? key, IFormCollection form)
    {
        Key = key is { Length: > 0 and <= 64 } ? key : Key;
        HadFiles = form.Files.Any(f => f.Length > 0);
        if (go == "find")
        {
            if (!string.IsNullOrWhiteSpace(RespondentName))
                Suggestions = await MerchantSearch.Find(Store, RespondentName, SuggestionsMax, Me, Ct);
            return Page();
        }
        var (respondent, draft) = await Check(form);
        if (Faults.Count > 0)
            return Again();
        return await Send(respondent, draft, form.Files);
    }

    private async Task<(Guid? Respondent, ReportDraft Draft)> Check(IFormCollection form)
    {
        var (files, faults) = (form.Files, new FieldFaults());
        faults.If(How is not ("anonymous" or "named"), "how", Rules.Fields.Fault.Required);
        var (id, name) = await FileReport.Whom(Store, new(RespondentId, RespondentName), faults, Ct);
        var typed = new ReportDraft(Breach, Story, !IsNamed, name, ContactName, ContactPhone);
        var draft = Report.Check(typed, Taxonomies.Taxonomies.Current.BreachCodes, faults) with
        {
            Origin = FollowPage.OriginIn(form, faults),
        };
        faults.If(
            files.Count > FileForms.NamelessFilesMax,
            "evidence",
            Rules.Fields.Fault.TooMany(FileForms.NamelessFilesMax)
        );
        foreach (var (field, refusal) in faults.All)
            Fault(FieldOf(field), refusal);
        // The form comes back with the entry's own name, which finds it again and may be typed over.
        if (id is not null)
            (RespondentName, RespondentId) = (name, null);
        return (id, draft);
    }

    private async Task<IActionResult> Send(Guid? respondent, ReportDraft draft, IFormFileCollection files)
    {
        var caller = IsNamed ? Me : null;
        var id = Guid.NewGuid();
        string?[] said = [draft.Breach, draft.Text, draft.RespondentName, draft.Name, draft.Phone];
        var seed = ReportKeys.SeedOf(caller, Key, said);
        var again = FileReport.AgainOf(Said, new FieldFaults());
        if (caller is not null && again != ReportAgain.OtherMatter)
            First = await RepeatedReports.Find(Store, caller.Account, respondent, draft, seed, Ct);
        if (First is not null && again is null)
        {
            Fault("again", Rules.Fields.Fault.Required);
            return Again();
        }
        // Files of somebody without a name belong to the report itself.
        var uploader = caller is null ? ReportFiles.BringerOf(id, CallerAddress) : EvidenceShelf.Bringer.Known(caller);
        var (evidence, changes, refused) = await ReportFiles.Keep(shelf, uploader, files, Ct);
        if (refused is not null)
        {
            Fault("evidence", refused);
            return Again();
        }
        var whole = draft with { Respondent = respondent, Evidence = evidence, Earlier = First?.Number };
        var sending = new FileReport.Sending(whole, caller) { Id = id, Also = changes };
        var (receipt, _) = First is { IsOpen: true } open
            ? await Merged(open, draft, new BroughtFiles(evidence, changes, draft.Origin))
            : await FileReport.File(Store, law, seed, sending, Ct);
        if (receipt is null)
        {
            foreach (var change in changes)
                shelf.Forget(change);
            if (Faults.Count == 0)
                Fault("", Problems.Raced);
            return Again();
        }
        TempData[ReceiptKey] = $"{receipt.Number}|{receipt.Code}";
        return Redirect(receipt.Merged == true ? "/report/done?merged=true" : "/report/done");
    }

    // Sent twice it is added once: the key of the form is kept with it.
    private async Task<(ReportReceipt?, IResult?)> Merged(FirstReport first, ReportDraft draft, BroughtFiles files)
    {
        var once = new Idempotent($"{first.Id:D}", Key, [], StatusCodes.Status200OK, [], Location: null);
        var (receipt, no) = await RepeatedReports.Merge(Store, law, first, draft.Text!, files, once, Ct);
        if (no is not null)
            Fault("", no);
        return (receipt, null);
    }

    private static string FieldOf(string field) =>
        field switch
        {
            "text" => "story",
            "respondent.id" or "respondent.name" => "respondent",
            _ => field,
        };
}
