using System.Globalization;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>What narrows a list: conditions in SQL that hold all together, and their values.</summary>
public sealed class Conditions
{
    private readonly StringBuilder sql = new("1 = 1");

    /// <summary>Values, by the name they have in the SQL.</summary>
    public Dictionary<string, object?> Args { get; } = new(StringComparer.Ordinal);

    /// <summary>The stretch of the list that is gone on with, and behind which of its rows.</summary>
    internal (int Stretch, string? Behind) From { get; set; }

    /// <summary>All of them.</summary>
    public string Sql => sql.ToString();

    /// <summary>One more.</summary>
    public Conditions And(string condition)
    {
        sql.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>A value that the order of the list asks for.</summary>
    public Conditions With(string name, object? value)
    {
        Args[name] = value;
        return this;
    }

    /// <summary>One more, about a value.</summary>
    public Conditions And(string condition, string name, object? value)
    {
        Args[name] = value;
        return And(condition);
    }

    /// <summary>
    /// A column of words holds one of these; where none are given, whatever it holds. No index of that column is used:
    /// the list is read in its own order, and what does not fit is passed over.
    /// </summary>
    public Conditions Holds(string column, string name, params IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return this;
        for (var i = 0; i < words.Count; i++)
            Args[NameOf(i)] = words[i];
        return And($"({column} || '') in ({string.Join(", ", words.Select((_, i) => "@" + NameOf(i)))})");

        string NameOf(int i) => name + i.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A column holds a value; where none is given, whatever it holds.</summary>
    public Conditions Is(string column, string name, object? value) =>
        value is null ? this : And($"{column} = @{name}", name, value);
}
