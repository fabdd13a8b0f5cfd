using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Reports;

/// <summary>What is kept of somebody opening a report.</summary>
public abstract record ReadingEvent
{
    private ReadingEvent() { }

    /// <summary>Staff, or the authority it was referred to, opened the report.</summary>
    public sealed record Opened(Guid Report, Role Role) : ReadingEvent;
}

/// <summary>The log of readings, one stream a report.</summary>
public sealed class ReadingBook() : ReadingsBook<ReadingEvent>("reading", "report_reads", "report")
{
    /// <summary>The one instance.</summary>
    public static readonly ReadingBook Instance = new();

    /// <inheritdoc/>
    protected override ReadingEvent EventOf(Guid of, Role role) => new ReadingEvent.Opened(of, role);

    /// <inheritdoc/>
    protected override (Guid Of, Role Role) ReadIn(ReadingEvent happened)
    {
        var opened = (ReadingEvent.Opened)happened;
        return (opened.Report, opened.Role);
    }
}
