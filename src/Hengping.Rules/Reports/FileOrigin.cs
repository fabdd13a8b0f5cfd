using Hengping.Rules.Fields;

namespace Hengping.Rules.Reports;

/// <summary>材料来源: whether the reporter made what they bring, or got it, and from whom. Asked, never a bar.</summary>
public sealed record FileOrigin(bool Made, string? From = null)
{
    /// <summary>Characters of from whom.</summary>
    public const int FromMax = 100;

    /// <summary>What was said; null where nothing was. Whoever names a source did not make it.</summary>
    public static FileOrigin? Of(bool? made, string? from, FieldFaults faults)
    {
        var source = string.IsNullOrWhiteSpace(from) ? null : faults.Line("origin.from", from, FromMax);
        return made == true && source is null ? new FileOrigin(true)
            : made is not null || source is not null ? new FileOrigin(false, source)
            : null;
    }
}
