using Hengping.Rules.Clocks;

namespace Hengping.Tests.Harness;

/// <summary>
/// A rating policy of other hours, in force in a year that no other test lives in: who starts a site there sees the
/// house follow it.
/// </summary>
public static class OtherHours
{
    /// <summary>Its name.</summary>
    public const string Policy = "2051-01";

    /// <summary>Full and part.</summary>
    public const int Full = 70,
        Part = 110;

    private static readonly Lazy<ReplyHours> Announced = new(() =>
    {
        var coming = new ReplyHours(Policy, Full, Part, FromYear: 2051);
        ReplyHours.Announce(coming);
        return coming;
    });

    /// <summary>The hours; from the first asking on they are known to the whole program.</summary>
    public static ReplyHours Hours => Announced.Value;

    /// <summary>Wednesday 1 March 2051, 10:00 in Shanghai.</summary>
    public static DateTimeOffset Morning
    {
        get
        {
            _ = Hours;
            return Days.At("2051-03-01 10:00:00");
        }
    }
}
