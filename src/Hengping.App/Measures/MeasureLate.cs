namespace Hengping.App.Measures;

/// <summary>What of measures is late, in public.</summary>
public enum MeasureLate
{
    /// <summary>An urgent stop that nobody has signed for more than 24 hours.</summary>
    Unsigned,

    /// <summary>One that nobody had signed within 24 hours, signed or not by now.</summary>
    WasUnsigned,

    /// <summary>The human who was asked for has not looked within the term.</summary>
    Human,

    /// <summary>The appeal should long be decided.</summary>
    Appeal,
}
