using System.Net.Mail;

namespace Hengping.App.Platform;

/// <summary>A way out of the house for messages.</summary>
public interface ISender
{
    /// <summary>Whether this sender takes the channel.</summary>
    bool Takes(Channel channel);

    /// <summary>Sends, or throws with the reason.</summary>
    Task Send(Letter letter, CancellationToken ct);
}

/// <summary>An HTTP gateway with template ids and variables. Configuration: <c>Sms:Url</c>, <c>Sms:Key</c>.</summary>
public sealed class SmsGateway(HttpClient client, string url, string key) : ISender
{
    private sealed record Body(string To, string Template, string Text);

    /// <inheritdoc/>
    public bool Takes(Channel channel) => channel == Channel.Sms;

    /// <inheritdoc/>
    public async Task Send(Letter letter, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(new Body(letter.To, letter.Template, letter.Text)),
        };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", letter.Id.ToString("D"));
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>
/// E-mail by SMTP. Configuration: <c>Smtp:Host</c>, <c>Port</c>, <c>User</c>, <c>Password</c>, <c>From</c>.
/// </summary>
public sealed class SmtpSender(IConfigurationSection smtp) : ISender
{
    /// <inheritdoc/>
    public bool Takes(Channel channel) => channel == Channel.Email;

    /// <inheritdoc/>
    public async Task Send(Letter letter, CancellationToken ct)
    {
        using var client = new SmtpClient(smtp["Host"], smtp.GetValue("Port", 587))
        {
            EnableSsl = smtp.GetValue("Tls", defaultValue: true),
        };
        if (smtp["User"] is { Length: > 0 } user)
            client.Credentials = new System.Net.NetworkCredential(user, smtp["Password"]);
        var subject = letter.Text.Length > 60 ? letter.Text[..60] + "…" : letter.Text;
        using var mail = new MailMessage(smtp["From"] ?? "hengping@localhost", letter.To, subject, letter.Text);
        await client.SendMailAsync(mail, ct);
    }
}

/// <summary>The demo's sender: nothing leaves the machine, everything can be read at /demo/outbox.</summary>
public sealed class DemoSender : ISender
{
    /// <inheritdoc/>
    public bool Takes(Channel channel) => true;

    /// <inheritdoc/>
    public Task Send(Letter letter, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>
/// Sends what is due, with growing waits after a fault. A channel nobody takes waits until one is set up.
/// </summary>
public sealed class OutboxSender(Store store, IEnumerable<ISender> senders, ILogger<OutboxSender> log)
    : BackgroundService
{
    private const int Batch = 50;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SendDue(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "the outbox could not be read");
            }
        }
    }

    /// <summary>Sends what is due once.</summary>
    public async Task SendDue(CancellationToken ct)
    {
        foreach (var letter in await Outbox.Due(store, Batch, ct))
        {
            if (senders.FirstOrDefault(s => s.Takes(letter.Channel)) is not { } sender)
                continue;
            string? fault = null;
            try
            {
                await sender.Send(letter, ct);
            }
            catch (Exception failed)
                when (failed is HttpRequestException or SmtpException or IOException or TaskCanceledException)
            {
                fault = failed.Message;
            }
            await Outbox.Note(store, letter, fault, ct);
        }
    }
}

/// <summary>Puts the outbox into the house.</summary>
public static class OutboxSetup
{
    /// <summary>The senders that are configured, or the demo's.</summary>
    public static void AddOutbox(this WebApplicationBuilder builder, bool demo)
    {
        builder.Services.AddHostedService<OutboxSender>();
        if (demo)
        {
            builder.Services.AddSingleton<ISender, DemoSender>();
            return;
        }
        if (builder.Configuration["Sms:Url"] is { Length: > 0 } url)
            builder.Services.AddSingleton<ISender>(
                new SmsGateway(
                    new HttpClient { Timeout = TimeSpan.FromSeconds(10) },
                    url,
                    builder.Configuration["Sms:Key"] ?? ""
                )
            );
        if (builder.Configuration.GetSection("Smtp") is var smtp && smtp["Host"] is { Length: > 0 })
            builder.Services.AddSingleton<ISender>(new SmtpSender(smtp));
    }
}
