using System.Data.Common;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// The database, or the disk of files and keys, did not do what it was asked for, and what was asked is not at fault.
/// A request leaves with 503 and this refusal; a command ends with its line.
/// </summary>
public sealed class StoreAway(Refusal refusal, Exception? cause = null) : DbException(refusal.En, cause)
{
    /// <summary>Nothing of this act was kept.</summary>
    public static readonly Refusal Away = new(
        "store.away",
        "暂时无法读写数据，请过几秒再试",
        "The data cannot be read or written just now; try again in a few seconds"
    );

    /// <summary>
    /// The connection was lost after the commit was sent and before it was answered. Only the log knows, and it cannot
    /// be asked; the same Idempotency-Key, or the same form, finds out and does nothing twice.
    /// </summary>
    public static readonly Refusal Unknown = new(
        "store.outcome-unknown",
        "保存时与数据库的连接中断，无法确定是否已保存；以同一表单或同一 Idempotency-Key 再提交一次即可确定，不会重复",
        "The connection to the database was lost while this was being saved, and it may or may not have been; send the "
            + "same form or Idempotency-Key again to find out: nothing is done twice"
    );

    /// <summary>When it is worth asking again.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    /// <summary>Which of the two.</summary>
    public Refusal Refusal => refusal;

    /// <summary>The store's own word, or that of a disk, wherever it stands in the chain; else null.</summary>
    public static StoreAway? In(Exception? fault)
    {
        for (var one = fault; one is not null; one = one.InnerException)
        {
            if (one is StoreAway away)
                return away;
            if (IsOfDisk(one))
                return new StoreAway(Away, one);
        }
        return null;
    }

    /// <summary>
    /// What the runtime itself throws is a caller's: a body that is broken, a connection that was reset. A disk's fault
    /// has the number that the system gave it.
    /// </summary>
    internal static bool IsOfCaller(Exception fault) =>
        fault is BadHttpRequestException || (fault is IOException && fault.HResult == OwnIoFault);

    private const int OwnIoFault = unchecked((int)0x80131620);

    private static bool IsOfDisk(Exception fault) =>
        (fault is IOException && !IsOfCaller(fault)) || fault is UnauthorizedAccessException;
}
