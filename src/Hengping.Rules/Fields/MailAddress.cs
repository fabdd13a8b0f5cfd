namespace Hengping.Rules.Fields;

/// <summary>E-mail addresses, as people type them.</summary>
public static class MailAddress
{
    /// <summary>RFC 5321: the longest path, without its brackets.</summary>
    public const int LengthMax = 254;

    /// <summary>
    /// Has the form of one e-mail address, without what separates or comments addresses in a header; whether anybody
    /// reads it shows when it is used.
    /// </summary>
    public static bool Is(string email) =>
        email.Length <= LengthMax
        && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && email.LastIndexOf('@') == at
        && email.LastIndexOf('.') > at + 1
        && !email.EndsWith('.')
        && !email.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || ",;:<>()[]\\\"".Contains(sign));
}
