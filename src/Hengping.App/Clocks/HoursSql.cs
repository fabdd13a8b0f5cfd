using System.Globalization;
using Hengping.Rules.Clocks;

namespace Hengping.App.Clocks;

/// <summary>SQL: the hours a case has, from the instant of its delivery, in milliseconds.</summary>
public static class HoursSql
{
    /// <summary>While an answer counts in full.</summary>
    public static string Full(string delivered) => Of(delivered, hours => hours.FullMs);

    /// <summary>While it counts at all.</summary>
    public static string Part(string delivered) => Of(delivered, hours => hours.PartMs);

    private static string Of(string delivered, Func<ReplyHours, long> length)
    {
        var (first, later) = (ReplyHours.InForce[0], ReplyHours.InForce.Skip(1).Reverse());
        var cases = later.Select(one => Say($"when {delivered} >= {one.FromMs} then {length(one)} ")).ToList();
        return cases.Count == 0
            ? Say($"{length(first)}")
            : Say($"(case {string.Concat(cases)}else {length(first)} end)");
    }

    private static string Say(FormattableString sql) => sql.ToString(CultureInfo.InvariantCulture);
}
