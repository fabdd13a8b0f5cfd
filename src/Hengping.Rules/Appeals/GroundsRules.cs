namespace Hengping.Rules.Appeals;

/// <summary>Whether somebody who says that a decision is wrong says anything that can be checked.</summary>
public static class GroundsRules
{
    /// <summary>
    /// No day, no figure or number, no words of the decision, and no paper: whoever decides has nothing to look up.
    /// </summary>
    /// <param name="statement">As it was typed.</param>
    public static bool SaysNothingToCheck(string statement) =>
        LetterReading
            .Read(statement)
            .Items.All(it =>
                !Dates.SaysWhen(it.Item.Text)
                && !Figures(it.Item.Text)
                && !LetterPatterns.Quoted().IsMatch(it.Item.Text)
                && !ClaimRules.NamesPaper(it.Item.Text)
            );

    // Of goods, too: a model or an item number is what the decision may have wrong.
    private static bool Figures(string text) => text.Any(char.IsDigit);
}
