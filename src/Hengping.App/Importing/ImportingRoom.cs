using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>History from other systems, through the same rules.</summary>
public sealed class ImportingRoom : Room
{
    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() => [ImportCommand.Create()];
}
