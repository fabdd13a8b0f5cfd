using System.Text;
using System.Text.Encodings.Web;
using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.Workbench;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>案件: one page for both parties and staff; each sees what is theirs and what they can do now.</summary>
public sealed partial class CaseRoomPage(
    Store store,
    Law law,
    EvidenceShelf shelf,
    HtmlEncoder encoder,
    OwnApi ownApi,
    CaseTurns turns,
    CurrentOperator house,
    ITakenBack takenBack
) : HousePage(store)
{
    private Dictionary<Guid, Proof> proofs = [];
    private IReadOnlyList<StoryEvent<ComplaintEvent>> past = [];
    private Contact? contact;
    private ScreeningList? words;

    public Guid Id { get; private set; }
    public Complaint Case { get; private set; } = null!;

    /// <summary>What the reader is in this case.</summary>
    public Party Reader { get; private set; }
    public IReadOnlyList<StoryLine> Lines { get; private set; } = [];
    public IReadOnlyList<NamedDeadline> Deadlines { get; private set; } = [];
    public IReadOnlyList<ScreeningHit> Hits { get; private set; } = [];
    public Story? Story { get; private set; }

    /// <summary>Which authority has it by the law; for staff.</summary>
    public Competence? Place => Reader == Party.Mediator ? Competence.Of(Case, RespondentIsPlatform, Story) : null;
    public string RespondentName { get; private set; } = "";

    /// <summary>What the claimant has consented to, for staff.</summary>
    public IReadOnlyList<string> Consented =>
        Reader == Party.Mediator && Case.Consents is { } given ? CaseConsents.GivenIn(given) : [];
    public bool RespondentIsPlatform { get; private set; }
    public string? FirstContactName { get; private set; }
    public string ProblemName => Names.Problem(Case.Problem);
    public string DemandNames => string.Join(Texts.Pick("、", ", "), Case.Demands.Select(Names.Demand));

    /// <summary>What somebody else said last, where what waits is about it, since what was offered, refused or agreed.
    /// </summary>
    public StoryLine? LastWord =>
        Lines.LastOrDefault(line =>
            line is { IsOffer: false, Said.Length: > 0 }
            && line.By != Reader
            && line.By != Party.Clock
            && (TurnedAt is not { } turned || line.At >= turned)
        );

    /// <summary>Whose turn it is; null where nothing waits that the reader may know of.</summary>
    public TurnBox? Turn { get; private set; }

    /// <summary>The claimant decides whether the reply will do.</summary>
    public bool Chooses => Turn is { Turn: { IsMine: true, Turn.Kind: TurnKind.Judge } };

    /// <summary>The day has come, and the claimant can say that it was not done.</summary>
    public bool SaysNotDone => Reader == Party.Claimant && IsDue && May(Verb.NotPerformed);

    /// <summary>Which words explain the next step.</summary>
    public string NextKey => NextStep.Of(Case, Reader, Turn?.Turn);

    /// <summary>Those words; a reviewer, who has none of the desk's verbs, is promised none.</summary>
    public string? Then =>
        Reader == Party.Mediator && Turn is not null && !CaseSides.Desk.Roles.Contains(Me!.Role)
            ? Texts.T("then.reviewer")
            : NextStep.Text(NextKey, Case, May(Verb.Score));

    /// <summary>The act that was chosen in the card of the next step, as its handler is called.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    /// <summary>What the reader has just done, in a sentence.</summary>
    public string? Done { get; private set; }

    /// <summary>They have just taken back what had not gone out.</summary>
    public bool IsUndone { get; private set; }

    /// <summary>The next case that waits for a merchant who has just done something here.</summary>
    public string? NextWaiting { get; private set; }

    public string BackTo =>
        Reader switch
        {
            Party.Respondent => "/merchant",
            _ when Case.Side == Side.Merchant => "/merchant?view=filed",
            _ => "/me",
        };

    /// <summary>The respondent sees the surname only, staff and the claimant the name.</summary>
    public string ClaimantName =>
        contact?.Name is not { Length: > 0 } name ? Texts.T("case.claimant.erased")
        : Reader == Party.Respondent ? Texts.T("case.surname", PersonName.Surname(name))
        : name;

    /// <summary>For staff, and for the respondent only with the claimant's consent to a call.</summary>
    public string? ClaimantPhone =>
        Reader == Party.Mediator || (Reader == Party.Respondent && Case.Consents is { Call: true })
            ? contact?.Phone
            : null;

    public async Task<IActionResult> OnGet(string number, string? did)
    {
        if (Me is null)
            return ToSignIn();
        if (!await Open(number))
            return NotFound();
        if (did is not null && Texts.All.ContainsKey("did." + did))
            Done = Texts.T("did." + did);
        if (did == UndoneWord)
            await ComesBack();
        if (did == "reply" && Case.Replies is [.., { Valid: false }])
            Done = Texts.T("did.reply.invalid");
        else if (did is "reply" or "offer")
            Done += Texts.Pick("", " ") + ReplyPoints.Done(TempData, Id, Now);
        if (did is not null && Reader == Party.Respondent && Me.Merchant is { } merchant)
            NextWaiting = await WaitingList.NextAfter(Store, merchant, Id, ShopLimits.Sql(Me), Ct);
        return Page();
    }

    /// <summary>This reader can do it now.</summary>
    public bool May(Verb verb) => WhyNo(verb) is null;

    private CaseActor Actor => CaseAccess.ActorOf(Case, Me!, Reader);

    private Refusal? WhyNo(Verb verb) =>
        Case.Why(verb, Actor, new CaseFacts(RespondentIsPlatform), Now, ComplaintPolicy.Current);

    /// <summary>There is something to do that is seldom done.</summary>
    public bool HasMore => Seldom.Any(May);

    private static readonly Verb[] Seldom =
    [
        Verb.Withdraw,
        Verb.AskSeller,
        Verb.FindPerformed,
        Verb.Unreached,
        Verb.Suspend,
        Verb.Terminate,
        Verb.Close,
        Verb.Exclude,
        Verb.Include,
        Verb.Hold,
        Verb.LiftHold,
    ];

    /// <summary>Replies whose counting this reader can put before a mediator, or judge as one.</summary>
    public IReadOnlyList<ReplyCard> Replies =>
        [
            .. Case
                .Replies.Where(r =>
                    Reader == Party.Mediator
                        ? May(Verb.DecideValidity)
                        : May(Verb.ContestValidity) && Case.MayContest(r, Reader, Now, ComplaintPolicy.Current)
                )
                .Select(Card),
        ];

    private ReplyCard Card(ReplyFact reply)
    {
        var no = Numbers.NumberOf(reply.Version);
        var tried = IsTried(Verb.ContestValidity, Verb.DecideValidity) && Picked("reply", Say.Raw(no));
        return new ReplyCard(reply, Reader == Party.Mediator, no, ListsTouched)
        {
            Sent = tried ? Sent : null,
            Faults = tried ? Faults : new Dictionary<string, string>(),
        };
    }

    private RunningNumbers Numbers => RunningNumbers.Of(Reader, Case, past);

    /// <summary>Evidence that was uploaded before a form came back with faults.</summary>
    public IReadOnlyList<Guid> KeptEvidence { get; private set; } = [];

    /// <summary>Code and name of the reasons of a verb.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Reasons(string verb) => ReasonsOf(verb);

    /// <summary>Code and name of the reasons of a verb, for other pages that ask for one.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> ReasonsOf(string verb) =>
        [
            .. Taxonomies
                .Taxonomies.Current.Reasons.Where(r => r.Parent == verb)
                .Select(r => KeyValuePair.Create(r.Code, Names.Of(r))),
        ];

    /// <summary>Evidence as it can be shown.</summary>
    public IReadOnlyList<Proof> ProofsOf(IReadOnlyList<Guid> ids) =>
        [.. ids.Where(proofs.ContainsKey).Select(id => proofs[id])];

    /// <summary>The words, with the passages staff should look at marked.</summary>
    public IHtmlContent Marked(StoryLine line, string said)
    {
        if (words is null || line.By is not (Party.Claimant or Party.Respondent))
            return new HtmlString(encoder.Encode(said));
        var text = new StringBuilder();
        var from = 0;
        foreach (var hit in words.Read(said))
        {
            text.Append(encoder.Encode(said[from..hit.Start])).Append("<mark>");
            from = hit.Start + hit.Length;
            text.Append(encoder.Encode(said[hit.Start..from])).Append("</mark>");
        }
        return new HtmlString(text.Append(encoder.Encode(said[from..])).ToString());
    }

    private async Task<bool> Open(string number)
    {
        Id = await CaseNumbers.Find(Store, number, Ct);
        var loaded = await Store.Load(ComplaintBook.Instance, Id, Ct);
        if (loaded.State is not { } found || CaseAccess.PartyOf(found, Me!) is not { } party)
            return false;
        (Case, Reader) = (found, party);
        if (Me!.IsStaff)
            await AccessBook.Instance.Note(Store, Id, Me, Ct);
        await ReadStory();
        return true;
    }

    private async Task ReadStory()
    {
        past = await Store.ReadStory(ComplaintBook.Instance, Id, Ct);
        var filed = (ComplaintEvent.Filed)past[0].Event;
        (Story, contact) = (filed.Story, filed.Contact);
        Lines = CaseStory.Of(Case, past, Reader);
        proofs = (await CaseNumbers.Proofs(Store, Id, Me, Ct)).ToDictionary(p => p.Id);
        Deadlines = [.. Complaints.Deadlines.Of(Case, law, Reader).Select(NamedDeadline.Of)];
        words = Reader == Party.Mediator ? await house.Words(Ct) : null;
        Hits = Case.Status == Status.Filed ? words?.Read(Story?.Text) ?? [] : [];
        var respondent = await MerchantDirectory.Find(Store, Case.Respondent, Ct);
        (RespondentName, RespondentIsPlatform) = (respondent?.Name ?? "", respondent?.Platform == true);
        await LookAtLink(respondent);
        await LookAtJoint();
        Turn = TurnBox.Of(await turns.Of(Id, Case, Me!, Ct), Now, Deadlines);
        await LookAtWaiting();
        await LookAtTemplates(filed);
        await LookAtLists();
        await LookAtMeasures();
        sign = (await house.Now(Ct))?.Sign;
        FirstContactName = await NameOf(ShownEvent.FirstContactFor(Reader, Case, past));
    }

    private OfferCard Card(OfferFact offer)
    {
        var terms = past.Select(t => t.Event).OfType<ComplaintEvent.OfferMade>().First(o => o.No == offer.No).Terms;
        var mine = May(Verb.AcceptOffer) && Complaint.MayAnswer(offer, Reader, Now);
        var came =
            Request.HasFormContentType
            && IsTried(Verb.AcceptOffer, Verb.RejectOffer)
            && Picked("no", Say.Raw(offer.No));
        return new OfferCard(offer, terms, mine, Now)
        {
            Guardian = Guardian(came && IsTried(Verb.AcceptOffer)),
            Look = came ? Look(Verb.RejectOffer) : null,
            Sent = came ? Request.Form : null,
            Tried = came ? tried : null,
            Faults = Faults,
        };
    }

    private async Task<string?> NameOf(string? author)
    {
        var id = author is not null && author.StartsWith("staff:", StringComparison.Ordinal) ? author[6..] : null;
        if (!Guid.TryParse(id, out var account))
            return null;
        return (await AccountDesk.ProfileOf(Store, account, Ct))?.Name;
    }

    private static IEnumerable<Guid> Ids(string? typed) =>
        (typed ?? "").Split(',', StringSplitOptions.TrimEntries).Where(t => Guid.TryParse(t, out _)).Select(Guid.Parse);
}
