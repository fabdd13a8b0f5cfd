using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Admin;
using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>上限: every room says once what it holds to, and that is what holds.</summary>
public sealed partial class LimitTests
{
    // Switches, and the size of the generated market, are no limits.
    private static readonly string[] NoLimits =
    [
        "Bench:AnswersAtOnce",
        "Bench:Unheard",
        "Clock:Watched",
        "Demo:Complaints",
        "Demo:People",
    ];

    private static readonly IReadOnlyList<Limit> All = [.. Rooms.House.Limits.SelectMany(room => room.Limits)];

    private static readonly IReadOnlyList<(string File, string Text)> Sources =
    [
        .. Repository
            .Files.Where(file => file.StartsWith("src/Hengping.App/", StringComparison.Ordinal))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(Repository.At(file)))),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_number_of_a_class_of_options_is_declared_with_its_default()
    {
        var classes = Sources
            .SelectMany(source => Bound().Matches(source.Text).Select(bound => bound.Groups[1].Value))
            .Distinct()
            .ToList();
        classes.ShouldContain(nameof(ComplaintLimits));
        classes.Count.ShouldBeGreaterThan(3);
        foreach (var name in classes)
        {
            var type = typeof(Cli).Assembly.GetTypes().Single(type => type.Name == name);
            var section = (string)type.GetField("Section")!.GetRawConstantValue()!;
            var defaults = Activator.CreateInstance(type);
            foreach (var option in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                All.ShouldContain(
                    limit =>
                        limit.Name == $"{section}:{option.Name}"
                        && limit.Value == Convert.ToInt64(option.GetValue(defaults), CultureInfo.InvariantCulture),
                    $"{name}.{option.Name}"
                );
        }
    }

    [Fact]
    public void What_is_read_from_the_configuration_by_name_is_declared()
    {
        var read = Sources.SelectMany(source =>
            ReadByName().Matches(source.Text).Select(match => (source.File, Option: match.Groups[1].Value))
        );
        HouseRule.Holds(
            read.Where(it => !NoLimits.Contains(it.Option)).Select(it => $"{it.File}: {it.Option}"),
            "declare a Limit in its room, and read it by Limit.In"
        );
    }

    [Fact]
    public void Options_stand_in_operations_with_their_defaults_and_no_others()
    {
        var rows = File.ReadAllLines(Repository.At("docs/operations.md"))
            .Where(line => line.StartsWith('|') && Option().IsMatch(line))
            .ToList();
        var missing = All.Where(limit => limit.IsOption)
            .Where(limit => !rows.Any(row => row.Contains($"`{limit.Name}`") && Says(row, limit)))
            .Select(limit => $"{limit.Name} with {Written(limit)}");
        HouseRule.Holds(missing, "a row in docs/operations.md");

        var settings = File.ReadAllText(Repository.At("docs/operations.md"))
            .Split("\n## ")
            .Single(chapter => chapter.StartsWith("Settings\n", StringComparison.Ordinal));
        var named = Option().Matches(settings).Select(match => match.Groups[1].Value).ToList();
        named.Count.ShouldBeGreaterThan(15);
        named.Except(All.Select(limit => limit.Name)).ShouldBeEmpty("docs name an option that no room declares");
    }

    [Fact]
    public void A_declaration_copies_no_number()
    {
        Copied().IsMatch("new(\"passkeys\", 20),").ShouldBeTrue();
        Copied().IsMatch("new(\"passkeys\", Account.PasskeysMax),").ShouldBeFalse();
        var copied = Sources
            .Where(source => source.File.EndsWith("Room.cs", StringComparison.Ordinal))
            .SelectMany(source => Copied().Matches(source.Text).Select(match => $"{source.File}: {match.Value}"));
        HouseRule.Holds(copied, "name the constant that the code uses");
        All.Select(limit => limit.Name).ShouldBeUnique();
    }

    [Fact]
    public void What_a_form_may_bring_and_how_often_something_may_be_tried_is_declared()
    {
        var forms = typeof(Cli)
            .Assembly.GetTypes()
            .Select(page => (page.Name, Most: page.GetCustomAttribute<LargeBodyAttribute>()?.BytesMax))
            .Where(form => form.Most is not null)
            .ToList();
        forms.Count.ShouldBe(12);
        HouseRule.Holds(
            forms
                .Where(form => !All.Any(limit => limit.Unit == LimitUnit.Bytes && limit.Value == form.Most))
                .Select(form => $"{form.Name}: {form.Most}"),
            "declare a Limit in its room"
        );
        var counted = typeof(Cli)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Allowance))
            .Select(field => (Allowance)field.GetValue(null)!)
            .Where(allowance => allowance.Max > 1)
            .ToList();
        counted.Select(one => one.What).ShouldContain("progress");
        HouseRule.Holds(
            counted.Where(one => !All.Any(limit => limit.Value == one.Max)).Select(one => $"{one.What}: {one.Max}"),
            "declare a Limit in its room"
        );
        foreach (var room in new[] { "Ratings", "Notices", "JointComplaints", "Intake" })
            Rooms.House.Limits.Select(one => one.Room).ShouldContain(room);
    }

    [Fact]
    public async Task What_is_set_is_shown_and_used()
    {
        var options = All.Where(limit => limit.IsOption).ToList();
        // Beyond what a limit allows it stays within.
        var set = options.ToDictionary(
            limit => limit.Name,
            limit => (string?)(limit.Value + 1).ToString(CultureInfo.InvariantCulture),
            StringComparer.Ordinal
        );
        set["Desk:UndoSeconds"] = "61";
        set["Retention:Years"] = "2";
        await using var site = await Site.Start(Db.Sqlite, settings: set);
        var configuration = site.Of<IConfiguration>();
        Same(site.Of<EvidenceLimits>(), EvidenceLimits.Section, configuration);
        Same(site.Of<ComplaintLimits>(), ComplaintLimits.Section, configuration);
        Same(site.Of<BodyGate>().Costs, BodyCosts.Section, configuration);
        site.Store.SmsPerDay.ShouldBe(SmsBudget.PerDayDefault + 1);

        var admin = await site.Browsing(await site.As(Role.Admin));
        var page = WebUtility.HtmlDecode(await admin.GetStringAsync("/admin/limits?lang=zh", Ct));
        foreach (var limit in All)
        {
            var now =
                limit.Name == "Desk:UndoSeconds" ? 60
                : limit.Name == "Retention:Years" ? 3
                : limit.IsOption ? limit.Value + 1
                : limit.Value;
            page.ShouldContain($"<span data-limit=\"{limit.Name}\">{LimitsPage.Shown(now, limit.Unit)}</span>");
            page.ShouldContain(App.Design.Texts.All[limit.Text][0]);
        }
        page.ShouldContain("200 MiB");
    }

    private static void Same(object bound, string section, IConfiguration configuration)
    {
        foreach (var option in bound.GetType().GetProperties().Where(option => option.CanWrite))
            All.Single(limit => limit.Name == $"{section}:{option.Name}")
                .In(configuration)
                .ShouldBe(Convert.ToInt64(option.GetValue(bound), CultureInfo.InvariantCulture), option.Name);
    }

    private static bool Says(string row, Limit limit) =>
        Regex.IsMatch(
            row,
            $@"(?<![\d.]){Regex.Escape(Written(limit))}(?![\d.])",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    private static string Written(Limit limit) =>
        limit.Value >= 1 << 30 && limit.Value % (1 << 30) == 0 ? $"{limit.Value >> 30} GiB"
        : limit.Value >= 1 << 20 && limit.Value % (1 << 20) == 0 ? $"{limit.Value >> 20} MiB"
        : limit.Value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"GetSection\([^)]*\)\s*\.Get<(\w+)>", RegexOptions.None, 1000)]
    private static partial Regex Bound();

    [GeneratedRegex(@"GetValue(?:<\w+>)?\(\s*""(\w+:\w+)""", RegexOptions.None, 1000)]
    private static partial Regex ReadByName();

    [GeneratedRegex(@"`([A-Z]\w+:[A-Z]\w+)`", RegexOptions.None, 1000)]
    private static partial Regex Option();

    [GeneratedRegex(@"new\(\s*""[\w:-]+"",\s*\d", RegexOptions.None, 1000)]
    private static partial Regex Copied();
}
