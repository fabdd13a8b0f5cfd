namespace Hengping.App.Platform;

/// <summary>What a gauge counts in.</summary>
public enum GaugeUnit
{
    /// <summary>Things.</summary>
    Count,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Things of as many as there may be: its threshold is in percent of them.</summary>
    Share,

    /// <summary>Bytes of as many as there is room for: its threshold is in percent of them.</summary>
    ShareOfBytes,
}

/// <summary>
/// Something that tells how the site is doing, and from where on somebody should look. It stands at <c>/metrics</c>,
/// at <c>/admin</c> (texts <c>gauge.name.</c>, <c>gauge.text.</c> and <c>gauge.do.</c> with its name) and in
/// operations.md.
/// </summary>
/// <param name="Metric">Its name for machines.</param>
/// <param name="Most">From here on it is too much; a share in percent.</param>
/// <param name="Help">What machines are told of it.</param>
/// <param name="Read">How it stands on this node.</param>
public sealed record Gauge(
    string Name,
    string Metric,
    GaugeUnit Unit,
    double Most,
    string Help,
    Func<IServiceProvider, CancellationToken, Task<Stand>> Read
)
{
    /// <summary>Shares have a whole, and their threshold is in percent of it.</summary>
    public bool IsShare => Unit is GaugeUnit.Share or GaugeUnit.ShareOfBytes;
}

/// <summary>How a gauge stands.</summary>
/// <param name="Of">What a share is of.</param>
public readonly record struct Stand(double Value, double Of = 0);

/// <summary>A gauge as it was read.</summary>
public sealed record Reading(Gauge Gauge, Stand Stand)
{
    /// <summary>Its threshold is reached: somebody should look.</summary>
    public bool IsPassed => Gauge.IsShare ? Stand.Value * 100 >= Stand.Of * Gauge.Most : Stand.Value >= Gauge.Most;
}
