using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>Counts the running terms of measures again.</summary>
public sealed class CountMeasureTerms(Store store, LawInForce laws, ILogger<CountMeasureTerms> log)
    : CountTerms<Measure, MeasureEvent>(store, laws, Terms, log)
{
    private static readonly TermRound<Measure, MeasureEvent> Terms = new(
        MeasureBook.Instance,
        "select id from measures where ended_at is null and id > @after order by id limit @limit",
        (measure, law) => measure.CountAgain(law.Count)
    );

    /// <inheritdoc/>
    public override string Name => "measure-terms";

    /// <summary>Counts everything again; how many were moved.</summary>
    public static Task<long> All(Store store, Law law, CancellationToken ct) => Terms.All(store, law, ct);
}
