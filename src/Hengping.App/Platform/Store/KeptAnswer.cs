using System.Data.Common;
using System.Text;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// Answers kept for an Idempotency-Key hold what the caller read: names, stories. They are sealed with the key of the
/// first stream their commit changed, and gone when that key is.
/// </summary>
internal static class KeptAnswer
{
    /// <summary>The commit with its answer as it may lie on the disk.</summary>
    public static Commit Sealed(Commit commit, KeyRing keys) =>
        commit.Once is { Answer.Length: > 0 } once
            ? commit with
            {
                Once = once with { Answer = keys.Seal(commit.Changes[0].KeySlot, once.Answer, ContextOf(once)) },
            }
            : commit;

    /// <summary>The answer as it was given; JSON's null once what it told was erased.</summary>
    public static Idempotent Opened(Idempotent kept, KeyRing keys) =>
        // A box begins with a slot's high byte; what begins otherwise was kept open by an older version.
        kept.Answer
            is [0, ..]
            ? kept with
            {
                Answer = keys.Unseal(kept.Answer, ContextOf(kept)) ?? "null"u8.ToArray(),
            }
            : kept;

    /// <summary>Forgets a caller's answers, and the hashes of the bodies they sent.</summary>
    public static Task Forget(string caller, DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync("delete from idempotency where caller = @caller", new { caller }, transaction);

    private static byte[] ContextOf(Idempotent once) => Encoding.UTF8.GetBytes($"once|{once.Caller}|{once.Key}");
}
