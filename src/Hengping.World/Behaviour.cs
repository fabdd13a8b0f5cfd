namespace Hengping.World;

/// <summary>How a merchant treats complaints.</summary>
public enum Manner
{
    /// <summary>Answers within a day and solves.</summary>
    Prompt,

    /// <summary>Answers in two days, mostly solves.</summary>
    Ordinary,

    /// <summary>Answers after the clock.</summary>
    Slow,

    /// <summary>Hardly ever answers.</summary>
    Silent,

    /// <summary>Answers at once with a form that says nothing.</summary>
    Template,

    /// <summary>Makes offers.</summary>
    Settler,

    /// <summary>Contests and refuses.</summary>
    Disputer,
}

/// <summary>The figures behind a manner.</summary>
/// <param name="Answers">Share of complaints it answers within the 30 days.</param>
/// <param name="MedianHours">Median hours from delivery to its first answer.</param>
/// <param name="Forms">Share of first answers that are a form.</param>
/// <param name="Offers">Share of answers that come with an offer.</param>
/// <param name="Contests">Share it contests before answering.</param>
/// <param name="Solves">Share of answered cases that leave the claimant content.</param>
public sealed record Behaviour(
    Manner Manner,
    double Answers,
    double MedianHours,
    double Forms,
    double Offers,
    double Contests,
    double Solves
)
{
    /// <summary>The figures of each manner.</summary>
    public static Behaviour Of(Manner manner) =>
        manner switch
        {
            Manner.Prompt => new(manner, 0.97, 13, 0.01, 0.25, 0.01, 0.85),
            Manner.Ordinary => new(manner, 0.86, 36, 0.08, 0.15, 0.03, 0.55),
            Manner.Slow => new(manner, 0.74, 90, 0.12, 0.10, 0.02, 0.35),
            Manner.Silent => new(manner, 0.11, 80, 0.50, 0.02, 0.01, 0.20),
            Manner.Template => new(manner, 0.90, 5, 0.82, 0.04, 0.02, 0.18),
            Manner.Settler => new(manner, 0.92, 30, 0.03, 0.62, 0.01, 0.72),
            _ => new(manner, 0.82, 48, 0.05, 0.06, 0.14, 0.22),
        };

    /// <summary>The same with a merchant's own quirks, and how far it has changed by a point of the year.</summary>
    /// <param name="mend">−1…1: how much it gets better (or worse) over the year.</param>
    /// <param name="year">0 at the start of the market, 1 at its end.</param>
    public Behaviour Drift(double mend, double year)
    {
        var moved = mend * (year - 0.5);
        return this with
        {
            Answers = Math.Clamp(Answers + (0.25 * moved), 0.03, 0.99),
            MedianHours = MedianHours * (1 - (0.5 * moved)),
            Solves = Math.Clamp(Solves + (0.2 * moved), 0.05, 0.95),
        };
    }
}
