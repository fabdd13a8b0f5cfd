using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Complaints;

/// <summary>One reading by staff.</summary>
/// <param name="InList">Seen as a row of a list, the first time that day by somebody of that role; not opened.
/// </param>
public sealed record ReadShown(DateTimeOffset At, Role Role, bool InList)
{
    /// <summary>All of a case, oldest first.</summary>
    public static async Task<IReadOnlyList<ReadShown>> Of(Store store, Guid id, CancellationToken ct)
    {
        var (opened, listed) = (
            await AccessBook.Instance.Of(store, id, ct),
            await SightingBook.Instance.Of(store, id, ct)
        );
        return
        [
            .. opened
                .Select(read => new ReadShown(read.At, read.Role, InList: false))
                .Concat(listed.Select(look => new ReadShown(look.At, look.Role, InList: true)))
                .OrderBy(read => read.At),
        ];
    }
}
