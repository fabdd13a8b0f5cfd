using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Notices;

/// <summary>
/// 发信箱: what waits and what failed, without whom it is for; a message to try a channel; the words of all messages.
/// </summary>
[Authorize(Sessions.AdminOnly)]
public sealed class MessagesPage(Store store, IEnumerable<ISender> senders, ILogger<MessagesPage> log)
    : HousePage(store)
{
    private const int Shown = 100;
    private const int AddressLengthMax = 254;

    /// <summary>Nobody sends on this channel.</summary>
    public static readonly Refusal NoSender = new(
        "outbox.no-sender",
        "这个通道还没有配置，见运维手册“短信与邮件”",
        "This channel is not configured; see “SMS and e-mail” in the operations manual"
    );

    /// <summary>It was sent, dropped or taken meanwhile.</summary>
    public static readonly Refusal Gone = new(
        "outbox.gone",
        "这条消息已经发出、已被取消，或正在发送",
        "This message was sent, dropped, or is being sent"
    );

    private static readonly Action<ILogger, Guid, string, Guid, Exception?> LogHandled = LoggerMessage.Define<
        Guid,
        string,
        Guid
    >(LogLevel.Warning, new EventId(2, "MessageHandled"), "Message {Id}: {Act} by {Account}");

    static MessagesPage() =>
        Templates.Say(
            "test",
            "【衡平】这是一条测试消息，收到即说明通知可以发出。",
            "[Hengping] This is a test message: notices can be sent."
        );

    public IReadOnlyList<Unsent> Messages { get; private set; } = [];

    /// <summary>How many messages are in which state.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; private set; } = new Dictionary<string, long>();

    /// <summary>What was just done.</summary>
    public string? Did { get; private set; }

    /// <summary>What was typed into the form that tries a channel.</summary>
    public string? To { get; private set; }

    /// <summary>Somebody sends on this channel.</summary>
    public bool IsSetUp(Channel channel) => senders.Any(sender => sender.Takes(channel));

    public async Task OnGet(string? did)
    {
        Did = did is "replayed" or "dropped" or "sent" ? Texts.T("messages.did." + did) : null;
        await Read();
    }

    public Task<IActionResult> OnPostReplay(Guid id) => Handle(id, "replayed", OutboxDesk.Replay(Store, id, Ct));

    public Task<IActionResult> OnPostDrop(Guid id) => Handle(id, "dropped", OutboxDesk.Drop(Store, id, Ct));

    /// <summary>Sends at once, past the queue: what is tried is the channel.</summary>
    public async Task<IActionResult> OnPostTest(string? channel, string? to)
    {
        To = to;
        if (Words.Parse<Channel>(channel) is not { } asked)
            return BadRequest();
        var address = asked == Channel.Sms ? PhoneNumber.Normalise(to) : PlainText.Plain(to);
        if (!IsAddress(asked, address))
            Fault("to", asked == Channel.Sms ? Rules.Complaints.Fault.Phone : Rules.Complaints.Fault.Email);
        else if (senders.FirstOrDefault(sender => sender.Takes(asked)) is not { } sender)
            Fault("", NoSender);
        else if (await OutboxSender.Try(sender, Letter(asked, address!)) is { } why)
            Faults[""] = Texts.T("messages.test.failed", why);
        else
            return Redirect("/admin/outbox?did=sent");
        await Read();
        return Again();
    }

    private static bool IsAddress(Channel channel, string? address) =>
        channel == Channel.Sms
            ? address is not null && PhoneNumber.IsMobile(address)
            : address is { Length: <= AddressLengthMax } && System.Net.Mail.MailAddress.TryCreate(address, out _);

    private Letter Letter(Channel channel, string to)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = Templates.Render("test", Texts.English ? "en" : "zh", values);
        return new Letter(StreamId.Next(), channel, "test", to, text, values, Store.Now, "waiting", Tries: 0, null);
    }

    private async Task<IActionResult> Handle(Guid id, string act, Task<bool> done)
    {
        if (await done)
        {
            LogHandled(log, id, act, Me!.Account, null);
            return Redirect("/admin/outbox?did=" + act);
        }
        Fault("", Gone);
        await Read();
        return Again();
    }

    private async Task Read()
    {
        Messages = await OutboxDesk.NotSent(Store, Shown, Ct);
        Counts = await OutboxDesk.Counts(Store, Ct);
    }
}
