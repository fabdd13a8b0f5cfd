using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.ClaimReports;

/// <summary>我要举报: the form of a shop. A threatened one may send it without any order.</summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed class NewClaimReportPage(Store store, EvidenceShelf shelf, OwnApi ownApi, CurrentOperator house)
    : HousePage(store)
{
    private const string Door = "/api/v1/claim-reports";

    /// <summary>What is told in sentences, whether it must be, and how long it may be.</summary>
    public static readonly IReadOnlyList<(string Field, bool IsNeeded, int Max)> Stories =
    [
        ("alleged", true, ClaimReportDraft.AllegedMax),
        ("demanded", false, ClaimReportDraft.TextMax),
        ("note", false, ClaimReportDraft.TextMax),
    ];

    /// <summary>Who it is.</summary>
    public static readonly IReadOnlyList<(string Field, string Text)> Lines =
    [
        ("complaint", "claiming.complaint"),
        ("claimantPhone", "claiming.phone"),
        ("claimantName", "claiming.name"),
    ];

    /// <summary>Files that are here already.</summary>
    public IReadOnlyList<Guid> Kept { get; private set; } = [];

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string field) => Request.HasFormContentType ? Request.Form[field].ToString() : null;

    public async Task<IActionResult> OnGet() => await Open() ?? Page();

    public async Task<IActionResult> OnPost(IFormCollection form)
    {
        if (await Open() is { } instead)
            return instead;
        Kept = [.. form["evidence"].Select(id => Guid.TryParse(id, out var one) ? one : Guid.Empty)];
        var (now, no) = await UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me!), form.Files, Ct);
        Kept = [.. Kept.Where(id => id != Guid.Empty), .. now];
        if (no is not null)
        {
            Fault("evidence", no);
            return Again();
        }
        var answer = await ownApi.Post(HttpContext, Door, new { }, BodyOf(form));
        if (answer.Ok)
            return Redirect($"/claim-reports/{answer.Body.GetProperty("id").GetGuid():D}?did=filed");
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(FieldOf(field), said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task<IActionResult?> Open()
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Post, Door, Me.Role))
            return Forbid();
        return ClaimReportPower.Why((await house.Now(Ct))?.Sign?.Kind) is null
            ? null
            : Redirect("/merchant/claim-reports");
    }

    // Sums and days go to the door as they are typed: it says at which field they can't be read.
    private object BodyOf(IFormCollection form)
    {
        return new
        {
            pretext = Said("pretext"),
            complaint = Said("complaint"),
            claimantName = Said("claimantName"),
            claimantPhone = Said("claimantPhone"),
            alleged = Said("alleged"),
            demanded = Said("demanded"),
            note = Said("note"),
            authorityCase = Said("authorityCase"),
            sum = Said("sum"),
            orders = OrdersIn(form["orders"].ToString()),
            evidence = Kept.Select(file => new { file, of = Said("of") }),
        };
        string? Said(string field) => form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    // One a line; a day may follow.
    private static IEnumerable<ClaimReportRequest.Order> OrdersIn(string typed) =>
        typed
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split([' ', '\t', '　'], 2, StringSplitOptions.TrimEntries))
            .Select(parts => new ClaimReportRequest.Order(parts[0], parts is [_, { Length: > 0 } day] ? day : null));

    private static string FieldOf(string field) =>
        field.StartsWith("orders", StringComparison.Ordinal) ? "orders"
        : field.StartsWith("evidence", StringComparison.Ordinal) ? "evidence"
        : field;
}
