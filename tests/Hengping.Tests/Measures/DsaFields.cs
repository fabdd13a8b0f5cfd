using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.Rules.Measures;
using Hengping.Rules.RuleRegister;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Measures;

/// <summary>
/// Every kind × ground × way of deciding in the fields of the EU's database: all words are of its list, where the list
/// lies beside the tree.
/// </summary>
public sealed partial class DsaFields
{
    private static readonly string[] Limits = ["decision_facts"];

    public static IEnumerable<TheoryDataRow<MeasureKind>> Kinds() =>
        Enum.GetValues<MeasureKind>().Where(DsaExport.Restricts).Select(kind => new TheoryDataRow<MeasureKind>(kind));

    [Theory, MemberData(nameof(Kinds))]
    public void Every_word_is_of_its_list(MeasureKind kind)
    {
        var path = Path.Combine(Repository.Root, "..", "shared", "data", "dsa", "sor_enums.json");
        Assert.SkipUnless(File.Exists(path), "the list does not lie beside the tree");
        using var list = JsonDocument.Parse(File.ReadAllText(path));
        var words = list
            .RootElement.EnumerateObject()
            .Where(group => group.Name != "_rules")
            .SelectMany(group => group.Value.EnumerateObject().Select(word => word.Name))
            .ToHashSet(StringComparer.Ordinal);
        var rules = list.RootElement.GetProperty("_rules");
        foreach (var reason in Enum.GetValues<MeasureReason>())
        foreach (var how in Enum.GetValues<Automation>())
        foreach (var target in MeasureKinds.TargetsOf(kind))
        {
            var statement = DsaExport.Of(Row(kind, reason, how, target), null, "事实", SiteAddress.None);
            var fields = JsonSerializer.SerializeToElement(statement, Cli.JsonFormat);
            foreach (var said in Said(fields))
                words.ShouldContain(said);
            foreach (var needed in rules.GetProperty("required").EnumerateArray())
                fields.TryGetProperty(needed.GetString()!, out _).ShouldBeTrue(needed.GetString());
            rules
                .GetProperty("at_least_one_of")
                .EnumerateArray()
                .Any(one =>
                    fields.TryGetProperty(one.GetString()!, out var value) && value.ValueKind != JsonValueKind.Null
                )
                .ShouldBeTrue($"{kind} says what was decided");
            Puid().IsMatch(statement.Puid).ShouldBeTrue();
            Limits.ShouldAllBe(name => fields.GetProperty(name).GetString()!.Length <= 5_000);
        }
    }

    // Words of its lists are written in capitals.
    private static IEnumerable<string> Said(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(field => Said(field.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Said),
            JsonValueKind.String when Word().IsMatch(value.GetString()!) => [value.GetString()!],
            _ => [],
        };

    private static MeasureRows.Item Row(MeasureKind kind, MeasureReason reason, Automation how, TargetKind target)
    {
        var at = new DateTimeOffset(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
        return new MeasureRows.Item(
            Guid.Empty,
            "4T8K-0MZD-Q2R7",
            kind,
            MeasureForm.Decision,
            MeasureStatus.InForce,
            reason,
            target == TargetKind.Account ? null : Guid.Empty,
            "某店",
            target,
            "1",
            "充电器",
            new ClauseRef(Guid.Empty, 1, "3"),
            "规则",
            "Rule",
            new DateOnly(2026, 10, 10),
            MeasureSource.Own,
            DetectedByMachine: true,
            how,
            Urgent: false,
            at,
            at,
            at,
            new DateOnly(2026, 12, 31),
            EndedAt: null,
            Amount: 500,
            Overdue: false,
            Appealed: false,
            at,
            DueAt: null,
            DueKind: null,
            HumanDue: false
        );
    }

    [GeneratedRegex("^[A-Z]+(_[A-Z]+)+$")]
    private static partial Regex Word();

    [GeneratedRegex("^[a-zA-Z0-9-_]+$")]
    private static partial Regex Puid();
}
