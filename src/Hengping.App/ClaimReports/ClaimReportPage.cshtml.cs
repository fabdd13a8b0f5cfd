using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.ClaimReports;

/// <summary>一件举报: what is alleged and what was said to it, then what can be done, for each side what is theirs.
/// </summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed class ClaimReportPage(Store store, Law law, EvidenceShelf shelf, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/claim-reports/{id:guid}/";

    private static readonly Dictionary<string, string> Doors = new(StringComparer.Ordinal)
    {
        ["withdraw"] = "withdraw",
        ["state"] = "state",
        ["appeal"] = "appeal",
        ["admit"] = "admit",
        ["ask"] = "ask",
        ["decide"] = "decide",
        ["review"] = "appeal/decide",
        ["revoke"] = "revoke",
    };

    private sealed record FileRow(Guid Id, string MediaType);

    public ClaimReportView Report { get; private set; } = null!;
    public ClaimReportSide Side { get; private set; }
    public IReadOnlyList<Proof> MerchantsFiles { get; private set; } = [];
    public IReadOnlyList<Proof> ClaimantsFiles { get; private set; } = [];
    public IReadOnlyList<Guid> Kept { get; private set; } = [];

    /// <summary>Whoever reads decided it, and another has to go on.</summary>
    public bool IsOwnDecision { get; private set; }

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>The act whose form comes back with faults.</summary>
    public string? Tried { get; private set; }

    /// <summary>A decision with no fault was sent: it is looked over before it goes.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string act, string field) => Tried == act ? Request.Form[field].ToString() : null;

    /// <summary>Ticked in the form that comes back.</summary>
    public bool IsTicked(string field, string value) => Tried is not null && Request.Form[field].Contains(value);

    /// <summary>Faults of a form, only where it is the one that comes back.</summary>
    public Dictionary<string, string>? FaultsOf(string act) => Tried == act ? Faults : null;

    /// <summary>What a decision does, and whom it is told.</summary>
    public LastLook Look
    {
        get
        {
            string[] real = Request.Form["defect"] == "real" ? [Texts.T("claiming.sure.real")] : [];
            return new LastLook(Texts.T("claiming.decide.sure"))
            {
                Sent = LastLook.Typed(Request.Form),
                IsGrave = true,
                Follows =
                [
                    Texts.T("claiming.sure." + (Request.Form["outcome"] == "upheld" ? "upheld" : "rejected")),
                    .. real,
                    Texts.T("claiming.sure.told"),
                ],
                Said = [Request.Form["reason"].ToString()],
            };
        }
    }

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        if (await Open(id) is { } instead)
            return instead;
        Done = did == "filed" || Doors.ContainsKey(did ?? "") ? Texts.T("claiming.did." + did) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? act, IFormCollection form)
    {
        if (await Open(id) is { } instead)
            return instead;
        if (act is null || !Doors.TryGetValue(act, out var word))
            return Forbid();
        if (!ownApi.May(HttpMethods.Post, Door + word, Me!.Role))
            return Forbid();
        Tried = act;
        // Looked over, and to be changed before it goes.
        if (form.ContainsKey("change"))
        {
            AtField = "decide";
            return Page();
        }
        if (act is "state" or "appeal" && !await Keep(form))
            return Again();
        var answer = await ownApi.Post(HttpContext, Door + word, new { id }, BodyOf(act, form));
        if (answer.Ok)
            return Redirect($"/claim-reports/{id:D}?did={act}");
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Code == ClaimReport.LookFirstCode)
            (IsLooking, AtField) = (true, "look");
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task<bool> Keep(IFormCollection form)
    {
        var known = form["evidence"].Select(id => Guid.TryParse(id, out var one) ? one : Guid.Empty);
        var (now, no) = await UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me!), form.Files, Ct);
        Kept = [.. known.Where(one => one != Guid.Empty), .. now];
        if (no is not null)
            Fault("evidence", no);
        return no is null;
    }

    private object BodyOf(string act, IFormCollection form) =>
        act switch
        {
            "state" or "appeal" => new { text = form["text"].ToString(), evidence = Kept },
            "ask" => new { question = form["question"].ToString() },
            "decide" => new
            {
                outcome = form["outcome"].ToString(),
                grounds = form["grounds"].ToArray(),
                defect = form["defect"].ToString(),
                reason = form["reason"].ToString(),
                asksFirst = !form.ContainsKey("looked"),
            },
            "review" => new { outcome = form["outcome"].ToString(), reason = form["reason"].ToString() },
            "revoke" => new { reason = form["reason"].ToString() },
            _ => new { },
        };

    // Null where it is shown.
    private async Task<IActionResult?> Open(Guid id)
    {
        if (Me is null)
            return ToSignIn();
        if (!ClaimReportOpened.Readers.Contains(Me.Role))
            return Forbid();
        if (await ClaimReportOpened.Open(Store, law, id, Me, Ct) is not { } opened)
            return NotFound();
        Response.Headers.CacheControl = "no-cache, no-store";
        (Side, Report) = (opened.Side, await ClaimReportView.Of(opened, Ct));
        IsOwnDecision =
            Side == ClaimReportSide.Desk
            && Report.Status is ClaimReportStatus.Appealed or ClaimReportStatus.InEffect
            && opened.Report.Decider == Me.Account;
        MerchantsFiles = await Files([.. (Report.Merchants?.Proofs ?? []).Select(proof => proof.File)]);
        ClaimantsFiles = await Files(Report.ClaimantFiles ?? []);
        return null;
    }

    private async Task<IReadOnlyList<Proof>> Files(IReadOnlyList<Guid> ids)
    {
        if (ids.Count == 0)
            return [];
        var rows = await Store.Query<FileRow>(
            "select id as Id, media_type as MediaType from evidence where id in @ids",
            new { ids },
            Ct
        );
        return [.. rows.Select(row => new Proof(row.Id, row.MediaType, null))];
    }
}
