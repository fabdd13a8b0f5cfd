namespace Hengping.Rules.Reports;

/// <summary>What somebody says who reports the same respondent for the same kind of breach again.</summary>
public enum ReportAgain
{
    /// <summary>补充新的事实: it may be handled with the first.</summary>
    NewFacts,

    /// <summary>另一件事: a report of its own.</summary>
    OtherMatter,
}

/// <summary>
/// 重复举报 (令121 art. 35): of the same facts nothing is handled again; new facts are handled with the first, and its
/// term runs from the last report.
/// </summary>
public sealed partial record Report
{
    /// <summary>When the last report of these facts was received: what the verification is counted from.</summary>
    public DateTimeOffset CountedFrom { get; init; }

    /// <summary>Number of an earlier report of the same reporter that has ended, and to which this one adds.</summary>
    public string? Earlier { get; init; }

    /// <summary>It was reported before, and nothing new is said.</summary>
    /// <param name="number">Of the first.</param>
    public static Refusal Repeated(string number) =>
        new(
            "report.repeated",
            $"您已就此举报过同一对象（编号{number}）。没有新的事实，不再另行处理；有新的事实，请选“补充新的事实”并入该件；"
                + "如果是另一件事，请选“另一件事”",
            $"You reported the same respondent for this before (number {number}). Without new facts it is not handled "
                + "again; with new facts say so (newFacts) and they are added to it; for another matter say so "
                + "(otherMatter)"
        );

    /// <summary>并案: new facts of the same reporter, while it is open.</summary>
    /// <param name="verifyBy">Counted from now.</param>
    public Decided<ReportEvent> Merge(
        string text,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset? verifyBy,
        FileOrigin? origin = null
    ) =>
        No(ReportVerb.Add) is { } no ? no
        : Evidence.Count + evidence.Count > EvidenceMax ? TooMuchEvidence
        : new ReportEvent.Merged(evidence, verifyBy) { Text = text, Origin = OriginOf(evidence, origin) };
}
