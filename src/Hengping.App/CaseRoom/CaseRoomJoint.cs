using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.JointComplaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>A case that may be about the same dispute, and how it begins.</summary>
public sealed record AlikeRow(AlikeCase Case, CaseGlimpse? Glimpse);

/// <summary>共同投诉 in the case room: who could take part, who does, and what everyone is asked.</summary>
public sealed partial class CaseRoomPage
{
    private const string JointDoor = "/api/v1/joint";
    private Guid? joint;

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

    /// <summary>Does what the button of the joint complaint's panel says.</summary>
    public async Task<IActionResult> OnPostJoint(string number, [FromForm] IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        if (!await Open(number))
            return NotFound();
        var act = form["act"].ToString();
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
            Faults.TryAdd("joint-" + field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private (string? Door, object? Body) JointAct(string act, IFormCollection form)
    {
        string? Text(string name) => form[name].ToString() is { Length: > 0 } typed ? typed : null;
        Guid[] complaints = [.. form["complaints"].SelectMany(Ids)];
        return act switch
        {
            "propose" when Me!.IsStaff => ("", new { complaints = complaints.Append(Id) }),
            "propose" => ("", new { complaint = Id }),
            "confirm" or "join" or "leave" => ($"/{{id}}/{act}", null),
            "invite" or "representatives" => ($"/{{id}}/{act}", new { complaints }),
            "remove" => ("/{id}/remove", new { complaint = complaints.FirstOrDefault(), reason = Text("reason") }),
            "waive" => ("/{id}/waive", new { text = Text("text"), guardian = GuardianOf(form) }),
            "agree" => ("/{id}/matters/{n}/agree", new { guardian = GuardianOf(form) }),
            "messages" => ($"/{{id}}/{act}", new { text = Text("text") }),
            "settle" => (
                "/{id}/settle",
                new
                {
                    terms = Text("terms"),
                    amount = Text("amount"),
                    dueBy = Text("dueBy"),
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
