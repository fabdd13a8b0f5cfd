using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Authorization;

namespace Hengping.App.Admin;

/// <summary>上限: what each room holds to, and what of it can be set.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class LimitsPage(Store store, IConfiguration configuration) : HousePage(store)
{
    private const long HourSeconds = 3_600;
    private const long Kibi = 1L << 10;
    private const long Mebi = 1L << 20;
    private const long Gibi = 1L << 30;

    public IReadOnlyList<RoomLimits> Rooms => Store.House.Limits;

    /// <summary>What holds on the node that is asked.</summary>
    public string Held(Limit limit) => Shown(limit.In(configuration), limit.Unit);

    /// <summary>It was set to something else than it comes with.</summary>
    public bool IsSet(Limit limit) => limit.In(configuration) != limit.Value;

    /// <summary>A value in its unit; whole binary ones as they were written.</summary>
    public static string Shown(long value, LimitUnit unit) =>
        unit switch
        {
            LimitUnit.Count => Say.Count(value),
            LimitUnit.Seconds when value > 0 && value % HourSeconds == 0 => Say.Span(TimeSpan.FromSeconds(value)),
            LimitUnit.Seconds => Texts.T("jobs.seconds", Say.Count(value)),
            _ when value % Gibi == 0 => Say.Count(value / Gibi) + " GiB",
            _ when value % Mebi == 0 => Say.Count(value / Mebi) + " MiB",
            _ when value % Kibi == 0 => Say.Count(value / Kibi) + " KiB",
            _ => Say.Bytes(value),
        };
}
