using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.JointComplaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>A case that may be about the same dispute, and how it begins.</summary>
public sealed record AlikeRow(AlikeCase Case, CaseGlimpse? Glimpse);

/// <summary>共同投诉 in the case room: who could take part, who does, and what everyone is asked.</summary>
public sealed partial class CaseRoomPage
{
    private const string JointDoor = "/api/v1/joint";
    private Guid? joint;
    private string? jointTried;
    private bool isJointLook;

    /// <summary>The joint complaint of this case, as the reader may see it.</summary>
    public JointView? Joint { get; private set; }

    /// <summary>How many open complaints of others look alike; 0 for a respondent.</summary>
    public int AlikeCount { get; private set; }

    /// <summary>Those complaints, for the desk.</summary>
    public IReadOnlyList<AlikeRow> Alike { get; private set; } = [];

    /// <summary>The reader is asked something there: then it comes before everything else they could do.</summary>
    public bool JointAsks =>
        MayJoint("confirm")
        || (Joint?.Matters.Any(m => m.Asked) ?? false)
        || (Joint?.Members.Any(m => m is { Mine: true, State: MemberState.Invited }) ?? false);

    /// <summary>The reader may offer it to those alike, or ask to be let in.</summary>
    public bool MayPropose => AlikeCount > 0 && Case.IsOpen && Joint is null && ownApi.May("POST", JointDoor, Me!.Role);

    /// <summary>The reader can do this in the joint complaint now.</summary>
    public bool MayJoint(string word) =>
        Joint?.Can.Contains(word) == true && ownApi.May("POST", $"{JointDoor}/{{id}}/{word}", Me!.Role);

    /// <summary>Its form comes back, and open: a fault that lies folded is not found.</summary>
    public bool IsJointTried(string act) => jointTried == act;

    /// <summary>A yes to this matter comes back.</summary>
    public bool IsAgreeing(JointView.MatterShown matter) => jointTried == "agree" && Typed("no") == Say.Raw(matter.No);

    /// <summary>What was sent binds, and is looked over before it goes; null where this is not what was sent.
    /// </summary>
    /// <param name="matter">The one that is answered.</param>
    public LastLook? JointLook(string act, JointView.MatterShown? matter = null)
    {
        if (!isJointLook || jointTried != act || (matter is not null && Typed("no") != Say.Raw(matter.No)))
            return null;
        var look = new LastLook(Texts.T($"joint.look.{act}.go"))
        {
            Handler = "Joint",
            Sent = LastLook.Typed(Request.Form),
        };
        if (act == "settle")
        {
            var (terms, sum) = (Typed("terms") ?? "", Sums.Typed(Typed("amount") ?? "").Sum);
            return look with
            {
                Follows =
                [
                    Texts.T("joint.look.settle", Joint!.Members.Count(m => m.State == MemberState.In)),
                    Texts.T("joint.look.settle.binds", Say.Typed(Typed("dueBy") ?? "")),
                    Texts.T("joint.look.until", Say.Instant(Now + ComplaintPolicy.Current.OfferOpenFor)),
                ],
                Reads = Texts.T("joint.look.each"),
                Sum = sum is { } each ? Say.Money(each) : Texts.T("offer.look.none"),
                Said = terms.Length > 0 ? [terms] : [],
                Unlike = OfferLook.UnlikeOf(terms, sum),
            };
        }
        if (matter is { Kind: MatterKind.Settle, DueBy: { } due })
            return look with
            {
                Follows = [Texts.T("joint.look.agree", Say.Date(due)), Texts.T("joint.look.agree.bound")],
                Sum = matter.Shares is [{ Amount: { } mine }] ? "¥" + mine : null,
                Said = matter.Text is { Length: > 0 } said ? [said] : [],
            };
        return look with
        {
            IsGrave = true,
            Follows = [Texts.T("joint.look.waive"), Texts.T("joint.look.agree.bound")],
            Said = (matter is null ? Typed("text") : matter.Text) is { Length: > 0 } why ? [why] : [],
        };
    }

    // Where the fault of a field stands: two forms have a text.
    private static string JointField(string act, string field) =>
        field.StartsWith("guardian", StringComparison.Ordinal) ? field
        : act == "waive" ? "joint-why"
        : "joint-" + field;

