using System.Text.RegularExpressions;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// House rules that a compiler cannot check. Add a row when a review comment comes up twice. What needs more than a
/// line of text to judge stands in <see cref="TidyRooms"/> and <see cref="TidyPapers"/>.
/// </summary>
public sealed partial class Tidy
{
    private const int LineLengthMax = 120;
    private const int FileLinesMax = 300;

    // A table of every status against every verb reads as one, or not at all.
    private static readonly string[] WholeTables = ["tests/Hengping.Tests.Rules/Complaints/LifeTable.cs"];

    /// <summary>A pattern that must not stand in some files.</summary>
    /// <param name="Where">Regex over the relative path.</param>
    /// <param name="Banned">Regex over one line.</param>
    /// <param name="Instead">What to do instead, for whoever broke it.</param>
    /// <param name="Bad">A line it must catch: a rule that cannot fail is no rule.</param>
    /// <param name="Good">A line near it that it must let pass.</param>
    private sealed record Row(string Where, string Banned, string Instead, string Bad, string Good)
    {
        /// <summary>Comments may say the words that code may not.</summary>
        public bool CodeOnly { get; init; } = true;
    }

    private const string Source = @"^src/.*\.(cs|cshtml)$";
    private const string Code = @"^(src|tests|bench)/.*\.(cs|cshtml)$";
    private const string Rules = @"^src/Hengping\.Rules/.*\.cs$";
    private const string Page = @"^src/.*\.cshtml$";

    // Say writes dates as 2026年10月15日(周四); the calendars are the State Council's words; the linter's are patterns.
    private const string Texts =
        @"^src/(?!.*/calendar/|.*/Say\.cs$"
        + @"|.*/Appeals/(data/words\.json|LetterPatterns\.cs|Dates\.cs|CertificationNames\.cs)$).*\.(cs|cshtml|json)$";
    private const string Anything =
        @"\.(cs|cshtml|md|sql|js|css|json|csproj|props|slnx|svg|yml|txt)$|^\.ci/|^\.npmrc$|/\.npmrc$";

    private static readonly Row[] Rows =
    [
        new(
            Source,
            @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b",
            "take `DateTimeOffset now` or TimeProvider",
            "var at = DateTimeOffset.UtcNow;",
            "var at = clock.GetUtcNow();"
        ),
        new(
            @"^tests/.*\.cs$",
            @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bTimeProvider\.System\b",
            "a test lives on a day of Days, never on today",
            "await using var site = await Site.Start(engine, DateTimeOffset.UtcNow);",
            "await using var site = await Site.Start(engine, Days.Monday);"
        ),
        new(
            @"^tests/.*\.cs$",
            @"\?\.\w+(\([^()]*\))?(\.\w+(\([^()]*\))?)*\.Should",
            "of null it asserts nothing: (x?.Code).ShouldBe(no), or ShouldNotBeNull() before it",
            "decided.Refusal?.Code.ShouldBe(no);",
            "(decided.Refusal?.Code).ShouldBe(no);"
        ),
        new(
            Rules,
            @"\b(async|await|Task|ValueTask|ILogger|HttpClient|TimeProvider|IServiceProvider|Console)\b"
                + @"|using System\.(IO|Net|Data|Threading)\b|Guid\.(NewGuid|CreateVersion7)|\bRandom\b|Environment\.",
            "rules do no I/O, know no clock and draw no lots: make it an argument",
            "public static async Task<Complaint> Load()",
            "public Decided<ComplaintEvent> File(Filing filing, DateTimeOffset now)"
        ),
        new(
            @"^src/(?!.*/Durable\.cs$).*\.cs$",
            @"\bFile\.(Move|Replace)\(",
            "Durable.Move: a power cut takes a rename back that is not flushed",
            "File.Move(draft, target, overwrite: true);",
            "Durable.Move(draft, target, overwrite: true);"
        ),
        new(
            Source,
            @"^\s*static \w+\(\)\s*(=>|\{|$)",
            "hand it over at start, as Rooms.House.Messages: what a static constructor registers comes too late",
            "    static SignIn() =>",
            "    static Templates All() => new([]);"
        ),
        new(
            Code,
            @"\b(class|record|struct|interface)\s+\w*(Manager|Helpers?|Utils?|Utilities|Service)\b",
            "name it after what it does in the domain",
            "public static class ComplaintHelper",
            "public sealed class AfterSalesDesk"
        ),
        new(
            Code,
            @"\bSkip\s*=|\bNotImplementedException\b",
            "finish it, or leave it out; a test that lacks a tool calls Assert.SkipUnless with a plain message",
            "[Fact(Skip = \"later\")]",
            "Assert.SkipUnless(Chromium.Present, \"no Chromium here\");"
        ),
        new(
            Source,
            @"\b(TODO|FIXME|HACK|XXX)\b",
            "finish it, or write an issue",
            "// TODO: refuse a second score",
            "throw new NotSupportedException(\"PostgreSQL before 15\");"
        )
        {
            CodeOnly = false,
        },
        new(
            Page,
            @"<script(?![^>]*\b(src=|type=""application/(ld\+)?json""))|<style\b|\sstyle=|\son[a-z]+\s*=|\shx-on\b",
            "the Content-Security-Policy allows no inline script or style: put it into a file",
            "<button onclick=\"go()\">",
            "<script src=\"~/lib/htmx.min.js\" defer></script>"
        ),
        new(
            Page,
            @"\sdata-[a-z-]+=""@\([^""]*(""[^""]*""[^""]*)*: null\)""",
            "Razor writes data-x=\"\" for null, and a script finds the attribute: put it under a condition",
            "<p data-decided=\"@(Model.Done ? \"1\" : null)\">",
            "<p class=\"@(Model.Done ? \"done\" : null)\">"
        ),
        new(
            Texts,
            @"[一-鿿”》）][,;:!?(]|[,;:!?(][一-鿿“《（]|[一-鿿”》）]\)",
            "Chinese takes full-width ，；：！？（）; ASCII ones stay in codes, numbers and commands",
            "\"请留意回复:{link}\"",
            "\"请留意回复：{link}\", \"请选择\""
        ),
        new(
            Anything,
            @"https?://[\w.:-]*(registry\.|nuget|npmjs|pypi|mirror|artifactory|goproxy)",
            "where packages come from is the machine's matter, not the repository's",
            "\"resolved\": \"https://registry.npmjs.org/htmx.org/-/htmx.org-4.0.0.tgz\"",
            "\"integrity\": \"sha512-abc\""
        )
        {
            CodeOnly = false,
        },
        new(
            Anything,
            @"(?<![\w.~}\])-])/(home|root|work|Users|mnt)/[\w.-]|\b[A-Z]:\\\\?\w",
            "no path of one machine: relative to the repository, or an argument",
            "var data = \"/home/li/hengping\";",
            "var data = \"./data\";"
        )
        {
            CodeOnly = false,
        },
    ];

