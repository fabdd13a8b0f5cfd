using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>What a row shows of a case, so that its reader can tell whether to open it.</summary>
/// <param name="Who">The claimant's surname; null for themselves.</param>
/// <param name="Words">How the story begins.</param>
public sealed record CaseGlimpse(string? Order, string? Who, string? Words)
{
    /// <summary>Characters of the story that a row shows.</summary>
    private const int WordsMax = 60;

    /// <summary>The same of several cases; what was erased is left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, CaseGlimpse>> Of(
        Store store,
        IReadOnlyList<Guid> cases,
        Party reader,
        CancellationToken ct
    )
    {
        var seen = new Dictionary<Guid, CaseGlimpse>();
        foreach (var (id, first) in await store.Beginnings(ComplaintBook.Instance, cases, ct))
            if (first is ComplaintEvent.Filed filed)
                seen[id] = Of(filed, reader);
        return seen;
    }

    /// <summary>Of a filing that is at hand.</summary>
    public static CaseGlimpse Of(ComplaintEvent.Filed filed, Party reader) =>
        new(
            filed.Story?.OrderNo is { Length: > 0 } order ? order : null,
            filed.Contact?.Name is not { Length: > 0 } name || reader == Party.Claimant
                ? null
                : Texts.T("case.surname", PersonName.Surname(name)),
            filed.Story?.Text is { Length: > 0 } text ? Begin(text) : null
        );

    private static string Begin(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= WordsMax)
            return line;
        // A pair of surrogates is one character.
        var end = char.IsHighSurrogate(line[WordsMax - 1]) ? WordsMax - 1 : WordsMax;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}
