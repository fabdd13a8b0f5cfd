using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>A way out of the house for messages.</summary>
public interface ISender
{
    /// <summary>Whether this sender takes the channel.</summary>
    bool Takes(Channel channel);

    /// <summary>
    /// Sends, or throws. A message whose first sending was cut short is sent again under the same id, by which the
    /// other side tells them to be one.
    /// </summary>
    Task Send(Letter letter, string text, CancellationToken ct);
}

/// <summary>
/// An HTTP gateway with template ids and variables. Configuration: <c>Sms:Url</c>, <c>Sms:Key</c>. It gets
/// <c>{to, template, values, text}</c> as JSON, the key as bearer, the message's id as <c>Idempotency-Key</c>.
/// </summary>
public sealed class SmsGateway(HttpClient client, string url, string key) : ISender
{
    private sealed record Body(string To, string Template, IReadOnlyDictionary<string, string> Values, string Text);

    /// <inheritdoc/>
    public bool Takes(Channel channel) => channel == Channel.Sms;

    /// <inheritdoc/>
    public async Task Send(Letter letter, string text, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(
                new Body(letter.To, letter.Template, letter.Values, text),
                options: Cli.JsonFormat
            ),
        };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", letter.Id.ToString("D"));
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>
/// E-mail by SMTP. Configuration: <c>Smtp:Host</c>, <c>Port</c> (587), <c>Tls</c> (STARTTLS, on), <c>User</c>,
/// <c>Password</c>, <c>From</c>. The subject is the message without its link; the id is the <c>Message-ID</c>.
/// </summary>
public sealed class SmtpSender(MailSettings smtp) : ISender
{
    private const int SubjectLengthMax = 60;

    /// <inheritdoc/>
    public bool Takes(Channel channel) => channel == Channel.Email;

    /// <inheritdoc/>
    public async Task Send(Letter letter, string text, CancellationToken ct)
    {
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls };
        if (smtp.User is { Length: > 0 } user)
            client.Credentials = new NetworkCredential(user, smtp.Password);
        var from = new MailAddress(smtp.From ?? "hengping@localhost");
        using var mail = new MailMessage(from, new MailAddress(letter.To))
        {
            Subject = Subject(letter, text),
            SubjectEncoding = Encoding.UTF8,
            Body = text,
            BodyEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<{letter.Id:D}@{from.Host}>");
        await client.SendMailAsync(mail, ct);
    }

    private static string Subject(Letter letter, string text)
    {
        if (letter.Values.TryGetValue("link", out var link) && link.Length > 0)
            text = text.Replace(link, "", StringComparison.Ordinal);
        text = text.ReplaceLineEndings(" ").TrimEnd(' ', ':', '：', '，', ',');
        if (text.Length <= SubjectLengthMax)
            return text;
        var end = char.IsHighSurrogate(text[SubjectLengthMax - 1]) ? SubjectLengthMax - 1 : SubjectLengthMax;
        return text[..end] + "…";
    }
}

/// <summary>The demo's sender: nothing leaves the machine, everything can be read at /demo/outbox.</summary>
public sealed class DemoSender : ISender
{
    /// <inheritdoc/>
    public bool Takes(Channel channel) => true;

