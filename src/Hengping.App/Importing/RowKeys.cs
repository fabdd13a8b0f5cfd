using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hengping.App.Importing;

/// <summary>
/// The keys by which a row is known again: the source's own id, or where it gives none the hash of all cells with the
/// number of the occurrence (two equal rows are two complaints). Remembers 16 bytes a row of this run, no texts.
/// </summary>
public sealed partial class RowKeys
{
    private readonly HashSet<UInt128> ids = [];
    private readonly Dictionary<UInt128, int> occurrences = [];

    /// <summary>The key of an accepted row, or null when its id stood in this file before.</summary>
    public string? Next(string id, SourceRow row)
    {
        if (id.Length > 0)
            return ids.Add(Short(Encoding.UTF8.GetBytes(id))) ? id : null;
        var hash = Hash(row);
        var number = occurrences.GetValueOrDefault(Short(hash)) + 1;
        occurrences[Short(hash)] = number;
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash)}#{number}");
    }

    /// <summary>A long number that a spreadsheet wrote in short: many ids became this one.</summary>
    public static bool IsRounded(string id) => Rounded().IsMatch(id);

    [GeneratedRegex(@"^[0-9](\.[0-9]+)?E\+[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rounded();

    private static UInt128 Short(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BitConverter.ToUInt128(hash);
    }

    // Every cell is preceded by its length, so that "ab","c" and "a","bc" differ.
    private static byte[] Hash(SourceRow row)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        foreach (var cell in row.Raw is { } raw ? [raw] : row.Cells)
        {
            BitConverter.TryWriteBytes(text.GetSpan(4), Encoding.UTF8.GetByteCount(cell));
            text.Advance(4);
            Encoding.UTF8.GetBytes(cell, text);
        }
        return SHA256.HashData(text.WrittenSpan);
    }
}
