using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Hengping.App.Bench;

/// <summary>What one bench found: a figure, and the same divided by a yardstick taken in the same run.</summary>
/// <param name="Name">intake, import, rate, read, pages, search or soak.</param>
/// <param name="Ratio">Value ÷ yardstick, in the direction the name of the yardstick says.</param>
/// <param name="Yardstick">The yardstick's own figure, in <paramref name="Unit"/>.</param>
/// <param name="Value">What was measured, in <paramref name="Unit"/>.</param>
/// <param name="P99Ms">99th percentile of one operation in ms, where there are single operations.</param>
/// <param name="MemoryMb">Largest resident memory of the measured process, MB.</param>
/// <param name="Engine">sqlite or postgresql.</param>
public sealed record BenchResult(
    string Name,
    double Ratio,
    double Yardstick,
    double Value,
    string Unit,
    [property: JsonPropertyName("p99_ms")] double? P99Ms,
    [property: JsonPropertyName("memory_mb")] double? MemoryMb,
    string Engine,
    string Machine
)
{
    /// <summary>What else is worth knowing: name and value, printed beside the figures.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>(0);

    /// <summary>This machine without its name: cores, memory, system, runtime.</summary>
    public static string ThisMachine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {memory:0} GB, {System()} {RuntimeInformation.OSArchitecture}, "
                + $"{RuntimeInformation.FrameworkDescription}"
        );
    }

    private static string System() =>
        OperatingSystem.IsLinux() ? "Linux"
        : OperatingSystem.IsMacOS() ? "macOS"
        : "Windows";
}
