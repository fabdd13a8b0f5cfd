using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>A message that tries a way out: sent at once, past the queue, and kept nowhere.</summary>
public static class TestMessage
{
    private const int AddressLengthMax = 254;

    /// <summary>What it says.</summary>
    public static readonly Wording Says = new(
        "test",
        "【{operator}】这是一条测试消息，收到即说明通知可以发出。",
        "[{operator}] This is a test message: notices can be sent."
    );

    /// <summary>Whom to send to, cleaned; null where it is no mobile number, or no mail address.</summary>
    public static string? AddressOf(Channel channel, string? typed)
    {
        var address = channel == Channel.Sms ? PhoneNumber.Normalise(typed) : PlainText.Plain(typed);
        var isOne =
            channel == Channel.Sms
                ? address is not null && PhoneNumber.IsMobile(address)
                : address is { Length: <= AddressLengthMax } && System.Net.Mail.MailAddress.TryCreate(address, out _);
        return isOne ? address : null;
    }

    /// <summary>Sends it.</summary>
    /// <param name="values">Who runs the house.</param>
    /// <returns>Null when it was taken; else why not, in a word that names nobody.</returns>
    public static Task<string?> Send(
        Templates templates,
        ISender sender,
        Channel channel,
        string to,
        string language,
        IReadOnlyDictionary<string, string> values,
        DateTimeOffset now
    )
    {
        var id = StreamId.Next();
        var letter = new Letter(id, channel, Says.Key, to, language, values, now, "waiting", Tries: 0, null);
        return OutboxSender.Try(templates, sender, letter);
    }
}
