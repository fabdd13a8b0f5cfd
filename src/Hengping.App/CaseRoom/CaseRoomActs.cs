using System.Globalization;
using Hengping.App.Complaints;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Workbench;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>What forms of the case room do: each goes through the door of the API that has the verb.</summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed partial class CaseRoomPage
{
    /// <summary>Does what the form's button says, then shows the case again.</summary>
    public async Task<IActionResult> OnPost(string number, [FromQuery] string handler, [FromForm] IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        if (!Enum.TryParse<Verb>(handler, out var verb) || !IsOfForm(verb))
            return BadRequest();
        if (!await Open(number))
            return NotFound();
        (tried, KeptEvidence) = (verb, [.. Ids(form["evidence"])]);
        // Looked over, and to be changed before it goes.
        if (form.ContainsKey("change"))
        {
            AtField = FaultIds.Field(
                verb == Verb.Offer ? "terms" : OfferCard.FieldOf(form["no"].ToString(), "counter.terms")
            );
            return IsBeside ? Beside() : Page();
        }
        if (IsUnsure(verb, form) || IsHalfAnOffer(verb, form) || IsHalfAScore(verb, form))
            return NotActed();
        var (evidence, refused) = await KeepFiles(form);
        if (refused is not null)
        {
            Fault("", refused);
            return NotActed();
        }
        KeptEvidence = [.. Ids(form["evidence"]), .. evidence];
        if (verb == Verb.Resubmit && !IsAnswered(form))
            return NotActed();
        if (IsHeld(verb))
            return await DecideLater(verb, form);
        var body = BodyOf(verb, form, [.. KeptEvidence]);
        // The first offer of a respondent answers too.
        var ahead =
            verb == Verb.Reply || (verb == Verb.Offer && Reader == Party.Respondent)
                ? await ReplyPoints.Ahead(Store, Case, Ct)
                : null;
        var answer = await ownApi.Post(
            HttpContext,
            CaseVerbs.Doors + CaseVerbs.PathOf(verb),
            new { id = Id, n = form["no"].ToString() },
            body
        );
        if (answer.Ok && ahead is not null)
            ReplyPoints.Keep(TempData, Id, ahead);
        if (answer.Ok)
            return await Acted(verb == Verb.RejectOffer && HasOffer(form) ? "counterOffer" : Words.Of(verb));
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(FormField(verb, field, form), said);
        if (answer.Code == Refusals.WouldNotCountCode)
            (WouldNotCount, Faults["text"], AtField) = (answer.Title, answer.Title ?? "", FaultIds.Field("text"));
        else if (answer.Code == Refusals.LookAtOfferCode)
            (IsLooking, AtField) = (true, "look");
        else if (IsMore = answer.Code == Refusals.RecoveredMoreCode)
            Faults["amountRecovered"] = answer.Title ?? "";
        else if (Faults.Count == 0)
            Faults[FieldOf(verb, answer.Code)] = answer.Title ?? "";
        return NotActed();
    }

    // Consents are changed at a page of their own: without its boxes all of them would be taken back.
    private static bool IsOfForm(Verb verb) => Enum.IsDefined(verb) && verb != Verb.ChangeConsents;

    private object? BodyOf(Verb verb, IFormCollection form, Guid[] evidence)
    {
        string? Text(string name) => form[name].ToString() is { Length: > 0 } typed ? typed : null;
        return verb switch
        {
            Verb.Resubmit => new { text = AnswerOf(form), evidence },
            Verb.Supplement => new { text = Text("supplement"), evidence },
            Verb.Withdraw => new { reason = Text("reason"), guardian = GuardianOf(form) },
            Verb.RejectOffer => new { reason = Text("why"), counter = HasOffer(form) ? OfferOf(form) : null },
            Verb.AcceptOffer => new { guardian = GuardianOf(form) },
            Verb.Unreached => new { attempts = Attempts(form) },
            Verb.Contest => new
            {
                ground = Text("ground"),
                note = Text("note"),
                evidence,
            },
            Verb.Reply => new
            {
                text = Text("text"),
                evidence,
                mustCount = Text("anyway") is null,
            },
            Verb.NotPerformed => new
            {
                refusedInWriting = Text("refused") is not null,
                text = Text("text"),
                evidence,
            },
            Verb.ShowPerformance => new { text = Text("proof"), evidence },
            Verb.Message => new { text = Text("message"), evidence },
            Verb.Offer => OfferOf(form),
            Verb.Suspend => new { ground = Text("ground") },
            Verb.Review => new { reason = Text("reason") },
            Verb.Hold => new { ground = Text("ground"), reason = Text("reason") },
            Verb.NameSeller => new { name = Text("name"), contact = Text("contact") },
            Verb.TellTermination => new { party = Text("party"), way = Text("way") },
            Verb.LiftHold => new { reason = Text("reason") },
            Verb.ContestValidity => new { reply = Number(Text("reply")), reason = Text("reason") },
            Verb.Score => new
            {
                satisfaction = Text("satisfaction"),
                resolved = Text("resolved"),
                amountRecovered = Text("amountRecovered"),
                comment = Text("comment"),
                asksIfMore = Text("more") is null,
            },
            _ => null,
        };
    }

    private static GuardianDraft? GuardianOf(IFormCollection form) =>
        form.ContainsKey("guardian.name")
            ? new GuardianDraft(
                form["guardian.name"],
                form["guardian.relation"],
                form["guardian.phone"],
                form["guardian.agrees"] == "true"
            )
            : null;

    private static object[] Attempts(IFormCollection form) =>
        [
            .. form["at"]
                .Zip(form["way"], (at, way) => (at, way))
                .Where(t => !string.IsNullOrWhiteSpace(t.at))
                .Select(t => new { at = t.at + ":00+08:00", t.way }),
        ];

    private async Task<Guid?> RedirectTo(IFormCollection form) =>
        form["respondentName"].ToString() is { Length: > 0 } name
            ? (await MerchantDirectory.Named(Store, name, Ct))?.Id
            : null;

    private static bool? Valid(IFormCollection form) => bool.TryParse(form["valid"], out var valid) ? valid : null;

    private static int? Number(string? typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The field that a refusal of the whole is about: its words lead there.
    private static string FieldOf(Verb verb, string? code) =>
        code == Refusals.RefusalNotShown.Code ? "text"
        : code != Refusals.NothingAdded.Code ? ""
        : verb == Verb.ShowPerformance ? "proof"
        : "supplement";

    private static string FormField(Verb verb, string field, IFormCollection form) =>
        (verb, field) switch
        {
            (Verb.RejectOffer, _) => OfferCard.FieldOf(form["no"], field),
            (Verb.Message, "text") => "message",
            (Verb.ShowPerformance, "text") => "proof",
            (Verb.Resubmit or Verb.Supplement, "text") => "supplement",
            _ => field,
        };
}
