using System.Text;
using Hengping.App.Calc;
using Hengping.App.Clocks;

namespace Hengping.Tests.Calc;

/// <summary>The calculator as it is called: one row, or a batch.</summary>
internal static class Calculating
{
    public static Calculation Kind(string name) => LawBook.All(Law.Shipped).First(k => k.Name == name);

    /// <summary>Cells with commas between them, the others empty.</summary>
    public static string[] Row(Calculation calculation, string cells)
    {
        var row = cells.Split(',');
        return [.. row, .. Enumerable.Repeat("", calculation.In.Length - row.Length)];
    }

    public static (int Status, string Output, List<string> Told) Batch(string name, string input, params string?[] same)
    {
        var kind = Kind(name);
        var told = new List<string>();
        using var output = new MemoryStream();
        using var given = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var status = CalcBatch.Run(
            kind,
            [.. same, .. new string?[kind.In.Length - same.Length]],
            given,
            output,
            told.Add
        );
        return (status, Encoding.UTF8.GetString(output.ToArray()), told);
    }
}
