using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Evidence;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

/// <summary>处置决定书: the statement of reasons as a paper, and under it what its reader can do.</summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed partial class MeasurePage(Store store, Law law, OwnApi ownApi, EvidenceShelf shelf) : HousePage(store)
{
    private const string Door = "/api/v1/measures/{id:guid}/";

    /// <summary>Grounds to lift one.</summary>
    public static readonly IReadOnlyList<string> Becauses = ["condition-met", "corrected", "mistake", "other"];

    /// <summary>A form: its door, what is typed in it, and whether it is what waits.</summary>
    public sealed record Act(MeasureVerb Verb, string Door, string Field, bool IsNeeded, bool IsMain, bool IsOpen)
    {
        /// <summary>As texts name it.</summary>
        public string Name => IsBack ? "back" : Door;

        /// <summary>Asking for a human where a condition ends it: its addressee says that it is met.</summary>
        public bool IsBack { get; init; }

        /// <summary>Evidence goes with it: what the addressee says is their word.</summary>
        public bool TakesFiles => Verb is MeasureVerb.Answer or MeasureVerb.State or MeasureVerb.AskHuman;

        /// <summary>What goes out to others is looked over before it does.</summary>
        public bool IsLookedOver => LookedOver.Contains(Door);
    }

    private static readonly (MeasureVerb Verb, string Door, string Field)[] Known =
    [
        (MeasureVerb.Answer, "answer", "text"),
        (MeasureVerb.State, "statement", "text"),
        (MeasureVerb.AskHuman, "ask-human", "text"),
        (MeasureVerb.Look, "look", "text"),
        (MeasureVerb.Sign, "sign", "note"),
        (MeasureVerb.Drop, "drop", "reason"),
        (MeasureVerb.Sue, "sued", "text"),
        (MeasureVerb.Lift, "lift", "reason"),
    ];

    private static readonly string[] LookedOver = ["sign", "drop", "lift"];

    public MeasureView Measure { get; private set; } = null!;
    public IReadOnlyList<Proof> Proofs { get; private set; } = [];
    public string? Done { get; private set; }

    /// <summary>The act whose form comes back with faults.</summary>
    public string? Tried { get; private set; }

    /// <summary>What was tried is right, and is looked over before it is done.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>Files that are uploaded already, of the act that was tried.</summary>
    public IReadOnlyList<Guid> Kept { get; private set; } = [];

    /// <inheritdoc/>
    public override IEnumerable<TypedField> AlsoTyped =>
        Kept.Select(id => new TypedField("evidence", id.ToString("D")));

    public IReadOnlyList<ShownDeadline> Deadlines => Measure.Deadlines;

    /// <summary>The clocks that the line on top does not show.</summary>
    public IReadOnlyList<ShownDeadline> OtherClocks => [.. Deadlines.Where(due => due.Due != Measure.Turn?.By)];

    /// <summary>Where they came from.</summary>
    public string Back =>
        Me?.IsStaff == true ? "/desk/measures"
        : Measure.Turn is null && Measure.Can.Count == 0 ? "/measures"
        : Me!.Role == Role.Merchant ? "/merchant/measures"
        : "/me/measures";

    /// <summary>It is addressed to the reader.</summary>
    public bool IsAddressee =>
        Me?.Role switch
        {
            Role.Merchant => Measure.Addressee.Merchant && Measure.Addressee.Id == Me.Merchant,
            // What is said to a person is for them alone, and for the desk.
            Role.Claimant => !Measure.Addressee.Merchant && Measure.Words is not null,
            _ => false,
        };

    /// <summary>What the reader can do next is to appeal.</summary>
    public bool IsAppealNext => IsAddressee && Measure.Turn?.Verb == MeasureVerb.Appeal;

    /// <summary>When a clock that runs is over.</summary>
    public DateTimeOffset? Due(string kind) => Deadlines.FirstOrDefault(due => due.Kind == kind)?.Due;

    /// <summary>What became of it; null while it goes on. It stands where the measure stands.</summary>
    public string? Correction =>
        Measure.Status switch
        {
            MeasureStatus.Overturned => Texts.T("measure.correction.overturned"),
            MeasureStatus.Lifted when Measure.LiftedBecause == Rules.Measures.Measure.NoSuit => Texts.T(
                "measure.correction.no-suit"
            ),
            MeasureStatus.Lifted => Texts.T("measure.correction.lifted"),
            MeasureStatus.Dropped => Texts.T("measure.correction.dropped"),
            MeasureStatus.Lapsed => Texts.T("measure.correction.lapsed"),
            MeasureStatus.Ended => Texts.T("measure.correction.ended"),
            _ => null,
        };

    /// <summary>An appeal is read by its own side and by who may decide it.</summary>
    public bool MayOpenAppeal => IsAddressee || (Me is { } me && MeasureSides.Staff.Contains(me.Role));

    /// <summary>Who did what in its story: whom it is addressed to reads of themselves.</summary>
    public string By(string who) => Texts.T("measure.of." + who + (IsAddressee && who == "addressee" ? ".mine" : ""));

    /// <summary>What ends it is looked at by people, who are to be told.</summary>
    public bool IsConditional =>
        Measure is { InEffect: true, Words.EndCondition: not null }
        && !MeasureKinds.IsWithoutEnd(Measure.Kind, Measure.Reason)
        && Measure.Reason != MeasureReason.IpNotice;

    /// <summary>Thirty days pass between its signature and its beginning.</summary>
    public bool NeedsNotice =>
        Rules.Measures.Measure.NeedsNoticeOf(Measure.Kind, Measure.Cause, isUrgent: Measure.Urgent);

    /// <summary>A machine found it or had a hand in it: then a human can be asked for.</summary>
    public bool IsOfMachine => Measure.DetectedByMachine || Measure.Automation != Automation.None;

    /// <summary>What the reader can do, what waits first; what is left to others, to them.</summary>
    public IEnumerable<Act> Acts =>
        from known in Known
        where Measure.Can.Contains(known.Verb) && ownApi.May(HttpMethods.Post, Door + known.Door, Me!.Role)
        let isNext = Measure.Turn?.Verb == known.Verb && !(Measure.Own && known.Verb == MeasureVerb.Sign)
        select new Act(
            known.Verb,
            known.Door,
            known.Field,
            known.Verb != MeasureVerb.AskHuman
                && (known.Field != "note" || Measure.Events.Any(line => line.What == "answered")),
            isNext,
            isNext || Tried == known.Door
        )
        {
            IsBack = known.Verb == MeasureVerb.AskHuman && IsConditional,
        };

    /// <summary>What goes out with an act that is looked over, and to whom.</summary>
    public LastLook Look(Act act)
    {
        var whom = Measure.Addressee.Name ?? Texts.T("measure.person");
        return new LastLook(Texts.T("measure.look." + act.Door + ".go"))
        {
            Sent = LastLook.Typed(Request.Form),
            IsGrave = act.Verb == MeasureVerb.Sign,
            Follows = act.Verb == MeasureVerb.Sign ? [.. OfSigning(whom)] : [Texts.T("measure.look." + act.Door, whom)],
            Said = Typed(act.Door, act.Field) is { Length: > 0 } said ? [said] : [],
        };
    }

    private IEnumerable<string> OfSigning(string whom)
    {
        yield return Texts.T(
            Measure.StartsAt is not null ? "measure.look.already"
                : NeedsNotice ? "measure.look.notice"
                : "measure.look.now",
            whom
        );
        yield return Texts.T(Measure.Own ? "measure.look.one" : "measure.look.two");
        if (Measure.Form == MeasureForm.Decision)
            yield return Texts.T("measure.look.public");
        yield return Texts.T("measure.look.sign.final");
    }

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string act, string field) => Tried == act ? Request.Form[field].ToString() : null;

    public async Task<IActionResult> OnGet(Guid id, string? did)
    {
        if (!await Open(id))
            return Me is null ? ToSignIn() : NotFound();
        Done = did == Firm || Known.Any(known => known.Door == did) ? Texts.T("measure.did." + did) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? act, IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        if (act == Firm)
            return await OnFirm(id, form);
        if (Known.All(known => known.Door != act) || !ownApi.May(HttpMethods.Post, Door + act, Me.Role))
            return Forbid();
        // Nothing is kept for a measure that is not theirs.
        if (!await Open(id))
            return NotFound();
        Tried = act;
        if (form.ContainsKey("change"))
            return Page();
        var before = form["evidence"].Select(one => Guid.TryParse(one, out var file) ? file : Guid.Empty);
        var (now, refused) = await UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me), form.Files, Ct);
        Kept = [.. before.Where(file => file != Guid.Empty).Concat(now).Distinct()];
        if (refused is not null)
        {
            Fault("evidence", refused);
            return Again();
        }
        var body = form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
            .Where(field => field.Key is not ("act" or "evidence" or "looked"))
            .ToDictionary(field => field.Key, field => (object?)field.Value.ToString());
        if (LookedOver.Contains(act))
            body["asksFirst"] = !form.ContainsKey("looked");
        if (Kept.Count > 0)
            body["evidence"] = Kept;
        var answer = await ownApi.Post(HttpContext, Door + act, new { id }, body);
        if (answer.Ok)
            return Redirect($"/measures/{id:D}?did={act}");
        if (answer.Status == StatusCodes.Status404NotFound)
            return NotFound();
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Code == Rules.Measures.Measure.LookFirstCode)
            (IsLooking, AtField) = (true, "look");
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task<bool> Open(Guid id)
    {
        if (await ShowMeasure.Read(Store, law, id, Me, Ct) is not { } view)
            return false;
        Measure = view;
        var proofs = new List<Proof>();
        foreach (var item in view.Evidence)
            if (await Store.ReadStory(EvidenceBook.Instance, item, Ct) is [{ Event: EvidenceEvent.Uploaded file }, ..])
                proofs.Add(new Proof(item, file.MediaType, Me?.IsStaff == true ? file.Name : null));
        Proofs = proofs;
        await ReadFirm();
        return true;
    }
}
