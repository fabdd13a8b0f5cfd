using Hengping.App.Taxonomies;

namespace Hengping.App.Design;

/// <summary>A choice in the reader's language.</summary>
public sealed record Option(string Code, string Name, string? Parent = null);

/// <summary>Codes of the taxonomies said in the reader's language. A code nobody knows stays as it is.</summary>
public static class Names
{
    private static Taxonomies.Taxonomies Lists => Hengping.App.Taxonomies.Taxonomies.Current;

    public static string Problem(string code) => Of(Lists.Problems, code);

    /// <summary>In the language of a text that is written to somebody else.</summary>
    public static string Problem(string code, bool chinese) =>
        Hengping.App.Taxonomies.Taxonomies.Find(Lists.Problems, code) is { } choice
            ? (chinese ? choice.Zh : choice.En)
            : code;

    public static string Sector(string code) => Of(Lists.Sectors, code);

    public static string Demand(string code) => Of(Lists.Demands, code);

    public static string Breach(string code) => Of(Lists.Breaches, code);

    public static string Reason(string code) => Of(Lists.Reasons, code);

    public static string Region(string code) => Of(Lists.Regions, code);

    public static string AmountBand(string code) => Of(Lists.AmountBands, code);

    /// <summary>A choice's name.</summary>
    public static string Of(Choice choice) => Texts.Pick(choice.Zh, choice.En);

    private static string Of(IReadOnlyList<Choice> list, string code) =>
        Hengping.App.Taxonomies.Taxonomies.Find(list, code) is { } choice ? Of(choice) : code;
}
