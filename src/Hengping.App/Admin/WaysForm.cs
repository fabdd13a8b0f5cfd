using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Admin;

/// <summary>What the form about messages holds; the same at set-up and later. Secrets are never filled in.</summary>
public sealed class WaysForm
{
    private const int PortOfSubmission = 587;

    public string? MailHost { get; set; }
    public string? MailPort { get; set; }
    public bool MailTls { get; set; }
    public string? MailUser { get; set; }
    public string? MailPassword { get; set; }
    public string? MailFrom { get; set; }
    public string? MailTo { get; set; }
    public string? SmsUrl { get; set; }
    public string? SmsKey { get; set; }
    public string? SmsTo { get; set; }

    /// <summary>Something of it was typed: set-up shows it unfolded.</summary>
    public bool IsTouched => MailHost is not null || SmsUrl is not null || MailTo is not null || SmsTo is not null;

    /// <summary>The form filled with what is set, but for secrets.</summary>
    public static WaysForm Of(Operator? told) =>
        new()
        {
            MailHost = told?.Mail?.Host,
            MailPort = (told?.Mail?.Port ?? PortOfSubmission).ToString(CultureInfo.InvariantCulture),
            MailTls = told?.Mail?.Tls ?? true,
            MailUser = told?.Mail?.User,
            MailFrom = told?.Mail?.From,
            SmsUrl = told?.Sms?.Url,
        };

    /// <summary>As the rules take it.</summary>
    public MailDraft ToMail() => new(MailHost, MailPort, MailTls, MailUser, MailPassword, MailFrom);

    /// <summary>As the rules take it.</summary>
    public SmsDraft ToSms() => new(SmsUrl, SmsKey);
}

/// <summary>What became of a test message.</summary>
/// <param name="Said">In the reader's language: sent to whom, or why not.</param>
public sealed record Tried(Channel Channel, bool IsSent, string Said);

/// <summary>The form as a page shows it.</summary>
/// <param name="Door">Address of the page; its handlers <c>TestMail</c> and <c>TestSms</c> try what is typed.</param>
/// <param name="Kept">What is set, to say that a secret is kept without showing it.</param>
public sealed record WaysShown(
    WaysForm Form,
    Dictionary<string, string> Faults,
    string Door,
    Operator? Kept,
    Tried? Tried,
    bool IsMailFixed,
    bool IsSmsFixed
);
