namespace Hengping.App.Platform;

/// <summary>
/// Patterns of SQL's <c>like … escape '\'</c> for what people type: every character of theirs stands for itself.
/// </summary>
public static class Like
{
    /// <summary>Holds the text.</summary>
    public static string Holding(string text) => "%" + Literal(text) + "%";

    /// <summary>Begins with the text.</summary>
    public static string Beginning(string text) => Literal(text) + "%";

    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
}
