using System.Text.RegularExpressions;

namespace Hengping.Rules.Workbench;

/// <summary>
/// The variables of a template: <c>{number}</c> and others, each in braces. Only those known here are allowed, so that
/// a slip of the pen is found when the template is written and not when the claimant reads it.
/// </summary>
public static partial class TemplateText
{
    /// <summary>The case's number, how the claimant is addressed, the sum, the order, the kind of problem.</summary>
    public static readonly IReadOnlyList<string> Variables = ["number", "buyer", "amount", "order", "problem"];

    /// <summary>A word in braces that is no variable.</summary>
    public static readonly Refusal Unknown = new(
        "template.variable",
        "花括号里只能用：{number} {buyer} {amount} {order} {problem}",
        "Only these may stand in braces: {number} {buyer} {amount} {order} {problem}"
    );

    /// <summary>Every word in braces is a variable.</summary>
    public static bool IsSound(string text) =>
        Braces().Matches(text).All(m => Variables.Contains(m.Groups["word"].Value));

    /// <summary>The text with its variables filled, and those for which this case has no value.</summary>
    /// <param name="values">By variable; null or blank where the case has none.</param>
    public static (string Text, IReadOnlyList<string> Missing) Fill(
        string text,
        IReadOnlyDictionary<string, string?> values
    )
    {
        var missing = new List<string>();
        var filled = Braces()
            .Replace(
                text,
                found =>
                {
                    var word = found.Groups["word"].Value;
                    if (values.TryGetValue(word, out var value) && !string.IsNullOrWhiteSpace(value))
                        return value;
                    if (!missing.Contains(word))
                        missing.Add(word);
                    return found.Value;
                }
            );
        return (filled, missing);
    }

    [GeneratedRegex(@"\{(?<word>[^{}\r\n]{1,40})\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braces();
}
