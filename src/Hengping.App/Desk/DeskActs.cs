using System.Text.Json;
using Hengping.App.CaseRoom;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Desk;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Hengping.App.Desk;

/// <summary>A case that was not taken along, and why.</summary>
public sealed record NotTaken(string Number, string Why);

/// <summary>What the forms of the desk do: each goes through the door of the API that has the verb.</summary>
public sealed partial class DeskPage
{
    private const string Decisions = "/api/v1/desk/decisions";
    private const string KeptViewsDoor = "/api/v1/desk/views";

    /// <summary>What was done a moment ago, in a sentence.</summary>
    public string? Said { get; private set; }

    /// <summary>All of the act stands in the list of what goes out: a sentence above it would say it twice.</summary>
    public bool IsToldBelow => held > 0 && Refused.Count == 0;

    private int held;

    /// <summary>Cases of the last act for which the rule said no.</summary>
    public IReadOnlyList<NotTaken> Refused { get; private set; } = [];

    // What comes back with a fault, or because it was taken back in time.
    private IFormCollection? Sent => Request.HasFormContentType ? Request.Form : back;

    private FormCollection? back;

    /// <summary>What was typed in a form that comes back.</summary>
    public string? Typed(string field) => Sent?[field].ToString();

    /// <summary>The form of a verb comes back, and open.</summary>
    public bool IsTyped(string verb) => Typed("verb") == verb && (Faults.Count > 0 || back is not null);

    /// <summary>One of several values of a field that comes back.</summary>
    public bool Picked(string field, string value) => Sent?[field].Contains(value, StringComparer.Ordinal) == true;

    /// <summary>The five factors of a decline, in words: evidence lies in each case.</summary>
    public FactorForm Factors => new(Faults, Sent, []) { Ids = "bulk-" };

    /// <summary>Decides about every case that is ticked.</summary>
    public async Task<IActionResult> OnPostDecide([FromForm] IFormCollection form)
    {
        if (Turned() is { } away)
            return away;
        var (ids, unknown) = await Cases(form["pick"]);
        var verb = form["verb"].ToString();
        var body = new
        {
            complaints = ids,
            verb,
            missing = form["missing"].ToArray(),
            reason = form["reason"].ToString(),
            note = form[verb == "return" ? "returnNote" : "declineNote"].ToString(),
            factors = FactorForm.Of(form),
        };
        var key = form["key"].ToString() is { Length: > 0 and <= 64 } given ? given : null;
        var answer = await ownApi.Post(HttpContext, Decisions, new { }, body, key);
        if (!answer.Ok)
        {
            foreach (var (field, said) in answer.Errors)
                Faults.TryAdd(field, said);
            if (Faults.Count == 0)
                Faults[""] = answer.Title ?? "";
            await Load();
            return Again();
        }
        Tell(answer.Body, unknown);
        await Load();
        return Page();
    }

    /// <summary>Takes back what waits.</summary>
    public async Task<IActionResult> OnPostUndo([FromForm] IFormCollection form)
    {
        if (Turned() is { } away)
            return away;
        OwnAnswer? no = null;
        foreach (var id in form["id"].Take(DecideFromDesk.CasesMax))
        {
            var answer = await ownApi.Post(HttpContext, Decisions + "/{id}/undo", new { id }, body: null);
            no ??= answer.Ok ? null : answer;
        }
        if (no is not null)
        {
            Faults[""] = no.Title ?? "";
            await Load();
            return Again();
        }
        if (form["back"].ToString() is var page && Url.IsLocalUrl(page))
            return Redirect(page);
        var list = Looks.With(HttpContext, "did", "undone");
        // Of several the form of the list comes back; of one, that beside it, where there is a script.
        var first = form["id"].Count > 1 || ByBrowser.Sent(Request) ? form["id"][0] : null;
        return Redirect(first is null ? list : QueryHelpers.AddQueryString(list, "undone", first));
    }

    /// <summary>Keeps this view under a name.</summary>
    public async Task<IActionResult> OnPostKeep([FromForm] string? name)
    {
        if (Turned() is { } away)
            return away;
        var answer = await ownApi.Post(HttpContext, KeptViewsDoor, new { }, new { name, address = Here });
        return await Back(answer, "kept");
    }

    /// <summary>Deletes a kept view.</summary>
    public async Task<IActionResult> OnPostDrop([FromForm] string? no)
    {
        if (Turned() is { } away)
            return away;
        var answer = int.TryParse(no, out var n)
            ? await ownApi.Post(HttpContext, KeptViewsDoor + "/{n:int}/drop", new { n }, body: null)
            : null;
        return answer is null ? BadRequest() : await Back(answer, "dropped");
    }

    private async Task<IActionResult> Back(OwnAnswer answer, string did)
    {
        if (answer.Ok)
            return Redirect(Looks.With(HttpContext, "did", did));
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd("view-" + field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        await Load();
        return Again();
    }

    private async Task<(List<Guid> Ids, List<string> Unknown)> Cases(IEnumerable<string?> numbers)
    {
        var (ids, unknown) = (new List<Guid>(), new List<string>());
        foreach (var number in numbers.OfType<string>().Distinct().Take(DecideFromDesk.CasesMax + 1))
        {
            var id = await CaseNumbers.Find(Store, number, Ct);
            if (id == Guid.Empty)
                unknown.Add(number);
            else
                ids.Add(id);
        }
        return (ids, unknown);
    }

    private void Tell(JsonElement body, List<string> unknown)
    {
        var held = body.GetProperty("held").EnumerateArray().ToList();
        Refused =
        [
            .. unknown.Select(number => new NotTaken(number, Texts.Pick(Problems.NotFound.Zh, Problems.NotFound.En))),
            .. from no in body.GetProperty("refused").EnumerateArray()
            select new NotTaken(no.GetProperty("number").GetString() ?? "", no.GetProperty("title").GetString() ?? ""),
        ];
        if (held is not [var first, ..])
        {
            Said = Texts.T("desk.held.none");
            return;
        }
        this.held = held.Count;
        var at = Say.Clock(first.GetProperty("sendAt").GetDateTimeOffset());
        var verb = Texts.T("desk.verb." + first.GetProperty("verb").GetString());
        Said = Texts.T("desk.held", verb, Say.Count(held.Count), at);
        if (Refused.Count > 0)
            Said += Texts.T("desk.held.but", Say.Count(Refused.Count));
    }

    private static List<Outgoing> Grouped(IReadOnlyList<DecideFromDesk.DecisionShown> mine) =>
        [
            .. from one in mine
            group one by (one.SendAt, one.Verb, one.State, one.Code) into act
            select new Outgoing(
                act.Key.Verb,
                act.Key.State,
                act.Key.SendAt,
                [.. act.Select(d => d.Id)],
                [.. act.Select(d => d.Number)],
                WhyOf(act.Key.Code)
            ),
        ];

    private static string? WhyOf(string? code) =>
        code is null ? null
        : code == DeskDecision.CaseMoved.Code ? Texts.Pick(DeskDecision.CaseMoved.Zh, DeskDecision.CaseMoved.En)
        : code == DeskDecision.NoLongerStaff.Code
            ? Texts.Pick(DeskDecision.NoLongerStaff.Zh, DeskDecision.NoLongerStaff.En)
        : Texts.T("desk.stopped.other", code);
}
