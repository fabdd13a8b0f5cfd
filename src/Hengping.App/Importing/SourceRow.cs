using Hengping.Rules;

namespace Hengping.App.Importing;

/// <summary>One row of somebody's file, as read.</summary>
/// <param name="Line">The line (of a sheet: the row) where it begins, from 1.</param>
/// <param name="Cells">By column of the table; absent ones are empty.</param>
/// <param name="Raw">The row's own text where columns differ from row to row (NDJSON); null elsewhere.</param>
/// <param name="Fault">Why the reader could make no row of it.</param>
public readonly record struct SourceRow(long Line, string[] Cells, string? Raw = null, Refusal? Fault = null);

/// <summary>Somebody's file as a table: read once from top to bottom, never held whole.</summary>
public abstract class SourceTable : IDisposable
{
    /// <summary>Header names, trimmed; an unnamed column is empty.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The rows below the header, blank and broken ones included.</summary>
    public abstract IEnumerable<SourceRow> Rows();

    /// <summary>How much of the file is behind us, 0–1, for a progress bar.</summary>
    public abstract double Progress { get; }

    /// <summary>
    /// Days between the day numbers of its cells and those counted from 1899-12-30: 1,462 in workbooks of 1904.
    /// </summary>
    public virtual int DayNumbersFrom => 0;

    /// <summary>Where a column stands; −1 where there is none. Case and outer blanks do not matter.</summary>
    public int Find(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Close();
}
