using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>The boxes of the five factors as a page shows and sends them: in the case room, and at the desk.</summary>
/// <param name="Sent">The form that comes back; null where none was sent.</param>
/// <param name="Proofs">Evidence of the case, by what it is called.</param>
public sealed record FactorForm(
    IReadOnlyDictionary<string, string> Faults,
    IFormCollection? Sent,
    IReadOnlyList<(Guid Id, string Name)> Proofs
)
{
    /// <summary>Of the ids: the desk shows the form for many cases and a case beside it.</summary>
    public string Ids { get; init; } = "f-";

    /// <summary>As the doors take them: one for each box that is ticked.</summary>
    public static FactorDraft[] Of(IFormCollection form) =>
        [
            .. form["factor"]
                .OfType<string>()
                .Select(code => new FactorDraft(
                    code,
                    form["words." + code],
                    [.. form["proof." + code].Where(id => Guid.TryParse(id, out _)).Select(id => Guid.Parse(id!))]
                )),
        ];

    /// <summary>Whether a box comes back ticked.</summary>
    public bool Picked(string code) => Sent?["factor"].Contains(code) == true;

    /// <summary>Whether a piece of evidence comes back ticked for a box.</summary>
    public bool Shows(string code, Guid proof) => Sent?["proof." + code].Contains(proof.ToString()) == true;

    /// <summary>What was typed.</summary>
    public string? Typed(string field) => Sent?[field];

    /// <summary>Where the fault of a box stands: the door counts those that were ticked.</summary>
    public string FieldOf(string code) =>
        $"factors[{Sent?["factor"].OfType<string>().ToList().IndexOf(code) ?? -1}].words";
}
