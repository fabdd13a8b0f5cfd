using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>A decision that was taken back in time: its form comes back as it was sent.</summary>
public sealed record TakenBack(Verb Verb, IFormCollection Typed);

/// <summary>The room that knows what was taken back.</summary>
public interface ITakenBack
{
    /// <summary>What the caller took back last in a case; null where there is nothing.</summary>
    Task<TakenBack?> Last(Guid complaint, Caller caller, CancellationToken ct);
}
