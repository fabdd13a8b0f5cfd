namespace Hengping.App.CaseRoom;

/// <summary>The fields of a score, as the page of the case and the page of a link ask for them.</summary>
/// <param name="Faults">By field, in the order of the fields.</param>
/// <param name="Satisfaction">Chosen, from 0 to 10; null where nothing is.</param>
/// <param name="Resolved">The word that is chosen.</param>
/// <param name="IsMore">More is said to be recovered than was in dispute: it is asked whether that is right.</param>
/// <param name="IsExcluded">The case counts in no rating, and so does the score.</param>
public sealed record ScoreForm(
    IReadOnlyDictionary<string, string> Faults,
    string? Satisfaction,
    string? Resolved,
    string? Recovered,
    bool IsMore,
    string? Comment,
    bool IsExcluded
);
