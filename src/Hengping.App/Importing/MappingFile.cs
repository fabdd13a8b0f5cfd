using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>Finds the mapping <c>--map</c> names: a built-in one, or a MAP.json of somebody's own.</summary>
public static partial class MappingFile
{
    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new OneOrMore(),
        },
    };

    /// <summary>By name or path.</summary>
    /// <exception cref="Refused">Neither is known, or the file does not hold.</exception>
    public static Mapping Find(string map)
    {
        if (KnownMappings.All.TryGetValue(map, out var known))
            return known;
        return Read(Text(map, KnownMappings.All.Keys), map);
    }

    /// <summary>What stands in a mapping file.</summary>
    /// <param name="known">Names that would have done, too.</param>
    internal static string Text(string map, IEnumerable<string> known)
    {
        if (!map.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var names = string.Join(" ", known);
            throw new Refused(
                "import.map",
                $"没有映射“{map}”；可用：{names}，或 MAP.json 文件",
                $"No mapping \"{map}\"; there are {names}, or a MAP.json file"
            );
        }
        if (!File.Exists(map))
            throw new Refused("import.map", $"找不到映射文件：{map}", $"No such mapping file: {map}");
        return File.ReadAllText(map);
    }

    /// <summary>What a source may be called.</summary>
    internal static bool IsSource(string? source) => source is not null && SourceName().IsMatch(source);

    /// <summary>It may not.</summary>
    internal static readonly (string Zh, string En) SourceNeeded = (
        "source 须为小写字母、数字和短横线，且不与内置映射重名",
        "source must be lower-case letters, digits and dashes, and not a built-in name"
    );

    /// <summary>A mapping file does not hold.</summary>
    internal static Refused Wrong(string name, (string Zh, string En) wrong) =>
        new("import.map", $"映射文件 {name} 有误：{wrong.Zh}", $"Mapping file {name}: {wrong.En}");

    /// <summary>Reads the JSON form.</summary>
    public static Mapping Read(string json, string name)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<Mapping>(json, Format) ?? throw new JsonException("null");
            if (Wrong(mapping) is { } wrong)
                throw Wrong(name, wrong);
            return mapping.Header.Count > 0 ? mapping : mapping with { Header = HeaderOf(mapping) };
        }
        catch (JsonException fault)
        {
            throw new Refused(
                "import.map",
                $"映射文件 {name} 不是有效的映射：{fault.Message}",
                $"Mapping file {name} is not a valid mapping: {fault.Message}"
            );
        }
    }

    private static (string Zh, string En)? Wrong(Mapping mapping)
    {
        if (!IsSource(mapping.Source) || KnownMappings.All.ContainsKey(mapping.Source))
            return SourceNeeded;
        if (mapping.Problems.Values.Any(code => !Taxonomies.Taxonomies.Current.Codes.ConsumerProblems.Contains(code)))
            return ("problems 中有未知的问题代码", "problems holds an unknown code");
        if (mapping.DemandWords.Values.Any(code => !Taxonomies.Taxonomies.Current.Codes.Demands.Contains(code)))
            return ("demandWords 中有未知的诉求代码", "demandWords holds an unknown code");
        if (mapping.ScoreScale is <= 0 || mapping.Scores.Values.Any(score => score is < 0 or > 10))
            return ("评分须在 0–10 之间", "scores must lie within 0–10");
        if (mapping.Result.Count > 0 && mapping.Closed.Count == 0)
            return ("有 result 就须有 closed", "result needs closed");
        return null;
    }

    // Without a header of its own the mapping is told by the columns that no row can do without.
    private static List<IReadOnlyList<string>> HeaderOf(Mapping mapping)
    {
        IReadOnlyList<string>[] needed = [mapping.Filed, mapping.Respondent, mapping.Closed];
        var given = needed.Where(names => names.Count > 0).ToList();
        return given.Count > 0
            ? given
            :
            [
                [.. mapping.Names],
            ];
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex SourceName();

    /// <summary>A column name, or a list of them.</summary>
    private sealed class OneOrMore : JsonConverter<IReadOnlyList<string>>
    {
        public override IReadOnlyList<string> Read(ref Utf8JsonReader json, Type type, JsonSerializerOptions options)
        {
            if (json.TokenType == JsonTokenType.String)
                return [json.GetString()!];
            if (json.TokenType != JsonTokenType.StartArray)
                throw new JsonException("A column name or a list of them is expected");
            var names = new List<string>();
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                names.Add(
                    json.TokenType == JsonTokenType.String ? json.GetString()! : throw new JsonException("Not a name")
                );
            return names;
        }

        public override void Write(Utf8JsonWriter json, IReadOnlyList<string> names, JsonSerializerOptions options)
        {
            json.WriteStartArray();
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
    }
}
