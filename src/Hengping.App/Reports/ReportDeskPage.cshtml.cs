using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Evidence;
using Hengping.Rules.Operators;
using Hengping.Rules.Reports;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Reports;

/// <summary>One report on the desk, with what can be done to it; every opening is recorded.</summary>
public sealed class ReportDeskPage(Store store, Law law, OwnApi ownApi, CurrentOperator house) : HousePage(store)
{
    private const string Door = "/api/v1/reports/{id:guid}/";
    private static readonly string[] Verbs =
    [
        "accept",
        "decline",
        "dispute",
        "extend",
        "conclude",
        "messages",
        "hold",
        "hold/lift",
    ];

    public ReportView Report { get; private set; } = null!;
    public IReadOnlyList<Proof> Proofs { get; private set; } = [];
    public IReadOnlyList<(DateTimeOffset At, Role Role)> Readings { get; private set; } = [];

    /// <summary>Authorities with an account here.</summary>
    public IReadOnlyList<string> Authorities { get; private set; } = [];

    /// <summary>The operator may act on its own ground.</summary>
    public bool HasOwnMeasures { get; private set; }

    /// <summary>An authority runs the site: what is said of competence is said of it.</summary>
    public bool IsRegulators { get; private set; }

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>The act whose form comes back with faults.</summary>
    public string? Tried { get; private set; }

    public bool IsAuthority => Me?.Role == Role.Regulator;

    /// <summary>Reasons not to take it up.</summary>
    public IReadOnlyList<Option> Reasons => OptionsOf("report");

    /// <summary>Grounds of a legal hold.</summary>
    public IReadOnlyList<Option> Grounds => OptionsOf("hold");

    private static IReadOnlyList<Option> OptionsOf(string parent) =>
        [
            .. Taxonomies
                .Taxonomies.Current.Reasons.Where(r => r.Parent == parent)
                .Select(r => new Option(r.Code, Names.Of(r))),
        ];

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string act, string field) => Tried == act ? Request.Form[field].ToString() : null;

    /// <summary>Whether a verb is possible, for whoever asks.</summary>
    public bool May(ReportVerb verb) =>
        !IsAuthority
        && Report.Possible.Contains(verb)
        && (
            verb is not (ReportVerb.Hold or ReportVerb.LiftHold)
            || ownApi.May(HttpMethods.Post, Door + "hold", Me!.Role)
        );

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Get, "/api/v1/reports/{id:guid}", Me.Role))
            return Forbid();
        if (!await Open(id))
            return NotFound();
        Done = Verbs.Contains(did) ? Texts.T("reports.did." + did!.Replace('/', '-')) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? act, IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        if (act is null || !Verbs.Contains(act) || !ownApi.May(HttpMethods.Post, Door + act, Me.Role))
            return Forbid();
        var body = form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal) && field.Key != "act")
            .ToDictionary(field => field.Key, field => field.Value.ToString());
        var answer = await ownApi.Post(HttpContext, Door + act, new { id }, body);
        if (answer.Ok)
            return Redirect($"/desk/reports/{id:D}?did={act}");
        if (answer.Status == StatusCodes.Status404NotFound || !await Open(id))
            return NotFound();
        Tried = act;
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task<bool> Open(Guid id)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
        var kind = (await house.Now(Ct))?.Sign?.Kind;
        if (await ShowReport.Read(Store, law, id, kind, Me!, Ct) is not { } report)
            return false;
        Report = report;
        HasOwnMeasures = kind == OperatorKind.Marketplace;
        IsRegulators = kind == OperatorKind.Regulator;
        Readings = await ReadingBook.Instance.Of(Store, id, Ct);
        Authorities = IsAuthority ? [] : [.. (await ReportAuthorities.All(Store, Ct)).Select(one => one.Label)];
        var proofs = new List<Proof>();
        foreach (var item in report.Evidence)
            if (await Store.ReadStory(EvidenceBook.Instance, item, Ct) is [{ Event: EvidenceEvent.Uploaded file }, ..])
                proofs.Add(
                    // An authority is not staff: it gets the clean copy, and no name somebody gave a file.
                    new Proof(item, file.MediaType, IsAuthority ? null : file.Name)
                    {
                        Note = file.Held == true && IsAuthority ? Texts.T("proof.held") : null,
                        IsHeld = file.Held == true && IsAuthority,
                    }
                );
        Proofs = proofs;
        return true;
    }
}
