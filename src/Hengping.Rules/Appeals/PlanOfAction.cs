using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Hengping.Rules.Appeals;

/// <summary>A section of an appeal with its plan of action (整改计划).</summary>
public enum AppealSection
{
    /// <summary>原决定哪里不对: facts or clause are wrong. It needs no plan.</summary>
    Grounds,

    /// <summary>根本原因.</summary>
    RootCause,

    /// <summary>已采取的纠正措施.</summary>
    Corrective,

    /// <summary>预防措施.</summary>
    Preventive,

    /// <summary>采购来源; this and those below on safety grounds.</summary>
    Sourcing,

    /// <summary>商品发布.</summary>
    Listing,

    /// <summary>发货.</summary>
    Shipping,

    /// <summary>产品检测.</summary>
    Testing,

    /// <summary>保质期.</summary>
    Expiry,

    /// <summary>标签.</summary>
    Labelling,

    /// <summary>商品状况.</summary>
    Condition,
}

/// <summary>What a piece of evidence is.</summary>
public enum ProofKind
{
    /// <summary>证书.</summary>
    Certificate,

    /// <summary>检测报告.</summary>
    TestReport,

    /// <summary>供应商文件.</summary>
    SupplierPaper,

    /// <summary>发票.</summary>
    Invoice,

    /// <summary>照片、记录等.</summary>
    Other,
}

/// <summary>Evidence bound to one statement.</summary>
/// <param name="File">An upload.</param>
/// <param name="ValidTo">Last day on which it holds.</param>
/// <param name="Product">What it was issued for.</param>
public sealed record PlanProof(
    Guid File,
    ProofKind Kind,
    string? Issuer,
    string? Number,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string? Product
);

/// <summary>One statement of a plan.</summary>
/// <param name="No">From 1, in the order of the plan: a decision names it.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="By">Done, or to be done, on that day.</param>
public sealed record PlanStatement(
    int No,
    AppealSection Section,
    string Text,
    string? Owner,
    DateOnly? By,
    IReadOnlyList<PlanProof> Proofs
)
{
    /// <summary>The same but for its place.</summary>
    public bool Says(PlanStatement other) =>
        Section == other.Section
        && Text == other.Text
        && Owner == other.Owner
        && By == other.By
        && Proofs.SequenceEqual(other.Proofs);
}

/// <summary>申诉内容: what an appeal says in one version.</summary>
public sealed record PlanOfAction(IReadOnlyList<PlanStatement> Statements)
{
    public const int TextMin = 2;
    public const int TextMax = 2_000;
    public const int LineMax = 100;
    public const int StatementsMax = 40;
    public const int ProofsMax = 6;

    /// <summary>Years back that something can have been done.</summary>
    public const int DoneYearsMax = 5;

    /// <summary>Years ahead that something can be promised for.</summary>
    public const int AheadYearsMax = 3;

    /// <summary>Years from today, either way, in which a paper's validity begins and ends.</summary>
    public const int PaperYearsMax = 50;

    private static readonly AppealSection[] Plan =
    [
        AppealSection.Grounds,
        AppealSection.RootCause,
        AppealSection.Corrective,
        AppealSection.Preventive,
    ];

    /// <summary>An empty one.</summary>
    public static readonly PlanOfAction Empty = new([]);

    /// <summary>The sections that an appeal can fill: of a report the grounds alone, of safety all.</summary>
    public static IReadOnlyList<AppealSection> SectionsOf(AppealTargetKind kind, bool isSafety) =>
        kind == AppealTargetKind.Report ? [AppealSection.Grounds]
        : isSafety ? Enum.GetValues<AppealSection>()
        : Plan;

    /// <summary>Its files.</summary>
    [JsonIgnore]
    public IReadOnlyList<Guid> Files => [.. Statements.SelectMany(s => s.Proofs).Select(p => p.File).Distinct()];

    /// <summary>The statements of a section.</summary>
    public IReadOnlyList<PlanStatement> Of(AppealSection section) => [.. Statements.Where(s => s.Section == section)];

    /// <summary>
    /// Sections that somebody who gives a plan has left empty. Who says only that the decision is wrong needs none.
    /// </summary>
    public IReadOnlyList<AppealSection> Missing(AppealTargetKind kind, bool isSafety)
    {
        var asked = SectionsOf(kind, isSafety);
        var given = Statements.Select(s => s.Section).ToHashSet();
        var contests = given.Count == 1 && given.Contains(AppealSection.Grounds);
        return contests ? [] : [.. asked.Where(s => s != AppealSection.Grounds && !given.Contains(s))];
    }

    /// <summary>
    /// Whether a version brings exactly what a refusal named: each of the named sections is filled and other than
    /// before, and nothing else has changed.
    /// </summary>
    public bool BringsExactly(PlanOfAction before, IReadOnlyCollection<AppealSection> missing) =>
        missing.Count > 0
        && Enum.GetValues<AppealSection>()
            .All(section =>
                missing.Contains(section) ? Of(section).Count > 0 && !Same(section, before) : Same(section, before)
            );

    /// <summary>What is new, gone and unchanged between two versions, section by section.</summary>
    public IReadOnlyList<PlanChange> Since(PlanOfAction before)
    {
        var changes = ImmutableList.CreateBuilder<PlanChange>();
        foreach (var section in Enum.GetValues<AppealSection>())
        {
            var (was, now) = (before.Of(section), Of(section));
            changes.AddRange(
                was.Where(old => !now.Any(old.Says)).Select(old => new PlanChange(section, IsNew: false, old))
            );
            changes.AddRange(
                now.Where(one => !was.Any(one.Says)).Select(one => new PlanChange(section, IsNew: true, one))
            );
        }
        return changes.ToImmutable();
    }

    private bool Same(AppealSection section, PlanOfAction before)
    {
        var (was, now) = (before.Of(section), Of(section));
        return was.Count == now.Count && was.Zip(now).All(pair => pair.First.Says(pair.Second));
    }
}

/// <summary>A statement that one version has and the other has not.</summary>
public sealed record PlanChange(AppealSection Section, bool IsNew, PlanStatement Statement);
