using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hengping.Tests.Harness;

/// <summary>Keeps what the program logs, so that a test can hold what stands there and what does not.</summary>
public sealed class LogKeeper : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = [];

    /// <summary>Everything logged, with category and stack trace.</summary>
    public IReadOnlyList<string> All => [.. lines.Select(line => line.Text)];

    /// <summary>What an operator would be woken for.</summary>
    public IReadOnlyList<string> Errors =>
        [.. lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Keeping(this, categoryName);

    /// <inheritdoc/>
    public void Dispose() { }

    private sealed class Keeping(LogKeeper keeper, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => keeper.lines.Enqueue((logLevel, $"{logLevel} {category}: {formatter(state, exception)} {exception}"));
    }
}
