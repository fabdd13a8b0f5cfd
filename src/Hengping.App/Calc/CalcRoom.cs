using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Calc;

/// <summary>The law book as a calculator.</summary>
public sealed class CalcRoom : Room
{
    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() => [CalcCommand.Create()];
}
