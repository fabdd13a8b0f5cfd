using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// House rules about what pages say: both languages, no text that nobody shows, no key without a text.
/// </summary>
public sealed partial class TidyTexts
{
    private static readonly IReadOnlyList<(string File, string[] Lines)> Sources =
    [
        .. Repository
            .Files.Where(file => file.StartsWith("src/Hengping.App/", StringComparison.Ordinal))
            .Where(file =>
                file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal)
            )
            .Select(file => (file, File.ReadAllLines(Repository.At(file)))),
    ];

    [Fact]
    public void Every_text_is_there_in_both_languages()
    {
        var wrong = Texts.All.Where(text =>
            text.Value is not [{ Length: > 0 } zh, { Length: > 0 } en] || Blanks(zh) != Blanks(en)
        );
        HouseRule.Holds(wrong.Select(text => text.Key), "[中文, English], with the same blanks");
    }

    [Fact]
    public void Every_text_is_shown_somewhere()
    {
        // A key may be put together, as T("status." + word) or T(key + ".one"): its beginning stands in the source.
        var named = Sources
            .SelectMany(source => source.Lines)
            .SelectMany(line => Quoted().Matches(line).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        var silent = Texts.All.Keys.Where(key => !named.Contains(key) && !Beginnings(key).Any(named.Contains));
        HouseRule.Holds(silent.Order(StringComparer.Ordinal), "no page shows it: remove it");
    }

    [Fact]
    public void Every_key_that_a_page_asks_for_has_a_text()
    {
        var missing =
            from source in Sources
            from line in source.Lines.Select((text, index) => (text, number: index + 1))
            from Match asked in Asked().Matches(line.text)
            where !Texts.All.ContainsKey(asked.Groups[1].Value) && !asked.Groups[1].Value.EndsWith('.')
            select $"{source.File}:{line.number}: {asked.Groups[1].Value}";
        HouseRule.Holds(missing, "write it into the texts of its room");
    }

    /// <summary>
    /// A key put together with a word of an enum, T("status." + Words.Of(status)), breaks its page at the first word
    /// that has no text. Each word has one, or stands here as one that never comes there.
    /// </summary>
    [Fact]
    public void Every_word_of_a_key_put_together_has_a_text()
    {
        Dictionary<string, string> never = new(StringComparer.Ordinal)
        {
            ["case.back."] = "clock",
            ["claim.state."] = "asked",
            ["claim.then."] = "asked",
            ["demo."] = "regulator lawyer inspector lab editor",
            ["desk.verb."] = WordsBut<Verb>(Verb.Deliver, Verb.Return, Verb.Decline),
            ["line.told."] = "mediator clock",
            ["role."] = "claimant merchant inspector lab lawyer editor",
            ["staff.role."] = "claimant merchant",
            ["stage.chip."] = "never",
            ["turn..go"] = "close",
        };
        var enums = new[] { typeof(Texts).Assembly, typeof(Verb).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsEnum)
            .Select(type => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName).ToHashSet())
            .ToList();
        var wrong =
            from source in Sources
            from Match made in PutTogether().Matches(string.Join('\n', source.Lines))
            let begins = made.Groups["begins"].Value
            let ends = made.Groups["ends"].Value
            let has = Texts
                .All.Keys.Where(key => key.Length > begins.Length + ends.Length)
                .Where(key => key.StartsWith(begins, StringComparison.Ordinal))
                .Where(key => key.EndsWith(ends, StringComparison.Ordinal))
                .Select(key => key[begins.Length..^ends.Length])
                .Concat(never.GetValueOrDefault(begins + ends, "").Split(' '))
                .ToHashSet()
            where !enums.Any(words => words.IsSubsetOf(has))
            select $"{source.File}: {begins}…{ends}";
        HouseRule.Holds(wrong, "a text for every word, or name those that never come there");
    }

    [Fact]
    public void What_a_room_brings_has_its_texts()
    {
        var tabs = Rooms.House.Tabs.SelectMany(row =>
            row.Select(tab => tab.Text).Append("tabs." + row.Key.ToString().ToLowerInvariant())
        );
        string[] ofJob = ["jobs.name.", "jobs.text.", "jobs.unit."];
        var jobs = Rooms.House.Jobs.SelectMany(job => ofJob.Select(of => of + job));
        string[] ofGauge = ["gauge.name.", "gauge.text.", "gauge.do."];
        var gauges = Rooms.House.Gauges.SelectMany(gauge => ofGauge.Select(of => of + gauge.Name));
        var limits = Rooms.House.Limits.SelectMany(room =>
            room.Limits.Select(limit => limit.Text).Append("limits.of." + room.Room)
        );
        HouseRule.Holds(
            tabs.Concat(jobs).Concat(gauges).Concat(limits).Where(key => !Texts.All.ContainsKey(key)).Distinct(),
            "write it into the texts of its room"
        );
    }

    /// <summary>Who runs a site has a name of their own: the program's stands where nobody is set up yet.</summary>
    [Fact]
    public void A_site_speaks_of_itself_and_not_of_the_program()
    {
        string[] may = ["frame.about", "ways.from.hint"];
        var wrong = Texts.All.Where(text =>
            text.Value.Any(words => words.Contains("衡平") || words.Contains("Hengping"))
            && !text.Key.StartsWith("site.", StringComparison.Ordinal)
            && !may.Contains(text.Key)
        );
        HouseRule.Holds(wrong.Select(text => text.Key), "本站, this site");
    }

    /// <summary>
    /// How long an answer counts is the rating policy's (docs/decisions/0040): a number written anywhere else would
    /// stay as it is when a policy changes it.
    /// </summary>
    [Fact]
    public void The_hours_of_an_answer_stand_in_one_place()
    {
        string[] caught =
        [
            "满 72 小时",
            "满72小时",
            "within 120 hours",
            "inside its 120 h.",
            "AddHours(72)",
            "FromHours(120)",
            "72 * HOUR",
            "120L * HourMs",
            "\"amount\": 72,",
        ];
        string[] passed = ["172 小时", "72.66%", "72rem", "1200 hours", "24 hours", "#120 hours"];
        caught.ShouldAllBe(text => HoursOfAnswer().IsMatch(text));
        passed.ShouldAllBe(text => !HoursOfAnswer().IsMatch(text));

        const string source = "src/Hengping.Rules/Clocks/ReplyHours.cs";
        string[] kinds = [".cs", ".cshtml", ".json", ".js", ".sql", ".css"];
        var written =
            from file in Repository.Files
            where file.StartsWith("src/", StringComparison.Ordinal) && file != source
            where kinds.Any(kind => file.EndsWith(kind, StringComparison.Ordinal))
            from line in File.ReadLines(Repository.At(file)).Select((text, index) => (text, number: index + 1))
            where HoursOfAnswer().IsMatch(line.text)
            select $"{file}:{line.number}: {line.text.Trim()}";
        HouseRule.Holds(written, "ReplyHours.At(delivery), and {0} in texts");
    }

    private static string WordsBut<T>(params T[] but)
        where T : struct, Enum => string.Join(' ', Enum.GetValues<T>().Except(but).Select(Words.Of));

    private static int Blanks(string text) => Blank().Matches(text).Select(match => match.Value).Distinct().Count();

    private static IEnumerable<string> Beginnings(string key) =>
        key.Select((letter, index) => (letter, index))
            .Where(it => it.letter is '.' or '-')
            .SelectMany(it => new[] { key[..(it.index + 1)], key[..it.index] });

    [GeneratedRegex(
        """(?<![\d.#])(72|120)( ?小时| ?个小时| ?hours?\b| h\b|L? \* (HOUR|Hour|3_?600))|"""
            + """Hours\((72|120)\)|"amount": (72|120)\b"""
    )]
    private static partial Regex HoursOfAnswer();

    [GeneratedRegex(
        """\bT\(\s*"(?<begins>[\w.-]+[.-])"\s*\+\s*Words\.Of\([^()]*\)(?:\s*\+\s*"(?<ends>[.-][\w.-]+)")?\s*[,)]|"""
            + """\bT\(\s*\$"(?<begins>[\w.-]+[.-])\{Words\.Of\([^()]*\)\}(?<ends>[\w.-]*)"\s*[,)]"""
    )]
    private static partial Regex PutTogether();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Blank();

    [GeneratedRegex(@"""([a-z][\w-]*\.(?:[\w-]+[.-])*[\w-]*)(?=""|\{)")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bT\(""([\w.-]+)""")]
    private static partial Regex Asked();
}
