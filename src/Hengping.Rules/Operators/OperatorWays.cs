using System.Globalization;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Operators;

/// <summary>A mail server as it is typed.</summary>
public sealed record MailDraft(string? Host, string? Port, bool Tls, string? User, string? Password, string? From);

/// <summary>An SMS gateway as it is typed.</summary>
public sealed record SmsDraft(string? Url, string? Key);

/// <summary>
/// 短信与邮件: how messages leave the house. A secret that is not typed again stays only while the place it is sent to
/// stays: else whoever may change the address could have it sent to themselves.
/// </summary>
public sealed partial record Operator
{
    private const int HostMax = 253;
    private const int PortOfSubmission = 587;
    private const int LineMax = 254;
    private const int SecretMax = 500;

    /// <summary>Not a host name or address.</summary>
    public static readonly Refusal BadHost = new(
        "ways.host",
        "请只填服务器名或IP，如 smtp.example.com",
        "Give the server's name or address alone, as smtp.example.com"
    );

    /// <summary>Not a port.</summary>
    public static readonly Refusal BadPort = new(
        "ways.port",
        "端口是1到65535的整数，一般是587",
        "A port is a whole number from 1 to 65535, mostly 587"
    );

    /// <summary>The secret was for another place.</summary>
    public static readonly Refusal SecretAgain = new(
        "ways.secret-again",
        "地址、用户名或加密方式改了，请重新填写密码或密钥，以免把它发给别处",
        "Address, user or encryption changed: type the password or key again, so that it is not sent elsewhere"
    );

    /// <summary>The key would travel in the clear.</summary>
    public static readonly Refusal NeedsHttps = new(
        "ways.https",
        "网关地址应以 https:// 开头（本机除外），不能带用户名",
        "A gateway's address begins with https:// (but on this machine) and holds no user name"
    );

    /// <summary>The mail server that is set, or null. Folded from a told story it holds its password.</summary>
    public OperatorEvent.MailSet? Mail { get; init; }

    /// <summary>The SMS gateway that is set, or null. Folded from a told story it holds its address and key.</summary>
    public OperatorEvent.SmsSet? Sms { get; init; }

    /// <summary>The mail server that is typed, or null where its address is empty: then mail is off.</summary>
    /// <param name="before">What is set, with its secrets.</param>
    public static OperatorEvent.MailSet? CheckMail(OperatorEvent.MailSet? before, MailDraft draft, FieldFaults faults)
    {
        if (faults.Line("mailHost", draft.Host, HostMax) is not { } host)
            return null;
        faults.If(Uri.CheckHostName(host) == UriHostNameType.Unknown, "mailHost", BadHost);
        var port = PortOf(draft.Port, faults);
        var user = faults.Line("mailUser", draft.User, LineMax);
        var from = faults.Line("mailFrom", draft.From, LineMax);
        faults.If(from is null, "mailFrom", Fault.Required);
        faults.If(from is not null && !MailAddress.Is(AddressIn(from)), "mailFrom", Fault.Email);
        var set = new OperatorEvent.MailSet(host, port, draft.Tls) { User = user, From = from };
        var goesThere = before is not null && (before with { From = from, Password = null }) == set;
        return set with
        {
            Password = Secret("mailPassword", user is not null, draft.Password, before?.Password, goesThere, faults),
        };
    }

    /// <summary>The gateway that is typed, or null where its address is empty: then SMS are off.</summary>
    public static OperatorEvent.SmsSet? CheckSms(OperatorEvent.SmsSet? before, SmsDraft draft, FieldFaults faults)
    {
        if (faults.Web("smsUrl", draft.Url) is not { } url)
            return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return null;
        var isSafe = (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback) && uri.UserInfo.Length == 0;
        faults.If(!isSafe, "smsUrl", NeedsHttps);
        var key = Secret("smsKey", isNeeded: true, draft.Key, before?.Key, before?.Url == url, faults);
        return new OperatorEvent.SmsSet(uri.Host) { Url = url, Key = key };
    }

    /// <summary>What is new in the ways that were judged.</summary>
    public static IReadOnlyList<OperatorEvent> SetWays(
        Operator? before,
        OperatorEvent.MailSet? mail,
        OperatorEvent.SmsSet? sms
    )
    {
        var events = new List<OperatorEvent>();
        if (mail != before?.Mail)
            events.Add(mail ?? (OperatorEvent)new OperatorEvent.MailDropped());
        if (sms != before?.Sms)
            events.Add(sms ?? (OperatorEvent)new OperatorEvent.SmsDropped());
        return events;
    }

    // 衡平 <desk@example.com>, or the address alone.
    private static string AddressIn(string from) =>
        from.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open && from.EndsWith('>')
            ? from[(open + 1)..^1]
            : from;

    private static int PortOf(string? typed, FieldFaults faults)
    {
        if (PlainText.Plain(typed) is not { } text)
            return PortOfSubmission;
        var isPort = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        faults.If(!isPort || port is < 1 or > ushort.MaxValue, "mailPort", BadPort);
        return port;
    }

    // Spaces belong to a password: nothing is trimmed.
    private static string? Secret(
        string field,
        bool isNeeded,
        string? typed,
        string? kept,
        bool goesThere,
        FieldFaults faults
    )
    {
        if (!isNeeded)
            return null;
        if (!string.IsNullOrEmpty(typed))
        {
            faults.If(typed.Length > SecretMax, field, Fault.TooLong(SecretMax));
            return typed;
        }
        if (kept is null || !goesThere)
            faults.Add(field, kept is null ? Fault.Required : SecretAgain);
        return kept;
    }
}
