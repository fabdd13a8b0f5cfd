using System.Text.Json.Serialization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Reports;

/// <summary>What a report says.</summary>
/// <param name="RespondentName">Whom it is about, as typed: a name nobody knows yet makes no public entry.</param>
public sealed record ReportStory(string Text, string? RespondentName);

/// <summary>Who reports under their own name, and where they can be told.</summary>
public sealed record ReportContact(string Name, string Phone);

/// <summary>
/// What can happen to a report. Nothing of it is written into the stream of a merchant or of a complaint.
/// </summary>
public abstract record ReportEvent
{
    private ReportEvent() { }

    /// <summary>What is to be said of the terms it sets; null where their days say it all.</summary>
    public IReadOnlyList<TermNote>? TermNotes { get; init; }

    /// <summary>期限重新计算: the days of <see cref="TermNotes"/> hold from now on.</summary>
    public sealed record TermsCounted(TermsCause Cause) : ReportEvent;

    /// <summary>It came in.</summary>
    /// <param name="Number">As a case number; the code that goes with it is kept nowhere.</param>
    /// <param name="IsAnonymous">Then neither an account nor a name is in it.</param>
    /// <param name="Breach">A code of the taxonomy.</param>
    /// <param name="Respondent">The entry it is about, where there is one.</param>
    /// <param name="Reporter">The account of somebody who reports under their own name while signed in.</param>
    /// <param name="TellBy">Told by then whether it is taken up; under one's own name only.</param>
    /// <param name="VerifyBy">Verified by then; null where the calendar of that year is not known yet.</param>
    public sealed record Filed(
        string Number,
        bool IsAnonymous,
        string Breach,
        Guid? Respondent,
        Guid? Reporter,
        IReadOnlyList<Guid> Evidence,
        DateTimeOffset? TellBy,
        DateTimeOffset? VerifyBy
    ) : ReportEvent
    {
        /// <summary>Number of an ended report of the same reporter to which this one adds.</summary>
        public string? Earlier { get; init; }

        /// <summary>In which somebody who reports under their own name is told; null is Chinese.</summary>
        public string? Language { get; init; }

        /// <summary>Keyed hash of the phone in <see cref="Contact"/>; it stands in no log.</summary>
        [JsonIgnore]
        public string? ContactPrint { get; init; }

        [Secret]
        public ReportStory? Story { get; set; }

        [Secret]
        public FileOrigin? Origin { get; set; }

        /// <summary>Of somebody who has no account here.</summary>
        [Secret]
        public ReportContact? Contact { get; set; }

        /// <summary>Of an account: gone with the person's key.</summary>
        [Secret(KeyOf.Person)]
        public ReportContact? PersonContact { get; set; }
    }

    /// <summary>受理: it is being verified.</summary>
    public sealed record Accepted : ReportEvent;

    /// <summary>不予受理, with the reason and what else is possible.</summary>
    public sealed record Declined(string Reason) : ReportEvent
    {
        /// <summary>The authority that is competent, where this one is not.</summary>
        public string? GoTo { get; init; }

        [Secret]
        public string? Note { get; set; }
    }

    /// <summary>处理权限争议 with another authority.</summary>
    public sealed record Disputed(string With, DateTimeOffset? SettleBy) : ReportEvent;

    /// <summary>重新核查: an appeal against the decision was right; the verification counts from here.</summary>
    public sealed record Reopened(Guid Appeal, DateTimeOffset? VerifyBy) : ReportEvent;

    /// <summary>并案: the same reporter reported again with new facts; the verification counts from here.</summary>
    public sealed record Merged(IReadOnlyList<Guid> Evidence, DateTimeOffset? VerifyBy) : ReportEvent
    {
        [Secret]
        public string? Text { get; set; }

        [Secret]
        public FileOrigin? Origin { get; set; }
    }

    /// <summary>延长核查, once.</summary>
    public sealed record Extended(DateTimeOffset? VerifyBy) : ReportEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>The verification ended.</summary>
    /// <param name="Measure">What is done about a breach that was found.</param>
    /// <param name="Authority">Whom it was referred to.</param>
    public sealed record Concluded(ReportStatus Outcome, ReportMeasure? Measure, string? Authority) : ReportEvent
    {
        /// <summary>The authority's account here. Reports from before its time name the authority alone.</summary>
        public Guid? Account { get; init; }

        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>The desk wrote to the reporter.</summary>
    public sealed record Told : ReportEvent
    {
        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>The reporter added something.</summary>
    public sealed record Added(IReadOnlyList<Guid> Evidence) : ReportEvent
    {
        [Secret]
        public string? Text { get; set; }

        [Secret]
        public FileOrigin? Origin { get; set; }
    }

    /// <summary>
    /// 撤回 by the reporter. Not taken up yet, it ends; taken up, it is verified all the same: a breach is not the
    /// reporter's to forgive.
    /// </summary>
    public sealed record Withdrawn : ReportEvent;

    /// <summary>依法保全: not erased until it is lifted.</summary>
    /// <param name="Ground">A code of the taxonomy.</param>
    public sealed record HoldPlaced(string Ground) : ReportEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>保全解除.</summary>
    public sealed record HoldLifted(string Ground) : ReportEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>Its key is to be destroyed.</summary>
    /// <param name="Because">age, request.</param>
    public sealed record Erased(string Because) : ReportEvent;

    /// <summary>锁定: its reporter left while a legal term keeps it; it is stored and read by nobody.</summary>
    public sealed record Locked : ReportEvent;
}
