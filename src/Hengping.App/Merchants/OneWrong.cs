namespace Hengping.App.Merchants;

/// <summary>Whether a name begins as somebody typed, but for one sign that is wrong, missing, too many or swapped with
/// the next: in its signs, or in how it is read.</summary>
public static class OneWrong
{
    /// <summary>A name, as typed.</summary>
    public static bool In(string typed, string name)
    {
        var signs = MerchantKeys.Signs(name);
        return Begins(typed, signs)
            || (
                !MerchantKeys.IsHan(typed) && MerchantKeys.Read(signs).Any(units => Begins(typed, string.Concat(units)))
            );
    }

    private static bool Begins(string typed, string whole)
    {
        var same = 0;
        while (same < typed.Length && same < whole.Length && typed[same] == whole[same])
            same++;
        if (same == typed.Length)
            return true;
        var rest = typed.AsSpan(same);
        var other = whole.AsSpan(same);
        return other.StartsWith(rest[1..])
            || (other.Length > 0 && other[1..].StartsWith(rest[1..]))
            || (other.Length > 0 && other[1..].StartsWith(rest))
            || (
                rest.Length > 1
                && other.Length > 1
                && rest[0] == other[1]
                && rest[1] == other[0]
                && other[2..].StartsWith(rest[2..])
            );
    }
}
