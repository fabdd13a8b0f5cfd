using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Notices;

/// <summary>
/// 发信箱: what waits and what failed, without whom it is for; a message to try a channel; the words of all messages.
/// </summary>
[Authorize(Sessions.AdminOnly)]
public sealed class MessagesPage(Store store, Channels ways, Templates templates, ILogger<MessagesPage> log)
    : HousePage(store)
{
    private const int Shown = 100;

    /// <summary>Nobody sends on this channel.</summary>
    public static readonly Refusal NoSender = new(
        "outbox.no-sender",
        "这个通道还没有设置，请到“短信与邮件”页设置",
        "This channel is not set up; do so under “SMS and e-mail”"
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

    private IReadOnlyList<ISender> senders = [];

    public IReadOnlyList<Unsent> Messages { get; private set; } = [];

    /// <summary>How many messages are in which state.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; private set; } = new Dictionary<string, long>();

    /// <summary>How many SMS went out within a day, and how many may.</summary>
    public SmsBudget Sms { get; private set; } = null!;

    /// <summary>What was just done.</summary>
    public string? Did { get; private set; }

    /// <summary>What was typed into the form that tries a channel.</summary>
    public string? To { get; private set; }

    /// <summary>The words of all messages.</summary>
    public IReadOnlyList<Wording> Wordings => templates.All;

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
        if (TestMessage.AddressOf(asked, to) is not { } address)
            Fault("to", asked == Channel.Sms ? Rules.Fields.Fault.Phone : Rules.Fields.Fault.Email);
        else if (await ways.Of(asked, Ct) is not { } sender)
            Fault("", NoSender);
        else if (await Test(sender, asked, address) is { } why)
            Faults[""] = Texts.T("messages.test.failed", why);
        else
            return Redirect("/admin/outbox?did=sent");
        await Read();
        return Again();
    }

    private async Task<string?> Test(ISender sender, Channel channel, string address)
    {
        var head = await Letterhead.OfPage(Store, Ct);
        var values = head.Signed(new Dictionary<string, string>(StringComparer.Ordinal));
        return await TestMessage.Send(templates, sender, channel, address, head.Language, values, Store.Now);
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
        senders = await ways.Now(Ct);
        Messages = await OutboxDesk.NotSent(Store, Shown, Ct);
        Counts = await OutboxDesk.Counts(Store, Ct);
        Sms = await SmsBudget.Read(Store, Ct);
    }
}
