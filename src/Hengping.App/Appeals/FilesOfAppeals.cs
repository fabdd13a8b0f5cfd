using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>An appeal's files are for whoever may read the appeal.</summary>
public sealed class FilesOfAppeals : IReadsEvidence
{
    /// <inheritdoc/>
    public string InUse =>
        """
            exists (
              select 1 from appeal_evidence u join appeals a on a.id = u.appeal
              where u.evidence = e.id and not a.erased)
            """;

    /// <inheritdoc/>
    public string InReach =>
        $"""
            exists (
              select 1 from appeal_evidence u join appeals a on a.id = u.appeal
              where u.evidence = e.id and not a.erased and {AppealPersons.NeverLocked("a")})
            """;

    /// <inheritdoc/>
    public string OfPerson =>
        """
            e.id in (select u.evidence from appeal_evidence u
                     join appeals a on a.id = u.appeal where a.account = @person)
            """;

    /// <inheritdoc/>
    public async Task<EvidenceSight?> SightOf(
        Store store,
        Caller caller,
        Guid evidence,
        bool isOwn,
        CancellationToken ct
    )
    {
        if (!AppealOpened.Readers.Contains(caller.Role))
            return null;
        var appeals = await store.Query<Guid>(
            "select appeal from appeal_evidence where evidence = @evidence order by appeal",
            new { evidence },
            ct
        );
        foreach (var id in appeals)
        {
            if ((await store.Load(AppealBook.Instance, id, ct)).State is not { IsShut: false } appeal)
                continue;
            var side = AppealOpened.SideOf(appeal, caller);
            if (side != AppealSide.None)
                return side == AppealSide.Second ? EvidenceSight.Clean : EvidenceSight.AsSent;
        }
        return null;
    }
}