    /// <inheritdoc/>
    public Task Send(Letter letter, string text, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>
/// Sends what is due, with growing waits after a fault. A channel nobody takes waits until one is set up. Nothing is
/// logged or kept in the clear that names whom a message was for: mail servers repeat the address in their refusals.
/// </summary>
public sealed class OutboxSender(Store store, Channels ways, Templates templates, ILogger<OutboxSender> log) : Job(log)
{
    private const int Batch = 50;
    private static readonly TimeSpan SentWithin = TimeSpan.FromSeconds(20);

    private static readonly Action<ILogger, Guid, Channel, int, string, Exception?> LogGivenUp = LoggerMessage.Define<
        Guid,
        Channel,
        int,
        string
    >(
        LogLevel.Warning,
        new EventId(1, "MessageGivenUp"),
        "Message {Id} by {Channel} was given up after {Tries} tries: {Fault}"
    );

    private static readonly Action<ILogger, long, int, Exception?> LogStrangers = LoggerMessage.Define<long, int>(
        LogLevel.Warning,
        new EventId(4, "SmsToStrangers"),
        "{Strangers} of {PerDay} SMS a day brought codes to numbers that have no account (Sms:PerDay); at half of "
            + "the day such numbers get none any more"
    );

    private static readonly Action<ILogger, long, int, Exception?> LogLow = LoggerMessage.Define<long, int>(
        LogLevel.Warning,
        new EventId(3, "SmsBudgetLow"),
        "{Used} of {PerDay} SMS a day are used (Sms:PerDay); with the last one no code is sent any more"
    );

    /// <inheritdoc/>
    public override string Name => "outbox";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task<long> Round(CancellationToken ct) => SendDue(ct);

    /// <summary>
    /// Sends what is due once; how much was taken. Told to stop, it still ends what it began: half a send is sent
    /// twice.
    /// </summary>
    public async Task<long> SendDue(CancellationToken ct)
    {
        var senders = await ways.Now(ct);
        Channel[] channels = [.. Enum.GetValues<Channel>().Where(c => senders.Any(s => s.Takes(c)))];
        var sent = 0L;
        if (channels.Length == 0)
            return sent;
        var since = store.Now;
        var isSms = false;
        foreach (var letter in await Outbox.Take(store, channels, Batch, ct))
        {
            // Told to stop, or slow so far: the rest comes back when its lease ends.
            if (ct.IsCancellationRequested || store.Now - since > Outbox.LeasedFor - SentWithin - SentWithin)
                return sent;
            var sender = senders.First(s => s.Takes(letter.Channel));
            var fault = await Try(templates, sender, letter);
            sent += fault is null ? 1 : 0;
            isSms |= letter.Channel == Channel.Sms;
            var isShown = sender is DemoSender;
            if (await OutboxKeeping.Note(store, letter, fault, CancellationToken.None, isShown) == "failed")
                LogGivenUp(Log, letter.Id, letter.Channel, letter.Tries + 1, fault!, null);
        }
        if (isSms)
            await WarnWhenLow(ct);
        return sent;
    }

    private async Task WarnWhenLow(CancellationToken ct)
    {
        var budget = await SmsBudget.Read(store, ct);
        if (budget.IsLow && await SmsBudget.Warning.Take(store, "", ct) is null)
            LogLow(Log, budget.Used, budget.PerDay, null);
        if (budget.IsLowForStrangers && await SmsBudget.StrangersWarning.Take(store, "", ct) is null)
            LogStrangers(Log, budget.Strangers, budget.PerDay, null);
    }

    /// <summary>Tries to send one message.</summary>
    /// <returns>Null when it was taken; else why not, in a word that names nobody.</returns>
    public static async Task<string?> Try(Templates templates, ISender sender, Letter letter)
    {
        using var limit = new CancellationTokenSource(SentWithin);
        try
        {
            await sender.Send(letter, templates.Render(letter), limit.Token);
            return null;
        }
        // One message that cannot be sent, for whatever reason, must not hold up the others.
        catch (Exception failed)
        {
            return Word(failed);
        }
    }

    private static string Word(Exception failed) =>
        failed switch
        {
            HttpRequestException { StatusCode: { } status } => $"http {(int)status}",
            SmtpException { StatusCode: > 0 and var status } => $"smtp {(int)status}",
            OperationCanceledException => "timeout",
            FormatException => "address",
            UnknownTemplate => "template",
            HttpRequestException or SmtpException or IOException or SocketException => "unreachable",
            _ => failed.GetType().Name,
        };
}

/// <summary>Puts the outbox into the house.</summary>
public static class OutboxSetup
{
    /// <summary>The senders that are configured, or the demo's; for what is left, those set up at a page.</summary>
    /// <param name="messages">All that can be sent.</param>
    /// <param name="setUp">Who sends as a page says, asked for each round.</param>
    public static void AddOutbox(
        this WebApplicationBuilder builder,
        bool demo,
        IReadOnlyList<Wording> messages,
        Func<IServiceProvider, Func<CancellationToken, ValueTask<IReadOnlyList<ISender>>>> setUp
    )
    {
        builder.Services.AddSingleton(new Templates(messages));
        builder.Services.AddJob<OutboxSender>();
        var configuration = builder.Configuration;
        builder.Services.AddSingleton(services =>
            demo ? new Channels([new DemoSender()]) : new Channels([.. Configured(configuration)], setUp(services))
        );
    }

    private static IEnumerable<ISender> Configured(IConfiguration configuration)
    {
        if (configuration["Sms:Url"] is { Length: > 0 } url)
            yield return new SmsGateway(
                new HttpClient { Timeout = TimeSpan.FromSeconds(10) },
                url,
                configuration["Sms:Key"] ?? ""
            );
        if (MailSettings.Of(configuration.GetSection("Smtp")) is { } smtp)
            yield return new SmtpSender(smtp);
    }
}
