using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>
/// Reads a body after the caller and the case were judged (401, 403, 404 come before 400), and says per field what
/// is wrong with it.
/// </summary>
public static class Body
{
    private static readonly Refusal WrongType = new(
        "field.type",
        "格式不对，请核对此项",
        "This has the wrong type or form; please check"
    );

    private static readonly DateOnly DayMin = new(1901, 1, 1);
    private static readonly DateOnly DayMax = new(8999, 12, 31);

    private static readonly JsonSerializerOptions Format = new(Cli.JsonFormat)
    {
        Converters = { new CleanText.InJson(), new SumInJson() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseGaps } },
    };

    // Doors walk lists without asking of each thing in them whether it is there.
    private static void RefuseGaps(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set || !typeof(IEnumerable<object>).IsAssignableFrom(property.PropertyType))
                continue;
            property.Set = (of, value) =>
            {
                if (value is IEnumerable<object?> list && list.Contains(null))
                    throw new JsonException("A list has a gap");
                set(of, value);
            };
        }
    }

    /// <summary>The body, or the answer to give instead. An absent body is an empty object.</summary>
    public static async Task<(T Value, IResult? Instead)> Read<T>(HttpContext http, CancellationToken ct)
        where T : class, new()
    {
        if (
            http.Request.ContentLength == 0
            || (http.Request.ContentLength is null && !http.Request.Headers.ContainsKey("Transfer-Encoding"))
        )
            return (new T(), null);
        if (!http.Request.HasJsonContentType())
            return (new T(), Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        try
        {
            return (await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Format, ct) ?? new T(), null);
        }
        catch (JsonException fault)
        {
            var refusal = fault is SumInJson.NoSum no ? no.Refusal : WrongType;
            return (new T(), Problems.Fields(new Dictionary<string, Refusal> { [Field(fault.Path)] = refusal }));
        }
    }

    /// <summary>An instant with offset, or a date, which means its first moment in Shanghai.</summary>
    public static DateTimeOffset? Instant(this FieldFaults faults, string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (Day(typed) is { } day)
            return Shanghai.StartOf(day);
        if (InstantOf(typed) is { } at)
            return at;
        faults.Add(field, NoDay(typed));
        return null;
    }

    /// <summary>A date, or an instant, which means its day in Shanghai.</summary>
    public static DateOnly? Date(this FieldFaults faults, string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (Day(typed) is { } day)
            return day;
        if (InstantOf(typed) is { } at)
            return Shanghai.DayOf(at);
        faults.Add(field, NoDay(typed));
        return null;
    }

    /// <summary>An instant in the future, within a year; a date means its last moment.</summary>
    public static DateTimeOffset? Ahead(
        this FieldFaults faults,
        string field,
        string? typed,
        DateTimeOffset now,
        bool needed
    )
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            faults.If(needed, field, Fault.Required);
            return null;
        }
        var at = Day(typed) is { } day ? Shanghai.EndOf(day) : InstantOf(typed);
        if (at is null)
            faults.Add(field, NoDay(typed));
        else if (at <= now)
            faults.Add(field, Fault.InThePast);
        else if (at > now.AddDays(366))
            faults.Add(field, Fault.TooFar);
        return at;
    }

    /// <summary>A word of a list of the contract, as <c>not-our-order</c>.</summary>
    public static T Word<T>(this FieldFaults faults, string field, string? typed, params (string Word, T Value)[] words)
    {
        foreach (var (word, value) in words)
            if (word == typed)
                return value;
        faults.Add(field, string.IsNullOrWhiteSpace(typed) ? Fault.Required : Fault.Unknown);
        return words[0].Value;
    }

    // A day that nobody can mean is no day; what is wrong with it is another thing than with no day at all.
    private static Refusal NoDay(string typed) =>
        DayOf(typed) is not null || AtOf(typed) is not null ? Fault.DayBetween(DayMin, DayMax) : WrongType;

    private static DateOnly? Day(string typed) =>
        DayOf(typed) is { } day && day >= DayMin && day <= DayMax ? day : null;

    private static DateOnly? DayOf(string typed) =>
        DateOnly.TryParseExact(
            typed.Trim(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    // Without an offset it is the time on the wall here.
    private static DateTimeOffset? InstantOf(string typed)
    {
        if (AtOf(typed) is not { } at || at.Year < DayMin.Year || at.Year > DayMax.Year)
            return null;
        const DateTimeStyles AsGiven = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.RoundtripKind;
        var isHere =
            DateTime.TryParse(typed, CultureInfo.InvariantCulture, AsGiven, out var wall)
            && wall.Kind == DateTimeKind.Unspecified;
        var ms = at.ToUnixTimeMilliseconds() - (isHere ? (long)Shanghai.Offset.TotalMilliseconds : 0);
        return DateTimeOffset.FromUnixTimeMilliseconds(ms);
    }

    private static DateTimeOffset? AtOf(string typed) =>
        typed.Length <= 40
        && typed.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(
            typed,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    /// <summary><c>$.contact.phone</c> → <c>contact.phone</c>; the whole body where no field is to blame.</summary>
    private static string Field(string? path) => path is null or "$" ? "body" : path.TrimStart('$').TrimStart('.');
}
