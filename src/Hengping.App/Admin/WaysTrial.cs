using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;

namespace Hengping.App.Admin;

/// <summary>
/// Sends a test message with what is typed, before it is saved. In the demo nothing is connected to and nothing leaves.
/// </summary>
public sealed class WaysTrial(
    Channels ways,
    StoredWays stored,
    Templates templates,
    SiteOptions host,
    TimeProvider clock
)
{
    private static readonly string[] Plain = ["timeout", "address", "unreachable"];

    /// <summary>Whether configuration, or the demo, takes a channel.</summary>
    public bool IsFixed(Channel channel) => ways.IsFixed(channel) && !host.Demo;

    /// <summary>Tries a channel.</summary>
    /// <param name="kept">What is set, with its secrets.</param>
    /// <param name="instead">Whom to send to where the form says nobody.</param>
    /// <returns>Null where a field is wrong.</returns>
    public async Task<Tried?> Send(
        Channel channel,
        WaysForm form,
        Operator? kept,
        string? instead,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        var isMail = channel == Channel.Email;
        var typed = isMail ? form.MailTo : form.SmsTo;
        var to = TestMessage.AddressOf(channel, string.IsNullOrWhiteSpace(typed) ? instead : typed);
        faults.If(to is null, isMail ? "mailTo" : "smsTo", isMail ? Fault.Email : Fault.Phone);
        var sender = IsFixed(channel) ? await ways.Of(channel, ct) : Typed(channel, form, kept, faults);
        if (!faults.None)
            return null;
        if (host.Demo)
            return new Tried(channel, IsSent: false, Texts.T("ways.demo"));
        var head = Letterhead.OfPage(kept);
        var values = head.Signed(new Dictionary<string, string>(StringComparer.Ordinal));
        var why = await TestMessage.Send(templates, sender!, channel, to!, head.Language, values, clock.GetUtcNow());
        return new Tried(channel, why is null, why is null ? Texts.T("ways.sent", to!) : Because(why));
    }

    /// <summary>The judged settings: what configuration takes stays as it is.</summary>
    public (OperatorEvent.MailSet? Mail, OperatorEvent.SmsSet? Sms) Judge(
        WaysForm form,
        Operator? kept,
        FieldFaults faults
    ) =>
        (
            IsFixed(Channel.Email) ? kept?.Mail : Operator.CheckMail(kept?.Mail, form.ToMail(), faults),
            IsFixed(Channel.Sms) ? kept?.Sms : Operator.CheckSms(kept?.Sms, form.ToSms(), faults)
        );

    private ISender? Typed(Channel channel, WaysForm form, Operator? kept, FieldFaults faults)
    {
        if (channel == Channel.Email)
        {
            var mail = Operator.CheckMail(kept?.Mail, form.ToMail(), faults);
            faults.If(mail is null, "mailHost", Fault.Required);
            return stored.Of(mail);
        }
        var sms = Operator.CheckSms(kept?.Sms, form.ToSms(), faults);
        faults.If(sms is null, "smsUrl", Fault.Required);
        return stored.Of(sms);
    }

    private static string Because(string why)
    {
        var code = why.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? why[(at + 1)..] : "";
        var said =
            why is "smtp 535" or "smtp 534" or "smtp 530" or "http 401" or "http 403" ? "refused"
            : why is "AuthenticationException" ? "tls"
            : why.StartsWith("smtp ", StringComparison.Ordinal) ? "smtp"
            : why.StartsWith("http ", StringComparison.Ordinal) ? "http"
            : Plain.Contains(why) ? why
            : "other";
        return Texts.T("ways.why." + said, code.Length > 0 ? code : why);
    }
}
