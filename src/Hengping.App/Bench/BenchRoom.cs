using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Bench;

/// <summary>Measurements, each with its own yardstick.</summary>
public sealed class BenchRoom : Room
{
    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() => [BenchCommand.Create()];
}
