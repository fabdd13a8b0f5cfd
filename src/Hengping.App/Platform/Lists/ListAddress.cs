using System.Globalization;
using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>The address of a list: what is asked for in it, and what is wrong with what is.</summary>
internal sealed class ListAddress(IQueryCollection query, FieldFaults faults)
{
    /// <summary>Rows of a page at the most.</summary>
    public const int SizeMax = 100;

    private const int SizeUsual = 20;

    /// <summary>What was said, or null.</summary>
    public string? Said(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>Words, one or several, with commas or each by itself.</summary>
    public IReadOnlyList<T> Words<T>(string name)
        where T : struct, Enum
    {
        var said = query[name].SelectMany(one => (one ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));
        return [.. said.Select(word => Known(name, Platform.Words.Parse<T>(word))).OfType<T>()];
    }

    /// <summary>One word.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum =>
        Said(name) is { } word ? Known(name, Platform.Words.Parse<T>(word.ToLowerInvariant())) : null;

    /// <summary>An id.</summary>
    public Guid? Id(string name) =>
        Said(name) is { } text ? Known(name, Guid.TryParse(text, out var id) ? id : (Guid?)null) : null;

    /// <summary>How many rows.</summary>
    public int Size()
    {
        var text = Said("size");
        var size = int.TryParse(text, CultureInfo.InvariantCulture, out var wanted) ? wanted : 0;
        faults.If(text is not null && size is < 1 or > SizeMax, "size", Fault.NumberBetween(1, SizeMax));
        return text is null ? SizeUsual : size;
    }

    /// <summary>Where it goes on.</summary>
    public string? Cursor<TRow>(ListOrder<TRow> order)
    {
        var cursor = Said("cursor");
        faults.If(!order.Knows(cursor), "cursor", Fault.Unknown);
        return cursor;
    }

    private T? Known<T>(string name, T? value)
        where T : struct
    {
        faults.If(value is null, name, Fault.Unknown);
        return value;
    }
}
