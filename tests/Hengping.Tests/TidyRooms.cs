using System.Reflection;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>House rules about rooms: who may know whom, what a refusal says, how schema files are numbered.</summary>
public sealed partial class TidyRooms
{
    const string App = "src/Hengping.App/";

    // Every room may use these; they hold no word of the domain.
    static readonly string[] Ground = ["Platform", "Design"];

    // Rooms whose matter is the other rooms: each fills, feeds or measures the whole house.
    static readonly string[] Composers = ["Demo", "Bench", "Importing"];

    // Who else may name whom, and why. Reading another room's rows by SQL needs no line; writing them is forbidden.
    static readonly (string Room, string Uses, string Because)[] Allowed =
    [
        ("Complaints", "Clocks", "every deadline of a case is counted by the law of its day"),
        ("Complaints", "Merchants", "a filing may add the merchant it names, in the same commit"),
        ("Complaints", "Accounts", "contact data are sealed with the key of the claimant's account"),
        ("Calc", "Clocks", "the calculator answers for the installation's own calendar"),
        ("Ratings", "Merchants", "a past list folds a merchant's events to see its sector and enrolment then"),
        ("Design", "Operators", "every page names who runs the site, with its filing numbers"),
        ("Complaints", "Operators", "a consent is recorded with the versions of the papers it was given under"),
        ("Operators", "Accounts", "set-up opens the first admin's account in the same commit"),
        ("Operators", "Taxonomies", "an admin reads the lists of codes that pages and doors use"),
        ("Design", "Taxonomies", "codes are said in the reader's language on every page"),
        ("Complaints", "Taxonomies", "the wizard and the case room offer the codes of the lists"),
        ("Complaints", "Evidence", "forms without script bring their files along"),
        ("Desk", "Complaints", "what is decided at the desk is judged and saved as at the case's own doors"),
        ("Desk", "Clocks", "a decision is judged by the law of the day it goes out"),
        ("Desk", "Operators", "the queue is divided by the operator's departments"),
        ("Desk", "Accounts", "the views somebody keeps are sealed with the key of their account"),
        ("Workbench", "Complaints", "replies to many go through the door of one, and read the case as its room does"),
        ("Complaints", "Workbench", "a reply in the case room begins with one of the merchant's own templates"),
        ("Workbench", "Ratings", "a merchant's desk shows what answering now does to its index, and its own numbers"),
        ("Workbench", "Merchants", "the workbench names its merchant and compares it within its sector"),
        ("Complaints", "Ratings", "the wizard tells what to expect of a merchant, as its earlier cases went"),
        ("Accounts", "Complaints", "one's own page lists one's cases, consents and who opened them"),
        ("Accounts", "Operators", "whether staff must have a second factor is the operator's word"),
        ("Accounts", "Merchants", "one's own page names whom a consent was given for"),
        ("Merchants", "Ratings", "the public page of a merchant shows its numbers as the lists compute them"),
        ("Merchants", "Accounts", "an approved claim opens the merchant's first account in the same commit"),
        ("Merchants", "Complaints", "a team is limited to shops, and its digest counts their cases"),
        ("Evidence", "Complaints", "a person limited to shops reads what came from there alone"),
        ("Merchants", "Operators", "a statement is read with the list of words in force"),
        ("Merchants", "Evidence", "a claim brings its business licence along"),
        ("Home", "Ratings", "the first page shows the latest list in short"),
        ("Complaints", "Reports", "one submission can hold both; the commit and the answer are the complaint's"),
        ("Reports", "Complaints", "bodies, evidence and refusals are judged as at the doors of complaints"),
        ("Operators", "Clocks", "an admin is told when next year's holidays are missing"),
        ("Reports", "Clocks", "a report's deadlines are counted by the law of its day"),
        ("Reports", "Operators", "the same clock is law for a regulator and a promise for others"),
        ("Reports", "Merchants", "it may be about an entry of the directory, which it never changes"),
        ("Reports", "Accounts", "a reporter's contact is sealed with the key of the account"),
        ("Reports", "Evidence", "a form brings its files along"),
        ("Accounts", "Reports", "erasing a person erases what they reported under their own name"),
        ("Evidence", "Reports", "a report's files are for whoever may read the report"),
        ("Notices", "Accounts", "a message needs the person's address, unsealed while their key lives"),
        ("Notices", "Complaints", "a message about a closed case carries the one-time link to score it"),
        ("Notices", "Merchants", "a message to a merchant goes to its after-sales contact"),
        ("Notices", "Operators", "a message is signed by whoever runs the house"),
    ];

    [Fact]
    public void A_room_uses_no_other_room()
    {
        var sample = "namespace Hengping.App.Ratings;\nusing Hengping.App.Complaints;\nusing Hengping.App.Platform;";
        Strays(App + "Ratings/RateList.cs", sample.Split('\n')).ShouldHaveSingleItem().ShouldContain(":2:");

        var files = Repository.Files.Where(file => file.StartsWith(App, StringComparison.Ordinal) && IsCode(file));
        HouseRule.Holds(
            files.SelectMany(file => Strays(file, File.ReadAllLines(Repository.At(file)))),
            "listen to the other room's events, or say in TidyRooms.Allowed why not"
        );
    }

    [Fact]
    public void Every_allowed_use_is_still_used()
    {
        var used = Repository
            .Files.Where(file => file.StartsWith(App, StringComparison.Ordinal) && IsCode(file))
            .SelectMany(file =>
                Uses(file, File.ReadAllLines(Repository.At(file))).Select(use => (Room(file), use.Room))
            )
            .ToHashSet();
        Allowed.Where(row => !used.Contains((row.Room, row.Uses))).ShouldBeEmpty();
    }

