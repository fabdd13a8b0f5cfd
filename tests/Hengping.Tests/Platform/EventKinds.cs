using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// What logs hold stays readable: each kind of event with its properties, which of them are sealed, and the words of
/// what lies in them, as <c>EventKinds.txt</c> has it. What is new is added there; nothing in it is ever changed.
/// </summary>
public sealed partial class EventKinds
{
    private const string Kept = "tests/Hengping.Tests/Platform/EventKinds.txt";

    private static readonly Lazy<IReadOnlyList<EventShape>> Shapes = new(() =>
        [.. new Codec(Rooms.House.Books, keys: null!).Shapes.OrderBy(shape => shape.Kind, StringComparer.Ordinal)]
    );

    [Fact]
    public void Every_kind_that_a_log_may_hold_is_read_as_it_was_written()
    {
        var now = Lines();
        var kept = File.ReadAllLines(Repository.At(Kept));
        HouseRule.Holds(
            kept.Except(now),
            "logs hold it: give it back its name, and read what is new beside it (a new property, a new kind)"
        );
        var made = Path.Combine(Path.GetTempPath(), $"EventKinds-{Guid.NewGuid():N}.txt");
        if (!kept.SequenceEqual(now))
            File.WriteAllLines(made, now);
        HouseRule.Holds(now.Except(kept), $"stored from now on, for good: if that is meant, cp {made} {Kept}");
        kept.SequenceEqual(now).ShouldBeTrue($"the same in another order: cp {made} {Kept}");
    }

    [Fact]
    public void What_sql_calls_a_kind_is_one()
    {
        var known = Shapes.Value.Select(shape => shape.Kind).ToHashSet(StringComparer.Ordinal);
        var asked =
            from file in Repository.Files
            where file.StartsWith("src/", StringComparison.Ordinal)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".sql", StringComparison.Ordinal)
            from Match kind in KindInSql().Matches(File.ReadAllText(Repository.At(file)))
            select (file, Kind: kind.Groups[1].Value);
        var all = asked.ToList();
        all.ShouldNotBeEmpty();
        HouseRule.Holds(
            all.Where(one => !known.Contains(one.Kind)).Select(one => $"{one.file}: {one.Kind}"),
            "no book has that kind"
        );
    }

    private static List<string> Lines()
    {
        var lines = new List<string>();
        var inside = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (var shape in Shapes.Value)
        {
            lines.Add($"{shape.Kind} {Name(shape.Facts.Type)}");
            lines.AddRange(
                Properties(shape.Facts)
                    .Select(property => Line(shape.Kind, property) + Sealed(shape.SealedWith(property)))
                    .Order(StringComparer.Ordinal)
            );
            foreach (var property in Properties(shape.Facts))
                Look(property.PropertyType, inside, shape.Facts);
        }
        foreach (var (name, type) in inside)
        {
            var words = type.IsEnum
                ? Enum.GetNames(type).Select(word => $"{name} = {JsonNamingPolicy.CamelCase.ConvertName(word)}")
                : Properties(Shapes.Value[0].Facts.Options.GetTypeInfo(type)).Select(property => Line(name, property));
            lines.AddRange(words.Order(StringComparer.Ordinal));
        }
        return lines;
    }

    private static string Line(string owner, JsonPropertyInfo property) =>
        $"{owner} . {property.Name} {Name(property.PropertyType)}";

    private static string Sealed(KeyOf? key) => key is { } whose ? $" sealed: {whose}" : "";

    private static IEnumerable<JsonPropertyInfo> Properties(JsonTypeInfo type) =>
        type.Properties.Where(property => property.Get is not null);

    /// <summary>Notes the house's own types that lie in a property, and in theirs.</summary>
    private static void Look(Type type, SortedDictionary<string, Type> inside, JsonTypeInfo of)
    {
        foreach (var argument in type.GetGenericArguments())
            Look(argument, inside, of);
        var isOwn = type.Namespace?.StartsWith("Hengping", StringComparison.Ordinal) == true;
        if (!isOwn)
            return;
        if (!inside.TryAdd(Name(type), type))
        {
            inside[Name(type)].ShouldBe(type, "two of one name lie in events");
            return;
        }
        if (type.IsEnum)
            return;
        foreach (var property in Properties(of.Options.GetTypeInfo(type)))
            Look(property.PropertyType, inside, of);
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        var own = type.DeclaringType is { } outer ? $"{Name(outer)}.{type.Name}" : type.Name;
        return type.IsGenericType
            ? $"{own.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : own;
    }

    [GeneratedRegex(@"\bkind (?:=|<>) '([a-zA-Z.]+)'")]
    private static partial Regex KindInSql();
}
