using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Workbench;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Workbench;

/// <summary>One reply of many before it is sent.</summary>
/// <param name="Missing">Variables for which this case has no value.</param>
/// <param name="Judged">What the rule would say of it, sent now and in this order.</param>
/// <param name="Asks">It was held back because it would not count: it goes out if that is wanted.</param>
public sealed record Draft(
    string Number,
    Guid Id,
    string Problem,
    string Text,
    bool Included,
    IReadOnlyList<string> Missing,
    Validity? Judged,
    bool Asks = false
)
{
    /// <summary>What it answers.</summary>
    public CaseGlimpse? Glimpse { get; init; }

    /// <summary>The case.</summary>
    public required Complaint Case { get; init; }
}

/// <summary>What became of one reply.</summary>
/// <param name="Why">The refusal, or why it does not count; null for a reply that counts.</param>
/// <param name="Tenths">What it counts; null where it changes nothing.</param>
public sealed record Sent(string Number, bool Ok, string? Why, int? Tenths = null);

/// <summary>
/// 批量回复: one template over several cases, each text to be read and changed before it goes out; each reply is sent and
/// judged on its own.
/// </summary>
public sealed class BulkReplyPage(Store store, OwnApi ownApi) : HousePage(store)
{
    private const string ReplyDoor = "/api/v1/complaints/{id}/reply";

    /// <summary>Cases in one go: what a person can read.</summary>
    public const int CasesMax = WaitingList.Size;