    public static TheoryData<int> RowNumbers() => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(RowNumbers))]
    public void No_file_breaks_the_row(int number)
    {
        var row = Rows[number];
        var broken = Repository
            .Files.Where(file => Covers(row, file))
            .SelectMany(file => Breaks(row, file, Read(file)));
        HouseRule.Holds(broken, row.Instead);
    }

    [Theory]
    [MemberData(nameof(RowNumbers))]
    public void The_row_catches_its_bad_line_and_lets_the_good_one_pass(int number)
    {
        var row = Rows[number];
        Breaks(row, "bad", [row.Bad]).ShouldHaveSingleItem();
        Breaks(row, "good", [row.Good]).ShouldBeEmpty();
    }

    [Fact]
    public void Lines_fit_into_120_columns()
    {
        TooLong("sample", [new string('x', LineLengthMax + 1)]).ShouldHaveSingleItem();
        TooLong("sample", [new string('x', LineLengthMax)]).ShouldBeEmpty();

        var files = Repository.Files.Where(file => LineLengthHolds().IsMatch(file) && !WholeTables.Contains(file));
        HouseRule.Holds(files.SelectMany(file => TooLong(file, Read(file))), $"at most {LineLengthMax} columns");
    }

    [Fact]
    public void Files_are_one_thing_of_at_most_300_lines()
    {
        TooTall("sample", FileLinesMax + 1).ShouldHaveSingleItem();
        TooTall("sample", FileLinesMax).ShouldBeEmpty();

        var files = Repository.Files.Where(file => FileLengthHolds().IsMatch(file));
        HouseRule.Holds(files.SelectMany(file => TooTall(file, Read(file).Length)), "split it by what it is about");
    }

    // The rows themselves hold bad lines.
    private static bool Covers(Row row, string file) =>
        !file.StartsWith("tests/Hengping.Tests/Tidy", StringComparison.Ordinal)
        && Regex.IsMatch(file, row.Where, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Breaks(Row row, string file, string[] lines) =>
        lines
            .Select((line, index) => (line, number: index + 1))
            .Where(it => !(row.CodeOnly && IsComment(it.line)))
            .Where(it => Regex.IsMatch(it.line, row.Banned, RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(it => $"{file}:{it.number}: {it.line.Trim()}");

    private static bool IsComment(string line)
    {
        var start = line.TrimStart();
        return start.StartsWith("//", StringComparison.Ordinal) || start.StartsWith("@*", StringComparison.Ordinal);
    }

    private static IEnumerable<string> TooLong(string file, string[] lines) =>
        lines
            .Select((line, index) => (line.Length, number: index + 1, picture: line.Contains("url(\"data:")))
            .Where(it => it.Length > LineLengthMax && !it.picture)
            .Select(it => $"{file}:{it.number}: {it.Length} columns");

    private static IEnumerable<string> TooTall(string file, int lines) =>
        lines > FileLinesMax ? [$"{file}:{FileLinesMax + 1}: {lines} lines"] : [];

    private static string[] Read(string file) => File.ReadAllLines(Repository.At(file));

    [GeneratedRegex(@"\.(cs|sql|js)$")]
    private static partial Regex LineLengthHolds();

    [GeneratedRegex(@"\.(cs|cshtml|js)$")]
    private static partial Regex FileLengthHolds();
}
