using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// Answers kept for an Idempotency-Key hold what the caller read: names, stories; the hash of what they sent can be
/// tried with words somebody guesses. Both are sealed with the key of the first stream their commit changed, and gone
/// when that key is, whoever the caller was.
/// </summary>
internal static class KeptAnswer
{
    private static readonly byte[] Nothing = "null"u8.ToArray();

    /// <summary>The commit with its answer as it may lie on the disk.</summary>
    public static Commit Sealed(Commit commit, KeyRing keys)
    {
        if (commit.Once is not { } once || commit.Changes.Count == 0)
            return commit;
        var slot = commit.Changes[0].KeySlot;
        // What is about somebody erased is done, where it says nothing of them; and nothing of it is kept.
        if (!keys.Holds(slot))
            return commit with { Once = once with { BodyHash = [], Answer = once.Answer.Length > 0 ? Nothing : [] } };
        return commit with
        {
            Once = once with
            {
                BodyHash = keys.Seal(slot, once.BodyHash, HashContextOf(once)),
                Answer = once.Answer.Length > 0 ? keys.Seal(slot, once.Answer, ContextOf(once)) : [],
            },
        };
    }

    /// <summary>The answer as it was given, and the hash; JSON's null and no hash once what it told was erased.
    /// </summary>
    public static Idempotent Opened(Idempotent kept, KeyRing keys) =>
        kept with
        {
            // A box begins with a slot's high byte; what begins otherwise was kept open by an older version.
            Answer = kept.Answer is [0, ..] ? keys.Unseal(kept.Answer, ContextOf(kept)) ?? Nothing : kept.Answer,
            BodyHash =
                kept.BodyHash.Length > SHA256.HashSizeInBytes
                    ? keys.Unseal(kept.BodyHash, HashContextOf(kept)) ?? []
                    : kept.BodyHash,
        };

    /// <summary>The same was sent; what nobody can tell any more counts as the same.</summary>
    public static bool IsSame(Idempotent opened, byte[] bodyHash) =>
        opened.BodyHash.Length == 0 || CryptographicOperations.FixedTimeEquals(opened.BodyHash, bodyHash);

    /// <summary>What became of a commit whose key was used before: the first answer, or a refusal of another body.
    /// </summary>
    public static Outcome Again(Idempotent first, Idempotent sent, KeyRing keys)
    {
        var opened = Opened(first, keys);
        return IsSame(opened, sent.BodyHash) ? new Outcome.Replayed(opened) : Outcome.Mismatched.Instance;
    }

    /// <summary>Forgets a caller's answers, and the hashes of the bodies they sent.</summary>
    public static Task Forget(string caller, DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync("delete from idempotency where caller = @caller", new { caller }, transaction);

    private static byte[] ContextOf(Idempotent once) => Encoding.UTF8.GetBytes($"once|{once.Caller}|{once.Key}");

    private static byte[] HashContextOf(Idempotent once) => Encoding.UTF8.GetBytes($"hash|{once.Caller}|{once.Key}");
}
