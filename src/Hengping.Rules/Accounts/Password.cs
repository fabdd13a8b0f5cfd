using Hengping.Rules.Fields;

namespace Hengping.Rules.Accounts;

/// <summary>What a sign-in name and a password that people choose must be like.</summary>
public static class Password
{
    /// <summary>Characters at least: length is what a guesser pays for, not signs of many kinds.</summary>
    public const int LengthMin = 12;

    /// <summary>Characters at most, so that hashing one costs no more than it should.</summary>
    public const int LengthMax = 200;

    private const int LoginMin = 3;
    private const int LoginMax = 60;

    /// <summary>Too short, or too long to hash.</summary>
    public static readonly Refusal Length = new(
        "password.length",
        "密码至少12个字符，最多200个；几个不相关的词连起来就好记",
        "A password has 12 to 200 characters; a few unrelated words are easy to remember"
    );

    /// <summary>The name or one character over and over.</summary>
    public static readonly Refusal Plain = new(
        "password.plain",
        "密码不能包含登录名，也不能只重复一两个字符",
        "A password holds neither the sign-in name nor only one or two characters over and over"
    );

    /// <summary>Not a sign-in name.</summary>
    public static readonly Refusal Login = new(
        "account.login",
        "登录名用3至60个字母、数字或 . _ - @",
        "A sign-in name has 3 to 60 letters, digits or . _ - @"
    );

    /// <summary>Notes what is wrong with a sign-in name and its password.</summary>
    public static void Check(string login, string password, FieldFaults faults)
    {
        CheckLogin(login, faults);
        CheckNew(login, password, faults);
    }

    /// <summary>Notes what is wrong with a new password of a sign-in name that is known.</summary>
    public static void CheckNew(string login, string password, FieldFaults faults)
    {
        faults.If(password.Length is < LengthMin or > LengthMax, "password", Length);
        var holdsName = login.Length >= LoginMin && password.Contains(login, StringComparison.OrdinalIgnoreCase);
        faults.If(holdsName || password.Distinct().Count() <= 2, "password", Plain);
    }

    /// <summary>Notes what is wrong with a sign-in name.</summary>
    public static void CheckLogin(string login, FieldFaults faults)
    {
        var isPlain = login.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@');
        faults.If(login.Length is < LoginMin or > LoginMax || !isPlain, "login", Login);
    }
}
