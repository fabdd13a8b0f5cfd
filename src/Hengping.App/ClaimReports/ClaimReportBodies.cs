namespace Hengping.App.ClaimReports;

/// <summary>The body of <c>POST /claim-reports</c>.</summary>
public sealed record ClaimReportRequest
{
    /// <summary>fake, threeNo, description, advertisingWords, noChineseLabel, noLicence, other.</summary>
    public string? Pretext { get; init; }

    /// <summary>Number of the claimant's complaint, where there is one.</summary>
    public string? Complaint { get; init; }

    /// <summary>As the shop knows them; for whoever decides alone.</summary>
    public string? ClaimantName { get; init; }
    public string? ClaimantPhone { get; init; }

    /// <summary>What they did: they read it.</summary>
    public string? Alleged { get; init; }

    /// <summary>What was threatened or demanded: they read it. Needed where no order is named.</summary>
    public string? Demanded { get; init; }

    /// <summary>For whoever decides alone.</summary>
    public string? Note { get; init; }

    /// <summary>An authority's case about the same, if one runs.</summary>
    public string? AuthorityCase { get; init; }
    public decimal? Sum { get; init; }
    public IReadOnlyList<Order?>? Orders { get; init; }

    /// <summary>The caller's own uploads.</summary>
    public IReadOnlyList<Proof?>? Evidence { get; init; }

    /// <param name="On">The day of the order; may be left out.</param>
    public sealed record Order(string? No, string? On);

    /// <param name="Of">chat, call, letter, other.</param>
    public sealed record Proof(Guid? File, string? Of);
}

/// <summary>What the claimant says, as a statement or an appeal.</summary>
public sealed record StatementRequest
{
    public string? Text { get; init; }
    public Guid[]? Evidence { get; init; }
}

/// <summary>What the claimant is asked.</summary>
public sealed record QuestionRequest
{
    public string? Question { get; init; }
}

/// <summary>The decision.</summary>
public sealed record ClaimDecision
{
    /// <summary>upheld, rejected.</summary>
    public string? Outcome { get; init; }

    /// <summary>threat, swap, planting, invented, beyondLaw; of upheld at least one.</summary>
    public IReadOnlyList<string?>? Grounds { get; init; }

    /// <summary>Whether the defect that was named is there: real, notReal, notShown.</summary>
    public string? Defect { get; init; }
    public string? Reason { get; init; }

    /// <summary>Refuse it with <c>claim-report.look</c> where all of it is right; else it is decided.</summary>
    public bool? AsksFirst { get; init; }
}

/// <summary>The decision of an appeal, or why what is in effect is revoked.</summary>
public sealed record ClaimReview
{
    /// <summary>Of an appeal: upheld, overturned.</summary>
    public string? Outcome { get; init; }
    public string? Reason { get; init; }
}
