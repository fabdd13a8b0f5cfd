using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.App.Workbench;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.CaseRoom;

/// <summary>
/// 答复: one case as its respondent may see it, by the link of a message, for a merchant that has not enrolled. Reading
/// changes nothing but the note that it was opened; only sending the form replies, through the door of the API.
/// </summary>
[EnableRateLimiting(Limits.Guessing)]
[LargeBody(FileForms.NamelessBytesMax)]
public sealed class AnswerPage(Store store, Law law, EvidenceShelf shelf, OwnApi ownApi, CaseTurns turns)
    : HousePage(store)
{
    private LinkVisit? visit;
    private Dictionary<Guid, Proof> proofs = [];
    private Contact? contact;

    [BindProperty(SupportsGet = true)]
    public string? Link { get; set; }

    /// <summary>The link opens nothing: one answer, whatever is wrong with it.</summary>
    public bool IsGone => visit is null;
    public Guid Id { get; private set; }
    public Complaint Case => visit!.Case;
    public string RespondentName => visit!.Merchant.Name;
    public DateTimeOffset ExpiresAt => visit!.Link.ExpiresAt;
    public Story? Story { get; private set; }
    public IReadOnlyList<StoryLine> Lines { get; private set; } = [];
    public IReadOnlyList<NamedDeadline> Deadlines { get; private set; } = [];

    /// <summary>What was just done.</summary>
    public string? Done { get; private set; }

    /// <summary>What was typed in a form that comes back with faults.</summary>
    public string? Typed { get; private set; }

    /// <summary>Evidence that was kept before a form came back with faults.</summary>
    public IReadOnlyList<Guid> Kept { get; private set; } = [];

    /// <summary>What was typed would not count, and why: it is sent only if that is wanted.</summary>
    public string? WouldNotCount { get; private set; }

    /// <summary>Whose turn it is; null where nothing waits.</summary>
    public TurnBox? Turn { get; private set; }

    /// <summary>Which words explain the next step.</summary>
    public string NextKey => NextStep.Of(Case, Party.Respondent, Turn?.Turn);

    /// <summary>A reply is still possible here.</summary>
    public bool MayReply => Case.Can(Verb.Reply) && Case.FirstValidReply is null;

    public string ClaimantName =>
        contact?.Name is { Length: > 0 } name
            ? Texts.T("case.surname", PersonName.Surname(name))
            : Texts.T("case.claimant.erased");

    /// <summary>Only with the claimant's consent to a call.</summary>
    public string? ClaimantPhone => Case.Consents is { Call: true } ? contact?.Phone : null;

    public string DemandNames => string.Join(Texts.Pick("、", ", "), Case.Demands.Select(Names.Demand));

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        if (!await Open(id))
            return Gone();
        if (!HttpMethods.IsHead(Request.Method) && !IsPrefetch)
            await AnswerLinks.NoteOpened(Store, visit!, Ct);
        if (did == "reply")
            Done = Case.Replies is [.., { Valid: false }]
                ? Texts.T("did.reply.invalid")
                : Texts.T("did.reply") + Texts.Pick("", " ") + ReplyPoints.Done(TempData, id, Now);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, [FromForm] IFormCollection form)
    {
        if (!await Open(id))
            return Gone();
        Typed = form["text"];
        Kept =
        [
            .. form["evidence"]
                .Where(e => Guid.TryParse(e, out _))
                .Select(e => Guid.Parse(e!))
                .Take(FileForms.NamelessFilesMax),
        ];
        if (Case.FirstValidReply is not null)
        {
            Fault("", AnswerLink.Used);
            return Again();
        }
        if (form.Files.Count(f => f.Length > 0) + Kept.Count > FileForms.NamelessFilesMax)
        {
            Fault("evidence", Rules.Fields.Fault.TooMany(FileForms.NamelessFilesMax));
            return Again();
        }
        var who = new EvidenceShelf.Bringer(visit!.Holder, CallerAddress);
        var (kept, refused) = await UploadPage.KeepAll(Store, shelf, who, form.Files, Ct);
        Kept = [.. Kept, .. kept];
        if (refused is not null)
        {
            Fault("", refused);
            return Again();
        }
        var body = new
        {
            text = Typed,
            evidence = Kept,
            mustCount = form["anyway"].Count == 0,
        };
        var door = "/api/v1/complaints/{id}/reply";
        var ahead = await ReplyPoints.Ahead(Store, Case, Ct);
        var answer = await ownApi.Post(HttpContext, door, new { id = $"{id:D}" }, body, asking: visit.Holder);
        if (answer.Ok && ahead is not null)
            ReplyPoints.Keep(TempData, id, ahead);
        if (answer.Ok)
            return Redirect($"/answer/{id:D}?link={Link}&did=reply");
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Code == Refusals.WouldNotCountCode)
            (WouldNotCount, Faults["text"], AtField) = (answer.Title, answer.Title ?? "", FaultIds.Field("text"));
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    /// <summary>Evidence as it can be shown, at addresses this link opens.</summary>
    public IReadOnlyList<Proof> ProofsOf(IReadOnlyList<Guid> ids) =>
        [
            .. ids.Where(proofs.ContainsKey)
                .Select(e => proofs[e] with { Address = $"/answer/{Id:D}/evidence/{e:D}?link={Link}" }),
        ];

    /// <summary>GET of a piece of evidence that the page of a link shows.</summary>
    public static void MapEvidence(IEndpointRouteBuilder routes) =>
        routes.MapGet("/answer/{id:guid}/evidence/{evidence:guid}", ShowEvidence).Anyone();

    private static async Task<IResult> ShowEvidence(
        Guid id,
        Guid evidence,
        string? link,
        HttpContext http,
        Store store,
        SiteOptions host,
        CancellationToken ct
    )
    {
        if (await AnswerLinks.Visit(store, id, link, ct) is not { } visit)
            return Answers.NotFound;
        var story = await store.ReadStory(ComplaintBook.Instance, id, ct);
        return ShownEvent.EvidenceFor(Party.Respondent, visit.Case, story).Contains(evidence)
            ? await ReadEvidence.Show(evidence, http, store, host, ct) ?? Answers.NotFound
            : Answers.NotFound;
    }

    private bool IsPrefetch =>
        Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || Request.Headers["Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);

    private PageResult Gone()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    private async Task<bool> Open(Guid id)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
        Response.Headers["X-Robots-Tag"] = "noindex";
        Response.Headers["Referrer-Policy"] = "no-referrer";
        visit = await AnswerLinks.Visit(Store, id, Link, Ct);
        if (visit is null)
            return false;
        Id = id;
        var story = await Store.ReadStory(ComplaintBook.Instance, id, Ct);
        var filed = (ComplaintEvent.Filed)story[0].Event;
        (Story, contact) = (filed.Story, filed.Contact);
        Lines = CaseStory.Of(Case, story, Party.Respondent);
        proofs = (await CaseNumbers.Proofs(Store, id, reader: null, Ct)).ToDictionary(p => p.Id);
        Deadlines = [.. Complaints.Deadlines.Of(Case, law, Party.Respondent).Select(NamedDeadline.Of)];
        Turn = TurnBox.Of(turns.OfLink(Case, MayReply ? [Verb.Reply] : []), Now, Deadlines);
        return true;
    }
}
