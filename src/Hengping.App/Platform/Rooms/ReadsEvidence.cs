namespace Hengping.App.Platform;

/// <summary>What somebody sees of a file of evidence.</summary>
public enum EvidenceSight
{
    /// <summary>Nothing, whatever other rooms say.</summary>
    None,

    /// <summary>The clean copy.</summary>
    Clean,

    /// <summary>What was sent.</summary>
    AsSent,
}

/// <summary>What a room does with files of evidence: they are in use there, and some people read them there.</summary>
public interface IReadsEvidence
{
    /// <summary>SQL about the row <c>e</c> of <c>evidence</c>: this room uses the file.</summary>
    string InUse { get; }

    /// <summary>SQL about <c>e</c>: this room uses the file in something that is not locked.</summary>
    string InReach => InUse;

    /// <summary>SQL about <c>e</c>: the file came into this room by the person <c>@person</c>. Empty where none did.
    /// </summary>
    string OfPerson => "";

    /// <summary>Whether the file is this room's now, and no longer its uploader's alone.</summary>
    Task<bool> HasTaken(Store store, Guid evidence, CancellationToken ct) => Task.FromResult(false);

    /// <summary>What the caller sees of a file here; null where this room has no say.</summary>
    /// <param name="isOwn">The caller uploaded it.</param>
    Task<EvidenceSight?> SightOf(Store store, Caller caller, Guid evidence, bool isOwn, CancellationToken ct);
}
