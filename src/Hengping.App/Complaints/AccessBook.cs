using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Complaints;

/// <summary>What is kept of staff opening a case.</summary>
public abstract record AccessEvent
{
    private AccessEvent() { }

    /// <summary>A member of staff opened the case.</summary>
    public sealed record Read(Guid Complaint, Role Role) : AccessEvent;
}

/// <summary>The log of staff access, one stream a case; shown to its claimant.</summary>
public sealed class AccessBook() : ReadingsBook<AccessEvent>("access", "case_reads", "complaint")
{
    /// <summary>The one instance.</summary>
    public static readonly AccessBook Instance = new();

    /// <summary>
    /// SQL: the word list found something in case <c>c</c>, and no member of staff has opened it since.
    /// </summary>
    public const string Unread =
        "(c.marked_at > 0 and not exists "
        + "(select 1 from case_reads r where r.complaint = c.id and r.at >= c.marked_at))";

    /// <summary>What was marked since then was not read then.</summary>
    protected override string Fresh =>
        "not exists (select 1 from complaints c where c.id = r.complaint and c.marked_at > r.at)";

    /// <inheritdoc/>
    protected override AccessEvent EventOf(Guid of, Role role) => new AccessEvent.Read(of, role);

    /// <inheritdoc/>
    protected override (Guid Of, Role Role) ReadIn(AccessEvent happened)
    {
        var read = (AccessEvent.Read)happened;
        return (read.Complaint, read.Role);
    }
}