    /// <summary>Does what the button of the joint complaint's panel says.</summary>
    public async Task<IActionResult> OnPostJoint(string number, [FromForm] IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        if (!await Open(number))
            return NotFound();
        var act = form["act"].ToString();
        jointTried = act;
        // Looked over, and to be changed before it goes.
        if (form.ContainsKey("change"))
        {
            AtField = act == "agree" ? "matter-" + form["no"] : FaultIds.Field(JointField(act, "terms"));
            return Page();
        }
        var (door, body) = JointAct(act, form);
        if (door is null || (joint is null && act != "propose"))
            return BadRequest();
        var answer = await ownApi.Post(
            HttpContext,
            JointDoor + door,
            new { id = joint, n = form["no"].ToString() },
            body
        );
        if (answer.Ok)
            return Redirect($"/cases/{Case.Number}#joint");
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(JointField(act, field), said);
        if (answer.Code == Rules.Complaints.Joint.LookFirstCode)
            (isJointLook, AtField) = (true, "look");
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private (string? Door, object? Body) JointAct(string act, IFormCollection form)
    {
        string? Text(string name) => form[name].ToString() is { Length: > 0 } typed ? typed : null;
        Guid[] complaints = [.. form["complaints"].SelectMany(Ids)];
        var asksFirst = !form.ContainsKey("looked");
        return act switch
        {
            "propose" when Me!.IsStaff => ("", new { complaints = complaints.Append(Id) }),
            "propose" => ("", new { complaint = Id }),
            "confirm" or "join" or "leave" => ($"/{{id}}/{act}", null),
            "invite" or "representatives" => ($"/{{id}}/{act}", new { complaints }),
            "remove" => ("/{id}/remove", new { complaint = complaints.FirstOrDefault(), reason = Text("reason") }),
            "waive" => (
                "/{id}/waive",
                new
                {
                    text = Text("text"),
                    guardian = GuardianOf(form),
                    asksFirst,
                }
            ),
            "agree" => ("/{id}/matters/{n}/agree", new { guardian = GuardianOf(form), asksFirst }),
            "messages" => ($"/{{id}}/{act}", new { text = Text("text") }),
            "settle" => (
                "/{id}/settle",
                new
                {
                    terms = Text("terms"),
                    amount = Text("amount"),
                    dueBy = Text("dueBy"),
                    asksFirst,
                }
            ),
            "refuse" => ("/{id}/matters/{n}/refuse", null),
            _ => (null, null),
        };
    }

    /// <summary>What everyone was asked and not everyone answered in time, as lines of this case.</summary>
    private IEnumerable<StoryLine> OverLines() =>
        from matter in (Joint?.Matters ?? []).Index()
        where matter.Item.Expired
        // Not of the case's own log: its anchor counts down from it.
        select new StoryLine(
            -1 - matter.Index,
            matter.Item.ExpiresAt,
            Party.Clock,
            Texts.T("line.joint.expired", Texts.T("joint.matter." + Words.Of(matter.Item.Kind)))
        );

    private async Task LookAtJoint()
    {
        joint = await JointDesk.Of(Store, Id, Ct);
        var opened = joint is { } id ? await JointDesk.Read(Store, id, Me!, Ct) : null;
        Joint = opened is null ? null : await JointView.Of(Store, opened, Ct);
        Lines = [.. Lines.Concat(OverLines()).OrderBy(line => line.At)];
        if (Reader == Party.Respondent)
            return;
        var alike = await JointDesk.Alike(Store, Id, Case, Me!.IsStaff, Ct);
        var members = Joint?.Members.Select(m => m.Complaint).ToHashSet() ?? [];
        AlikeCount = alike.Count;
        if (!Me.IsStaff)
            return;
        var others = alike.Where(a => !members.Contains(a.Id)).ToList();
        Guid[] ids = [.. others.Select(a => a.Id)];
        await SightingBook.Instance.Note(Store, ids, Me, Ct);
        var glimpses = await CaseGlimpse.Of(Store, ids, Reader, Ct);
        Alike = [.. others.Select(a => new AlikeRow(a, glimpses.GetValueOrDefault(a.Id)))];
    }
}
