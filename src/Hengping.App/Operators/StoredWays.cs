using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Operators;

/// <summary>
/// Mail server and SMS gateway as the operator's stream says them. Their secrets are unsealed when the stream has moved
/// and live in memory as long as their sender does.
/// </summary>
public sealed class StoredWays(Store store, CurrentOperator house) : IDisposable
{
    private static readonly TimeSpan GatewayWaits = TimeSpan.FromSeconds(10);

    private sealed record Made(int Version, IReadOnlyList<ISender> Senders);

    private readonly HttpClient client = new() { Timeout = GatewayWaits };
    private Made made = new(0, []);

    /// <summary>The operator with its secrets, or null before set-up.</summary>
    public static async Task<Operator?> Told(Store store, CancellationToken ct)
    {
        Operator? told = null;
        foreach (var one in await store.ReadStory(OperatorBook.Instance, OperatorBook.Stream, ct))
            told = Operator.Apply(told, one.Event, one.At);
        return told;
    }

    /// <summary>The senders that are set up, at most a second old.</summary>
    public async ValueTask<IReadOnlyList<ISender>> Now(CancellationToken ct)
    {
        var version = await house.Version(ct);
        if (Volatile.Read(ref made) is var kept && kept.Version == version)
            return kept.Senders;
        var now = await Told(store, ct);
        var fresh = new Made(version, [.. Senders(now?.Mail, now?.Sms)]);
        Volatile.Write(ref made, fresh);
        return fresh.Senders;
    }

    /// <summary>The sender of settings that are tried.</summary>
    public ISender? Of(OperatorEvent.MailSet? mail) => Senders(mail, sms: null).FirstOrDefault();

    /// <summary>The sender of settings that are tried.</summary>
    public ISender? Of(OperatorEvent.SmsSet? sms) => Senders(mail: null, sms).FirstOrDefault();

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private IEnumerable<ISender> Senders(OperatorEvent.MailSet? mail, OperatorEvent.SmsSet? sms)
    {
        if (mail is not null)
            yield return new SmtpSender(
                new MailSettings(mail.Host, mail.Port, mail.Tls, mail.User, mail.Password, mail.From)
            );
        if (sms is { Url: { } url, Key: { } key })
            yield return new SmsGateway(client, url, key);
    }
}