    [BindProperty(SupportsGet = true)]
    public string[] Pick { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Template { get; set; }

    public IReadOnlyList<Draft> Drafts { get; private set; } = [];

    /// <summary>Cases that cannot be answered, with the reason.</summary>
    public IReadOnlyList<Sent> Left { get; private set; } = [];
    public IReadOnlyList<Sent> Results { get; private set; } = [];
    public IReadOnlyList<KeepTemplates.TemplateShown> Templates { get; private set; } = [];

    /// <summary>Makes a form that is sent twice answer once.</summary>
    public string Key { get; private set; } = Guid.NewGuid().ToString("N");

    /// <summary>Most cases with the same words, of what is to be sent and of the last ten minutes.</summary>
    public int AlikeCount { get; private set; }

    /// <summary>What those ticked win together as they stand; once they were sent, what those that count have won.
    /// </summary>
    public IReadOnlyList<string> Together { get; private set; } = [];

    /// <summary>So many that the rule no longer takes them for answers.</summary>
    public bool IsCircular => AlikeCount >= ReplyValidity.AlikeMax;

    public async Task<IActionResult> OnGet()
    {
        if (Turned() is { } away)
            return away;
        Templates = await KeepTemplates.Of(Store, Me!.Merchant!.Value, Ct);
        var text = Templates.FirstOrDefault(t => t.No.ToString(Say.Machine) == Template)?.Text ?? "";
        await Prepare(Pick.Select(number => (number, Filled: (string?)null, Included: true)), text);
        await Foresee();
        return Page();
    }

    /// <summary>Judges the texts as they stand now, without sending any.</summary>
    public async Task<IActionResult> OnPostCheck([FromForm] IFormCollection form)
    {
        if (Turned() is { } away)
            return away;
        await Take(form);
        await Foresee();
        return Page();
    }

    /// <summary>Sends every text that is ticked, one after another.</summary>
    public async Task<IActionResult> OnPostSend([FromForm] IFormCollection form)
    {
        if (Turned() is { } away)
            return away;
        await Take(form);
        if (!Drafts.Any(d => d.Included))
        {
            Faults[Drafts.Count == 0 ? "" : "pick"] = Texts.T("bulk.none");
            return Again();
        }
        // Their sums as they stand before: what is sent now is in them a moment later.
        var before = await SeveralAnswers.Read(Store, Me!.Merchant!.Value, Drafts.Select(d => d.Case), Ct);
        var counted = new List<Complaint>();
        if (form["key"].ToString() is { Length: 32 } given)
            Key = given;
        var anyway = form["anyway"].ToHashSet();
        var (results, kept) = (new List<Sent>(), new List<Draft>());
        foreach (var draft in Drafts)
        {
            if (!draft.Included)
            {
                kept.Add(draft);
                continue;
            }
            var answer = await ownApi.Post(
                HttpContext,
                ReplyDoor,
                new { id = draft.Id },
                new { text = draft.Text, mustCount = !anyway.Contains(draft.Number) },
                $"{Key}-{draft.Number}"
            );
            var why = answer.Ok ? WhyNot(answer) : answer.Errors.Values.FirstOrDefault() ?? answer.Title;
            var tenths = answer.Ok && why is null ? ReplyPoints.TenthsOf(draft.Case, Now) : null;
            results.Add(new Sent(draft.Number, answer.Ok, why, tenths));
            if (tenths is not null)
                counted.Add(draft.Case);
            if (!answer.Ok)
                kept.Add(draft with { Asks = answer.Code == Refusals.WouldNotCountCode });
        }
        (Results, Drafts, Key) = (results, kept, Guid.NewGuid().ToString("N"));
        if (counted.Count > 0)
            Together = [.. ReplyPoints.Of("bulk.won", before.Of(counted), Now)];
        return Page();
    }

    // The door answers with the case: a reply that does not count leaves it without the instant of one.
    private static string? WhyNot(OwnAnswer answer) =>
        answer.Body.TryGetProperty("repliedAt", out var at) && at.ValueKind == System.Text.Json.JsonValueKind.String
            ? null
            : Texts.T("bulk.notcounted");

    private IActionResult? Turned() =>
        Me is null ? ToSignIn()
        : Me is not { Role: Role.Merchant, Merchant: not null } ? Forbid()
        : null;

    private async Task Take(IFormCollection form)
    {
        Templates = await KeepTemplates.Of(Store, Me!.Merchant!.Value, Ct);
        var included = form["include"].ToHashSet();
        await Prepare(
            form["number"].Zip(form["text"], (n, t) => (n ?? "", (string?)(t ?? ""), included.Contains(n))),
            template: ""
        );
    }

    private async Task Prepare(IEnumerable<(string Number, string? Text, bool Included)> asked, string template)
    {
        var (drafts, left) = (new List<Draft>(), new List<Sent>());
        var alike = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, typed, included) in asked.DistinctBy(a => a.Number).Take(CasesMax))
        {
            var id = await CaseNumbers.Find(Store, number, Ct);
            var complaint = (await Store.Load(ComplaintBook.Instance, id, Ct)).State;
            if (WhyLeft(complaint) is { } why)
            {
                left.Add(new Sent(number, Ok: false, why));
                continue;
            }
            var (text, missing) = (typed ?? "", (IReadOnlyList<string>)[]);
            if (typed is null)
                (text, missing) = TemplateText.Fill(
                    template,
                    await FilledReply.Values(Store, id, complaint!, template, Ct)
                );
            else if (!TemplateText.IsSound(text) || TemplateText.Fill(text, None).Missing.Count > 0)
                missing = TemplateText.Fill(text, None).Missing;
            var goes = included && missing.Count == 0;
            drafts.Add(
                new Draft(
                    complaint!.Number,
                    id,
                    Names.Problem(complaint.Problem),
                    text,
                    goes,
                    missing,
                    goes && text.Length > 0 ? await Judge(complaint, id, text, alike) : null
                )
                {
                    Case = complaint!,
                    Glimpse = (await CaseGlimpse.Of(Store, [id], Party.Respondent, Ct)).GetValueOrDefault(id),
                }
            );
        }
        (Drafts, Left) = (drafts, left);
    }

    private async Task Foresee()
    {
        var ticked = Drafts
            .Where(draft => draft is { Included: true, Judged: not { Valid: false } })
            .Select(draft => draft.Case)
            .ToList();
        var sum = (await SeveralAnswers.Read(Store, Me!.Merchant!.Value, ticked, Ct)).Of(ticked);
        if (sum.Cases > 0)
            Together = [.. ReplyPoints.Of("bulk.wins", sum, Now)];
    }

    private static readonly Dictionary<string, string?> None = [];

    private string? WhyLeft(Complaint? complaint) =>
        complaint is null || CaseAccess.PartyOf(complaint, Me!) != Party.Respondent
            ? Texts.Pick(Problems.NotFound.Zh, Problems.NotFound.En)
        : Why(complaint) is not { } no ? null
        : complaint.Can(Verb.Reply) ? Texts.Pick(no.Zh, no.En)
        : Texts.T("bulk.closed");

    private Refusal? Why(Complaint complaint) =>
        complaint.Why(
            Verb.Reply,
            CaseAccess.ActorOf(complaint, Me!, Party.Respondent),
            default,
            Now,
            ComplaintPolicy.Current
        );

    private async Task<Validity> Judge(Complaint complaint, Guid id, string text, Dictionary<string, int> alike)
    {
        var print = ReplyValidity.Print(text);
        var before = alike.GetValueOrDefault(print);
        alike[print] = before + 1;
        var count = before + await ReplyPrints.Alike(Store, complaint.Respondent, id, text, Now, Ct);
        AlikeCount = Math.Max(AlikeCount, count);
        return ReplyValidity.Judge(text, ofRespondent: true, count);
    }
}
