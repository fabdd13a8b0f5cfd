using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Counts the running terms of complaints again.</summary>
public sealed class CountComplaintTerms(Store store, LawInForce laws, ILogger<CountComplaintTerms> log)
    : CountTerms<Complaint, ComplaintEvent>(store, laws, Terms, log)
{
    private static readonly TermRound<Complaint, ComplaintEvent> Terms = new(
        ComplaintBook.Instance,
        """
        select id from complaints
        where ((closed_at is null and imported is null) or due_kind = 'told') and id > @after
        order by id limit @limit
        """,
        (complaint, law) => complaint.CountAgain(law.Count)
    );

    /// <inheritdoc/>
    public override string Name => "terms";

    /// <summary>Counts everything again; how many cases were moved.</summary>
    public static Task<long> All(Store store, Law law, CancellationToken ct) => Terms.All(store, law, ct);
}
