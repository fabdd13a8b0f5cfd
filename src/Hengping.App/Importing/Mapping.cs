using System.Text.Json.Serialization;

namespace Hengping.App.Importing;

/// <summary>What a result word of the source means in the life of a complaint, at the instant it was closed.</summary>
public enum Course
{
    /// <summary>Replied, then closed with the word as outcome.</summary>
    Closed,

    /// <summary>Never delivered: declined.</summary>
    Declined,

    /// <summary>Delivered, the respondent not located: excluded, outside the base.</summary>
    Excluded,

    /// <summary>Delivered, the respondent silent: terminated, in the base without a reply.</summary>
    Terminated,

    /// <summary>Replied, then withdrawn: in the base.</summary>
    Withdrawn,
}

/// <summary>
/// How the columns of a source become a complaint. Each list names columns any of which will do (the first that is not
/// blank in a row counts). The six built-in mappings and the MAP.json of anybody's file are the same thing; the JSON
/// form is explained in docs/import.md.
/// </summary>
public sealed record Mapping
{
    /// <summary>
    /// Lower-case letters, digits and dashes: the author <c>import:SOURCE</c> and the space of its ids.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>The row's own id; none: the hash of all cells and the occurrence number.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    /// <summary>When it was filed; none: <c>--at</c>.</summary>
    public IReadOnlyList<string> Filed { get; init; } = [];

    /// <summary>When the respondent had it; none: when it was filed.</summary>
    public IReadOnlyList<string> Delivered { get; init; } = [];

    /// <summary>The respondent's name; none: <c>--respondent</c>, or <see cref="FixedRespondent"/>.</summary>
    public IReadOnlyList<string> Respondent { get; init; } = [];

    /// <summary>Whom all complaints of this source are against.</summary>
    public string? FixedRespondent { get; init; }

    /// <summary>Who complained, a name or an account of the source: stored as a keyed hash only.</summary>
    public IReadOnlyList<string> Claimant { get; init; } = [];

    /// <summary>Columns whose texts together are the story, in this order.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Words for the problem, split at commas; the first that <see cref="Problems"/> knows counts.</summary>
    public IReadOnlyList<string> Problem { get; init; } = [];

    /// <summary>Words for the demands, split at commas.</summary>
    public IReadOnlyList<string> Demands { get; init; } = [];

    /// <summary>The sum in dispute, CNY.</summary>
    public IReadOnlyList<string> Amount { get; init; } = [];

    /// <summary>A word that says whether it was answered: blank or one of <see cref="Unanswered"/> means no.</summary>
    public IReadOnlyList<string> Response { get; init; } = [];

    /// <summary>Words of <see cref="Response"/> that are no reply.</summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];

    /// <summary>The source's own flag for a timely reply: yes, true or 1.</summary>
    public IReadOnlyList<string> Timely { get; init; } = [];

    /// <summary>When the respondent replied.</summary>
    public IReadOnlyList<string> Replied { get; init; } = [];

    /// <summary>What it replied.</summary>
    public IReadOnlyList<string> Reply { get; init; } = [];

    /// <summary>When the source closed it.</summary>
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>With what result; a code after the last <c> - </c> is enough for <see cref="Results"/>.</summary>
    public IReadOnlyList<string> Result { get; init; } = [];

    /// <summary>What result words mean; all others: replied and closed.</summary>
    public IReadOnlyDictionary<string, Course> Results { get; init; } = new Dictionary<string, Course>();

    /// <summary>The sum recovered.</summary>
    public IReadOnlyList<string> Recovered { get; init; } = [];

    /// <summary>
    /// The claimant's score: a word of <see cref="Scores"/>, or a number 0 … <see cref="ScoreScale"/>.
    /// </summary>
    public IReadOnlyList<string> Score { get; init; } = [];

    /// <summary>Words as scores 0–10; other words are no score.</summary>
    public IReadOnlyDictionary<string, decimal> Scores { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The best number of the source; it counts as 10. Without it only words are scores.</summary>
    public decimal? ScoreScale { get; init; }

    /// <summary>What the source says and our taxonomy does not hold, by tag: never a person's name or words.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Tags that are the same for all rows, as the currency.</summary>
    public IReadOnlyDictionary<string, string> Marks { get; init; } = new Dictionary<string, string>();

    /// <summary>Words of the source as problem codes of the taxonomy.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    /// <summary>Words of the source as demand codes of the taxonomy.</summary>
    public IReadOnlyDictionary<string, string> DemandWords { get; init; } = new Dictionary<string, string>();

    /// <summary>The order of day and month.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>Columns that tell the header from noise above it and this source from another.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Header { get; init; } = [];

    /// <summary>The dates come from <c>--at</c>.</summary>
    [JsonIgnore]
    public bool NeedsAt => Filed.Count == 0;

    /// <summary>The respondent comes from <c>--respondent</c>.</summary>
    [JsonIgnore]
    public bool NeedsRespondent => Respondent.Count == 0 && FixedRespondent is null;

    /// <summary>All column names it may ask for.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<string> Names =>
        [
            .. new[]
            {
                Id,
                Filed,
                Delivered,
                Respondent,
                Claimant,
                Text,
                Problem,
                Demands,
                Amount,
                Response,
                Timely,
                Replied,
                Reply,
                Closed,
                Result,
                Recovered,
                Score,
            }
                .Concat(Tags.Values)
                .SelectMany(names => names)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
}
