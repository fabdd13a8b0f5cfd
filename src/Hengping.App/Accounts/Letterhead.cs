using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Accounts;

/// <summary>What stands around a message, whoever writes it: its reader's language, and who runs the house.</summary>
public sealed record Letterhead(string Language, string Name)
{
    /// <summary>The blank of the name.</summary>
    public const string Blank = "operator";

    /// <summary>Where nothing is known.</summary>
    private const string Usual = "zh";

    /// <summary>The language a form is filled in, for whoever is told of it later; null is Chinese.</summary>
    public static string? Spoken => Texts.English ? "en" : null;

    /// <summary>In the language that the first of these last did something in: accounts, or merchants.</summary>
    /// <param name="spoken">Where none of them did.</param>
    public static async Task<Letterhead> Of(
        Store store,
        IReadOnlyList<Guid?> readers,
        CancellationToken ct,
        string? spoken = null
    )
    {
        foreach (var reader in readers.OfType<Guid>())
            if (await LanguageOf(store, reader, ct) is { } language)
                return await In(store, language, ct);
        return await In(store, spoken ?? Usual, ct);
    }

    private sealed record ReaderRow(Guid Reader, string Language);

    /// <summary>For each of these readers.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Letterhead>> OfMany(
        Store store,
        IReadOnlyList<Guid> readers,
        CancellationToken ct
    )
    {
        var house = await CurrentOperator.Load(store, ct);
        var known = await store.Query<ReaderRow>(
            "select reader as Reader, language as Language from reader_languages where reader in @readers",
            new { readers },
            ct
        );
        var languages = known.ToDictionary(row => row.Reader, row => row.Language);
        return readers.ToDictionary(reader => reader, reader => In(house, languages.GetValueOrDefault(reader, Usual)));
    }

    /// <summary>In the language of the page that waits for it.</summary>
    public static Task<Letterhead> OfPage(Store store, CancellationToken ct) => In(store, Spoken ?? Usual, ct);

    /// <inheritdoc cref="OfPage(Store, CancellationToken)"/>
    public static Letterhead OfPage(Operator? house) => In(house, Spoken ?? Usual);

    /// <summary>The message as it goes out.</summary>
    public Message On(Message message) => message with { Language = Language, Values = Signed(message.Values) };

    /// <summary>The blanks with the name.</summary>
    public IReadOnlyDictionary<string, string> Signed(IReadOnlyDictionary<string, string> values) =>
        new Dictionary<string, string>(values, StringComparer.Ordinal) { [Blank] = Name };

    private static async Task<Letterhead> In(Store store, string language, CancellationToken ct) =>
        In(await CurrentOperator.Load(store, ct), language);

    private static Letterhead In(Operator? house, string language)
    {
        var name = language == "en" ? house?.Sign?.NameEn : house?.Sign?.NameZh;
        return new Letterhead(language, name ?? Templates.NameOf(language));
    }

    private static Task<string?> LanguageOf(Store store, Guid reader, CancellationToken ct) =>
        store.First<string>("select language from reader_languages where reader = @reader", new { reader }, ct);
}
