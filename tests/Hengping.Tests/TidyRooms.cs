using System.Reflection;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Razor.Hosting;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>House rules about rooms: who may know whom, what a refusal says, how schema files are numbered.</summary>
public sealed partial class TidyRooms
{
    private const string App = "src/Hengping.App/";
    private const string Ground = "Platform";

    // The law book has an order of its own, from the ground up: whatever stands there names what is before it alone.
    private static readonly string[] Law =
    [
        "Fields",
        "Screening",
        "Clocks",
        "Accounts",
        "Evidence",
        "Merchants",
        "Complaints",
        "Reports",
        "RuleRegister",
        "Operators",
        "Measures",
        "Desk",
        "Ratings",
        "Appeals",
        "ClaimReports",
        "Workbench",
        "Risk",
        "Orders",
        "Inspections",
        "Publishing",
        "Appeals",
        "Webhooks",
    ];

    // Rooms that keep something sealed and have no answer of their own, and why.
    private static readonly (string Room, string Because)[] WithoutPersons =
    [
        ("Operators", "the passwords of senders are the operator's"),
        ("Merchants", "an entry's contacts are the merchant's; who claims one is sealed with the key of the account"),
        ("Desk", "sealed with the key of the account or of the case"),
        ("Workbench", "a merchant's own words"),
        ("Webhooks", "addresses and secrets of programs"),
    ];

    private static readonly Dictionary<Type, string> Pages = typeof(Cli)
        .Assembly.GetCustomAttributes(inherit: false)
        .OfType<RazorCompiledItemAttribute>()
        .ToDictionary(
            page => page.Type,
            page => page.Identifier.Split('/') is [_, var room, _, ..] ? room : "the house"
        );

    [Fact]
    public void A_room_names_those_before_it_alone()
    {
        string[] floors = ["Ground", "Complaints", "Ratings"];
        Named(floors, ("Ratings", "Complaints")).ShouldBeEmpty();
        Named(floors, ("Complaints", "Ratings")).ShouldHaveSingleItem();
        Named(floors, ("Complaints", "Nowhere")).ShouldHaveSingleItem();

        string[] order = [Ground, .. Rooms.House.Rooms.Select(room => RoomOf(room.GetType())!), "the house"];
        var uses = Uses(typeof(Cli).Assembly, RoomOf).ToList();
        typeof(Cli).Assembly.GetTypes().Select(RoomOf).OfType<string>().Distinct().ShouldBe(order, ignoreOrder: true);
        HouseRule.Holds(
            Named(order, [.. uses]),
            "move what is named to an earlier room, or ask through Platform/Rooms"
        );
    }

    [Fact]
    public void The_law_book_has_an_order_too() =>
        HouseRule.Holds(
            Named(["the law", .. Law], [.. Uses(typeof(Refusal).Assembly, Chapter)]),
            "move what is named to an earlier chapter"
        );

    [Fact]
    public void A_part_of_a_page_lies_in_an_earlier_room()
    {
        string[] order = [Ground, .. Rooms.House.Rooms.Select(room => RoomOf(room.GetType())!)];
        var parts = Repository
            .Files.Where(file => file.StartsWith(App, StringComparison.Ordinal) && IsPage(file))
            .SelectMany(file =>
                PartOfPage()
                    .Matches(File.ReadAllText(Repository.At(file)))
                    .Select(part => new Use(file[App.Length..].Split('/')[0], file, part.Groups[1].Value, part.Value))
            );
        HouseRule.Holds(Named(order, [.. parts]), "move the part to an earlier room");
    }

    [Fact]
    public void What_is_kept_about_persons_has_an_answer()
    {
        var silent = Rooms
            .House.Rooms.Where(room => room.Persons is null && room.Books.Any(HasSecret))
            .Select(room => RoomOf(room.GetType())!)
            .ToList();
        HouseRule.Holds(
            silent.Where(room => !WithoutPersons.Any(row => row.Room == room)),
            "Room.Persons says how it is erased"
        );
        WithoutPersons.Where(row => !silent.Contains(row.Room)).ShouldBeEmpty();
    }

    private static bool HasSecret(Book book) =>
        book
            .EventType.GetNestedTypes()
            .SelectMany(kind => kind.GetProperties())
            .Any(property => property.IsDefined(typeof(SecretAttribute), inherit: true));

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

    /// <summary>That a type of one room names a type of another.</summary>
    private sealed record Use(string Room, string By, string Other, string What);

    private static IEnumerable<string> Named(string[] order, params Use[] uses) =>
        uses.Where(use => Array.IndexOf(order, use.Other) is var at && (at < 0 || at > Array.IndexOf(order, use.Room)))
            .Select(use => $"{use.Room} names {use.Other}: {use.By} {use.What}")
            .Distinct();

    private static IEnumerable<string> Named(string[] order, (string Room, string Other) use) =>
        Named(order, new Use(use.Room, "", use.Other, ""));

    private static IEnumerable<Use> Uses(Assembly assembly, Func<Type, string?> place) =>
        from type in assembly.GetTypes()
        let room = place(type)
        where room is not null
        from used in TypeUses.Of(type)
        where used.Assembly == assembly
        let other = place(used)
        where other is not null && other != room
        select new Use(room, Outer(type).Name, other, Outer(used).Name);

    /// <summary>The room of a type: its folder. What stands beside the rooms is the house's own.</summary>
    private static string? RoomOf(Type type)
    {
        var outer = Outer(type);
        if (Pages.TryGetValue(outer, out var page))
            return page;
        var words = (outer.Namespace ?? "").Split('.');
        return words is not ["Hengping", "App", ..] ? null
            : words.Length > 2 ? words[2]
            : "the house";
    }

    private static string? Chapter(Type type)
    {
        var words = (Outer(type).Namespace ?? "").Split('.');
        return words is not ["Hengping", "Rules", ..] ? null
            : words.Length > 2 ? words[2]
            : "the law";
    }

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;

    private static bool IsPage(string file) => file.EndsWith(".cshtml", StringComparison.Ordinal);

    private static bool IsCode(string file) => file.EndsWith(".cs", StringComparison.Ordinal) || IsPage(file);

    private static IEnumerable<Refusal> Refusals(Assembly assembly) =>
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

    private static IEnumerable<string> Wrong(IReadOnlyList<Refusal> refusals)
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

    private static bool IsSchema(string name) => name.EndsWith(".sql", StringComparison.Ordinal);

    private static IEnumerable<string> Clashes(IEnumerable<string> names)
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

    private static string Part(Match match, string name) => match.Groups[name].Value;

    [GeneratedRegex("name=\"/([A-Z][A-Za-z]+)/[A-Za-z]+\\.cshtml")]
    private static partial Regex PartOfPage();

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9]*([.-][a-z0-9][a-zA-Z0-9]*)*$")]
    private static partial Regex StableCode();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"^schema/(?<number>\d{3})\.(?<room>[a-z-]+)(\.(?<engine>sqlite|postgres))?\.sql$")]
    private static partial Regex SchemaName();
}
