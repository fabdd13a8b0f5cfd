using System.Globalization;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>What narrows a list: conditions in SQL that hold all together, and their values.</summary>
public sealed class Conditions
{
    private readonly StringBuilder lead = new("1 = 1");
    private readonly StringBuilder rest = new();

    /// <summary>Values, by the name they have in the SQL.</summary>
    public Dictionary<string, object?> Args { get; } = new(StringComparer.Ordinal);

    /// <summary>The order and the stretch of the list that is gone on with, and behind which of its rows.</summary>
    internal (object? Order, int Stretch, string? Behind) From { get; set; }

    /// <summary>All of them.</summary>
    public string Sql => lead.ToString() + rest;

    /// <summary>What the index of the list's order leads to.</summary>
    internal string Lead => lead.ToString();

    /// <summary>Rows are passed over: how many is not known before.</summary>
    internal bool PassesOver => rest.Length > 0;

    /// <summary>One more, that the index of the list leads to.</summary>
    public Conditions And(string condition)
    {
        lead.Append(" and ").Append(condition);
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

    /// <summary>One more, that no index is asked for: what does not fit is passed over.</summary>
    public Conditions But(string condition)
    {
        rest.Append(" and ").Append(Unled(condition));
        return this;
    }

    /// <summary>A condition as no index can lead to it; PostgreSQL takes every other row to fit.</summary>
    public static string Unled(string condition) => $"case when {condition} then true else false end";

    /// <summary>One more, about a value, that no index is asked for.</summary>
    public Conditions But(string condition, string name, object? value)
    {
        Args[name] = value;
        return But(condition);
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
        return But($"{column} in ({string.Join(", ", words.Select((_, i) => "@" + NameOf(i)))})");

        string NameOf(int i) => name + i.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A column holds a value; where none is given, whatever it holds.</summary>
    public Conditions Is(string column, string name, object? value) =>
        value is null ? this : And($"{column} = @{name}", name, value);
}
