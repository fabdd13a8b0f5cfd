using System.Buffers.Text;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>An opaque place in a list: nobody need know what is in it.</summary>
public static class Cursor
{
    private const int LengthMax = 2_000;

    /// <summary>The cursor after a key.</summary>
    public static string Write(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The key in a cursor; null for none or for one that we did not write.</summary>
    public static string? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || cursor.Length > LengthMax || !Base64Url.IsValid(cursor))
            return null;
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return key.Contains('\0', StringComparison.Ordinal) ? null : key;
    }
}
