using System.Globalization;

namespace Hengping.App.Platform;

/// <summary>What a limit counts.</summary>
public enum LimitUnit
{
    /// <summary>Things, signs, or what its text says.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Seconds.</summary>
    Seconds,
}

/// <summary>
/// The most, or the least, that a room takes, keeps or does. It stands at <c>/admin/limits</c> under the text
/// <c>limits.</c> with its name.
/// </summary>
/// <param name="Name">Of an option its name in the configuration: <c>Section:Name</c>.</param>
/// <param name="Value">What the code uses; of an option where nothing is set.</param>
public sealed record Limit(string Name, long Value, LimitUnit Unit = LimitUnit.Count)
{
    /// <summary>It can be set.</summary>
    public bool IsOption => Name.Contains(':', StringComparison.Ordinal);

    /// <summary>What is set below counts as this.</summary>
    public long Least { get; init; } = long.MinValue;

    /// <summary>What is set above counts as this.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>Its text.</summary>
    public string Text => "limits." + Name.Replace(':', '.');

    /// <summary>What holds on this node.</summary>
    public long In(IConfiguration configuration) =>
        IsOption ? Math.Clamp(configuration.GetValue(Name, Value), Least, Most) : Value;

    /// <summary>Every number of a class of options: it is bound from the section by the same names.</summary>
    public static IEnumerable<Limit> Of<T>(string section)
        where T : new()
    {
        var defaults = new T();
        return typeof(T)
            .GetProperties()
            .Where(property => property.CanWrite && property.PropertyType.IsPrimitive)
            .Select(property => new Limit(
                $"{section}:{property.Name}",
                Convert.ToInt64(property.GetValue(defaults), CultureInfo.InvariantCulture),
                UnitOf(property.Name)
            ));
    }

    private static LimitUnit UnitOf(string name) =>
        name.Contains("Bytes", StringComparison.Ordinal) ? LimitUnit.Bytes
        : name.Replace("PerSecond", "", StringComparison.Ordinal).Contains("Second", StringComparison.Ordinal)
            ? LimitUnit.Seconds
        : LimitUnit.Count;
}

/// <summary>The limits of a room.</summary>
/// <param name="Room">Its name, as that of its folder.</param>
public sealed record RoomLimits(string Room, IReadOnlyList<Limit> Limits);

/// <summary>The limits of the platform.</summary>
internal static class OwnLimits
{
    public static readonly IReadOnlyList<Limit> All =
    [
        .. Limit.Of<Limits>(Limits.Section),
        .. Limit.Of<BodyCosts>(BodyCosts.Section),
        new("body", BodyLimit.UsualBytesMax, LimitUnit.Bytes),
        new("query-words", QueryLimits.Words),
        new("query-other", QueryLimits.Other),
        new("writer-batch", Writer.BatchMax),
        new("writer-queue", Writer.QueueMax),
        new("answers-kept", (long)Writer.AnswersKept.TotalSeconds, LimitUnit.Seconds),
        new("pages-kept", PageCache.BytesMax, LimitUnit.Bytes),
        new("page-kept", PageCache.PageBytesMax, LimitUnit.Bytes),
        PageCache.LookEvery,
        new("shown-seconds", (long)ShownPages.KeptFor.TotalSeconds, LimitUnit.Seconds),
        new("shown-bytes", ShownPages.BytesMax, LimitUnit.Bytes),
        new("shown-of-browser", ShownPages.OfBrowserMax),
        new("shown-of-address", ShownPages.OfAddressPerMinute),
        new("shown-minute", ShownPages.PerMinute),
        SmsBudget.OfDay,
        new("sms-hour", SmsLimits.PerHour),
        new("sms-day", SmsLimits.PerDay),
        new("outbox-tries", Outbox.TriesMax),
        new("notice-entered", (long)Listener.EnteredWithin.TotalSeconds, LimitUnit.Seconds),
        new("notice-heard", (long)Listener.HeardWithin.TotalSeconds, LimitUnit.Seconds),
        ErasureByAge.Years,
    ];
}
