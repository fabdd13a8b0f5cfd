using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Reports;

/// <summary>查举报进展: with number and code, what became of it, and a form to add more.</summary>
[EnableRateLimiting(Limits.GuessingUnseen)]
[LargeBody(FileForms.NamelessBytesMax)]
public sealed class FollowPage(Store store, Law law, EvidenceShelf shelf, CurrentOperator house) : HousePage(store)
{
    private const string PairKey = "report-pair";
    private const string DidKey = "report-did";

    /// <summary>What was said of where the files come from, when the form comes back.</summary>
    public (string? Made, string? From) OriginTyped =>
        Request.HasFormContentType ? (Request.Form["made"], Request.Form["from"]) : default;

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The report of a right pair.</summary>
    public ReportProgress? Found { get; private set; }

    /// <summary>Text key of what was done a moment ago.</summary>
    public string? Did { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        Hide();
        if (ReportPair.TakeFrom(TempData[PairKey]) is not { } pair)
            return Page();
        (Number, Code) = (pair.Number, pair.Code);
        var did = TempData[DidKey] as string;
        Did = await Enter() is null ? null : did;
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        Hide();
        return await Enter() is null ? Again() : Page();
    }

    public async Task<IActionResult> OnPostAdd(IFormCollection form)
    {
        Hide();
        if (await Enter() is not { } id)
            return Again();
        var files = form.Files.Where(f => f.Length > 0).ToList();
        var faults = new FieldFaults();
        var text = faults.Text("text", Text, files.Count > 0 ? 0 : 1, Report.TextMax);
        var origin = OriginIn(form, faults);
        faults.If(
            files.Count > FileForms.NamelessFilesMax,
            "evidence",
            Rules.Fields.Fault.TooMany(FileForms.NamelessFilesMax)
        );
        Fault(faults.All);
        if (Faults.Count > 0)
            return Again();
        var uploader = ReportFiles.BringerOf(id, CallerAddress);
        var (ids, changes, refused) = await ReportFiles.Keep(shelf, uploader, files, Ct);
        if (refused is not null)
        {
            Fault("evidence", refused);
            return Again();
        }
        if (await FollowReport.Append(Store, id, text, new BroughtFiles(ids, changes, origin), Ct) is { } no)
        {
            foreach (var change in changes)
                shelf.Forget(change);
            Fault("", no);
            return Again();
        }
        return Done("report.added");
    }

    public async Task<IActionResult> OnPostWithdraw()
    {
        Hide();
        if (await Enter() is not { } id)
            return Again();
        if (await FollowReport.TakeBack(Store, id, Ct) is { } no)
        {
            Fault("", no);
            return Again();
        }
        return Done("report.withdrawn");
    }

    /// <summary>What the part <c>FileOrigin</c> of a form says.</summary>
    internal static FileOrigin? OriginIn(IFormCollection form, FieldFaults faults)
    {
        bool? made = form["made"].ToString() switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };
        return FileOrigin.Of(made, form["from"], faults);
    }

    // Reloading the next page sends nothing again.
    private RedirectResult Done(string did)
    {
        TempData[PairKey] = new ReportPair(Found!.Number, Code!).ToString();
        TempData[DidKey] = did;
        return Redirect("/report/follow");
    }

    private async Task<Guid?> Enter()
    {
        var (id, slow) = await FollowReport.Open(Store, Number ?? "", Code ?? "", Ct);
        if (slow is not null)
            Fault("", slow);
        else if (id is null)
            Fault("", FollowReport.Wrong);
        else
            Found = await ReportProgress.Of(Store, law, id.Value, (await house.Now(Ct))?.Sign?.Kind, Ct);
        return id;
    }

    // Whoever uses the same machine next finds nothing of it.
    private void Hide()
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
        Response.Headers["X-Robots-Tag"] = "noindex";
        Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
