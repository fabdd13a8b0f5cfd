using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>Counts the running terms of appeals again.</summary>
public sealed class CountAppealTerms(Store store, LawInForce laws, ILogger<CountAppealTerms> log)
    : CountTerms<Appeal, AppealEvent>(store, laws, Terms, log)
{
    private static readonly TermRound<Appeal, AppealEvent> Terms = new(
        AppealBook.Instance,
        "select id from appeals where status = 'submitted' and id > @after order by id limit @limit",
        (appeal, law) => appeal.CountAgain(law.Count)
    );

    /// <inheritdoc/>
    public override string Name => "appeal-terms";

    /// <summary>Counts everything again; how many were moved.</summary>
    public static Task<long> All(Store store, Law law, CancellationToken ct) => Terms.All(store, law, ct);
}
