using System.Collections.Frozen;

namespace Hengping.App.Platform;

/// <summary>What one message says; <c>{number}</c>, <c>{link}</c> and other blanks are filled in.</summary>
/// <param name="Key">Stable: it waits in the outbox, and gateways register it.</param>
public sealed record Wording(string Key, string Zh, string En)
{
    /// <summary>What a blank is in letters queued by a program that did not fill it yet.</summary>
    public IReadOnlyDictionary<string, string> OfBefore { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>This program has no words for a key: another version queued it.</summary>
public sealed class UnknownTemplate(string key) : Exception("No words for the message " + key);

/// <summary>The words of all messages, handed over once at start: nobody needs to have run before.</summary>
public sealed class Templates(IReadOnlyList<Wording> all)
{
    private readonly FrozenDictionary<string, Wording> known = all.ToFrozenDictionary(
        one => one.Key,
        StringComparer.Ordinal
    );

    /// <summary>All messages, by key.</summary>
    public IReadOnlyList<Wording> All { get; } = [.. all.OrderBy(one => one.Key, StringComparer.Ordinal)];

    /// <summary>Who signs where nobody has set up who runs the house.</summary>
    public static string NameOf(string language) => language == "en" ? "Hengping" : "衡平";

    /// <summary>What a message says in its language.</summary>
    /// <exception cref="UnknownTemplate">Its words are not known here.</exception>
    public string Render(Letter letter)
    {
        if (!known.TryGetValue(letter.Template, out var words))
            throw new UnknownTemplate(letter.Template);
        var text = letter.Language == "en" ? words.En : words.Zh;
        foreach (var (name, value) in letter.Values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        foreach (var (name, value) in words.OfBefore)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        // Queued by a program that did not sign yet, or before set-up.
        text = text.Replace("{operator}", NameOf(letter.Language), StringComparison.Ordinal);
        // A site whose address is not known makes no links: the text ends before the colon that led to one.
        return letter.Values.TryGetValue("link", out var link) && link.Length == 0
            ? text.TrimEnd(' ', '：', ':', '，', ',')
            : text;
    }
}
