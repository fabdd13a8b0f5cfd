using Hengping.App.Platform;

namespace Hengping.App.Evidence;

/// <summary>
/// Who still uses a file: a case or a report that is not erased, or a claim of a merchant that waits or was approved.
/// Whatever would destroy one asks here, so that it goes with the last of them and neither before nor never.
/// </summary>
public static class FileUse
{
    /// <summary>SQL: nobody uses the file of the row <c>e</c> of <c>evidence</c> any more, or ever did.</summary>
    public const string Free = """
        (not exists (
          select 1 from complaint_evidence u where u.evidence = e.id
            and not exists (select 1 from events x where x.stream = u.complaint and x.kind = 'complaint.erased'))
        and not exists (
          select 1 from report_evidence u join reports r on r.id = u.report where u.evidence = e.id and not r.erased)
        and not exists (
          select 1 from merchant_claims m where m.licence = e.id and m.state in ('proven', 'approved')))
        """;

    /// <summary>Slots of the keys of those files that nobody uses.</summary>
    /// <param name="which">SQL about <c>e</c>: which files are asked for.</param>
    public static Task<IReadOnlyList<long>> FreeKeys(Store store, string which, object args, CancellationToken ct) =>
        store.Query<long>(
            $"select s.key from evidence e join streams s on s.stream = e.id where ({which}) and {Free}",
            args,
            ct
        );
}