    [Fact]
    public void Rooms_are_words_of_the_domain()
    {
        string[] patterns = ["Services", "Handlers", "Models", "Common", "Utils", "Helpers", "Dtos", "Interfaces"];
        var folders = Repository.Files.Where(IsCode).SelectMany(file => file.Split('/')[..^1]).Distinct();
        folders.Intersect(patterns).ShouldBeEmpty("a folder is a word of the domain, never a pattern");
    }

    [Fact]
    public void Every_refusal_has_its_own_code_and_speaks_both_languages()
    {
        Wrong([new Refusal("complaint.twice", "重复", "twice"), new Refusal("complaint.twice", "重复", "again")])
            .ShouldHaveSingleItem();
        Wrong([new Refusal("Complaint.Bad", "不好", "bad")]).ShouldHaveSingleItem();
        Wrong([new Refusal("complaint.silent", "only English", "silent")]).ShouldHaveSingleItem();
        Wrong([new Refusal("complaint.mute", "不说英文", "不说英文")]).ShouldHaveSingleItem();

        var refusals = new[] { typeof(Refusal).Assembly, typeof(Cli).Assembly }.SelectMany(Refusals).ToList();
        refusals.ShouldNotBeEmpty();
        HouseRule.Holds(Wrong(refusals), "one code, one meaning; 中文 and English");
    }

    [Fact]
    public void Schema_files_have_one_number_each()
    {
        Clashes(["schema/010.store.sqlite.sql", "schema/010.store.postgres.sql"]).ShouldBeEmpty();
        Clashes(["schema/010.store.sql", "schema/010.store.postgres.sql"]).ShouldHaveSingleItem();
        Clashes(["schema/001.accounts.sql", "schema/001.merchants.sql"]).ShouldBeEmpty();
        Clashes(["schema/store.sql"]).ShouldHaveSingleItem();

        var schema = typeof(Cli).Assembly.GetManifestResourceNames().Where(IsSchema);
        HouseRule.Holds(Clashes(schema), "NNN.room.sql, or NNN.room.sqlite.sql beside NNN.room.postgres.sql");
    }

    static IEnumerable<string> Strays(string file, string[] lines)
    {
        var room = Room(file);
        if (room is null || Composers.Contains(room))
            return [];
        return Uses(file, lines)
            .Where(use => use.Room != room && (room == "Platform" || !Ground.Contains(use.Room)))
            .Where(use => !Allowed.Any(row => row.Room == room && row.Uses == use.Room))
            .Select(use => $"{file}:{use.Line}: {room} uses {use.Room}");
    }

    static IEnumerable<(string Room, int Line)> Uses(string file, string[] lines) =>
        lines
            .Select((line, index) => (line, number: index + 1))
            .Where(it => !it.line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(it => NamedRoom().Matches(it.line).Select(match => (match.Groups[1].Value, it.number)))
            .Where(use => use.Value != Room(file));

    /// <summary>The room of a file; null for what stands beside the rooms: Program.cs, Host.cs, Books.cs.</summary>
    static string? Room(string file)
    {
        var parts = file[App.Length..].Split('/');
        return parts.Length > 1 ? parts[0] : null;
    }

    static bool IsCode(string file) =>
        file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal);

    static IEnumerable<Refusal> Refusals(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type =>
                type.GetFields(
                    BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            .Where(field => field.FieldType == typeof(Refusal))
            .Select(field => (Refusal)field.GetValue(null)!);

    static IEnumerable<string> Wrong(IReadOnlyList<Refusal> refusals)
    {
        foreach (var group in refusals.Distinct().GroupBy(refusal => refusal.Code).Where(group => group.Count() > 1))
            yield return $"{group.Key}: {string.Join(" | ", group.Select(refusal => refusal.En))}";
        foreach (var refusal in refusals)
        {
            if (!StableCode().IsMatch(refusal.Code))
                yield return $"{refusal.Code}: not a lower-case dotted code";
            if (!Han().IsMatch(refusal.Zh))
                yield return $"{refusal.Code}: no Chinese";
            if (string.IsNullOrWhiteSpace(refusal.En) || Han().IsMatch(refusal.En))
                yield return $"{refusal.Code}: no English";
        }
    }

    static bool IsSchema(string name) => name.EndsWith(".sql", StringComparison.Ordinal);

    static IEnumerable<string> Clashes(IEnumerable<string> names)
    {
        var parsed = names.Select(name => (name, match: SchemaName().Match(name))).ToList();
        foreach (var (name, _) in parsed.Where(it => !it.match.Success))
            yield return $"{name}: no number or no room";
        // Numbers count within a room: 002.merchants.sql comes after 001.merchants.sql.
        var files = parsed
            .Where(it => it.match.Success)
            .GroupBy(it => (Part(it.match, "number"), Part(it.match, "room")));
        foreach (var group in files)
        {
            var engines = group.Select(it => Part(it.match, "engine")).ToList();
            if (engines.Count > 1 && (engines.Contains("") || engines.Distinct().Count() < engines.Count))
                yield return string.Join(" and ", group.Select(it => it.name));
        }
    }

    static string Part(Match match, string name) => match.Groups[name].Value;

    [GeneratedRegex(@"\bHengping\.App\.(\w+)")]
    private static partial Regex NamedRoom();

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9]*([.-][a-z0-9][a-zA-Z0-9]*)*$")]
    private static partial Regex StableCode();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"^schema/(?<number>\d{3})\.(?<room>[a-z-]+)(\.(?<engine>sqlite|postgres))?\.sql$")]
    private static partial Regex SchemaName();
}
