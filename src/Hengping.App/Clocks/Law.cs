using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;

namespace Hengping.App.Clocks;

/// <summary>
/// The clocks of this installation: the rulebook and the working-day calendar. Shipped with the program (calendar:
/// holiday-cn, MIT); an operator loads a further year by putting <c>YYYY.json</c> into <c>DATA/calendar/</c>.
/// </summary>
public sealed record Law(Rulebook Rules, WorkCalendar Calendar)
{
    // Of its own: the tests of the rules read the shipped law without the program around it.
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>
    /// The word of the kind of operator whose clocks these are; empty before set-up: then nothing is law. Null where
    /// nobody in particular asks.
    /// </summary>
    public string? Operator { get; init; }

    /// <summary>Its clocks are law (令121).</summary>
    public bool IsRegulator => Operator == "regulator";

    /// <summary>The notices the calendar is made of, by year.</summary>
    public IReadOnlyDictionary<int, CalendarYear> Years { get; private init; } = new Dictionary<int, CalendarYear>();

    /// <summary>Only what is shipped.</summary>
    public static Law Shipped { get; } = new Law(ReadRules(), new WorkCalendar([])).With(ShippedYears());

    /// <summary>The same law with further notices; one of a year replaces the one before.</summary>
    public Law With(IEnumerable<CalendarYear> notices)
    {
        var years = Years.ToDictionary();
        foreach (var notice in notices)
            years[notice.Year] = notice;
        return this with { Years = years, Calendar = new WorkCalendar(years.Values) };
    }

    /// <summary>What is shipped and the operator's own years; a year of theirs replaces ours.</summary>
    /// <exception cref="Refused">A file there is not a holiday notice.</exception>
    public static Law Load(string data)
    {
        var directory = Path.Combine(data, "calendar");
        if (!Directory.Exists(directory))
            return Shipped;
        return Shipped.With(
            Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal).Select(FromFile)
        );
    }

    /// <summary>Counts a clock of the rulebook; refused where the calendar for it is missing.</summary>
    public Decided<Deadline> Reckon(string rule, DateTimeOffset from, IReadOnlyList<Pause>? pauses = null) =>
        Rules.Reckon(rule, from, Calendar, new Counting(pauses, Operator));

    /// <summary>
    /// The same for a case that has to go on: where the calendar is missing, the earliest day it can end. Null only
    /// where no rule was in force.
    /// </summary>
    public Deadline? Count(string rule, DateTimeOffset from) =>
        Rules.Reckon(rule, from, Calendar, new Counting(OperatorKind: Operator, Earliest: true)).Event;

    /// <summary>Counts every term as the other does.</summary>
    public bool SameTerms(Law? other) =>
        other is not null && ReferenceEquals(Rules, other.Rules) && ReferenceEquals(Calendar, other.Calendar);

    private static IEnumerable<CalendarYear> ShippedYears()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("calendar/", StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return Read(stream, name);
        }
    }

    private static Rulebook ReadRules()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("clocks/rulebook.json")!;
        return new Rulebook(JsonSerializer.Deserialize<ClockRule[]>(stream, Format)!);
    }

    private static CalendarYear FromFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path));
    }

    private static CalendarYear Read(Stream stream, string name)
    {
        using var reader = new StreamReader(stream);
        return Notice(reader.ReadToEnd())
            ?? throw new Refused(
                "calendar.invalid",
                $"日历文件 {name} 不是有效的节假日安排",
                $"calendar file {name} is not a holiday notice"
            );
    }

    /// <summary>A notice in the shape of holiday-cn; null where the text is none.</summary>
    public static CalendarYear? Notice(string json)
    {
        try
        {
            return
                JsonSerializer.Deserialize<NoticeFile>(json, Format) is { Days: { } days } notice
                && days.All(d => d is { Name: not null })
                ? new CalendarYear(notice.Year, [.. days.Select(d => new NamedDay(d.Date, d.Name!, d.IsOffDay))])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record NoticeFile(int Year, IReadOnlyList<NoticeDay>? Days);

    private sealed record NoticeDay(string? Name, DateOnly Date, bool IsOffDay);
}
