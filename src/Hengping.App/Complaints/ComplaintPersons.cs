using Dapper;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// A person's complaints: each is erased as one, unless it is held. What somebody filed for their company is the
/// company's: of theirs goes what is sealed under the person's own key, their name and number.
/// </summary>
public sealed class ComplaintPersons : IHoldsPersons
{
    /// <summary>SQL about <c>complaints c</c>: a complaint of <c>@person</c>'s own.</summary>
    internal const string Own = "c.claimant = @person and c.claimant_merchant is null";

    private const string Unerased =
        "not exists (select 1 from events x where x.stream = c.id and x.kind = 'complaint.erased')";

    private const string Open =
        "not exists (select 1 from events x where x.stream = c.id "
        + "and x.kind in ('complaint.erased', 'complaint.locked'))";

    private static string Left(bool isLock) => isLock ? Open : Unerased;

    /// <inheritdoc/>
    public string LeftSql(bool isLock) =>
        $"""
            exists (select 1 from complaints c
                    where c.claimant = a.id and c.claimant_merchant is null and not c.held and {Left(isLock)})
            """;

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        await store.First<long?>(
            $"select max(c.closed_at) from complaints c where {Own} and {Unerased}",
            new { person },
            ct
        )
            is { } ended
            ? DateTimeOffset.FromUnixTimeMilliseconds(ended).AddYears(years)
            : null;

    /// <inheritdoc/>
    public async Task<bool> Needs(Store store, Guid person, CancellationToken ct) =>
        (
            await store.Query<int>(
                $"select 1 from complaints c where {Own} and c.closed_at is null limit 1",
                new { person },
                ct
            )
        ).Count > 0;

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Erase(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    )
    {
        var cases = await store.Query<Guid>(
            $"select c.id from complaints c where {Own} and {Left(how.IsLock)}",
            new { person },
            ct
        );
        return await Erasing.Each(
            store,
            ComplaintBook.Instance,
            cases,
            author,
            complaint =>
                how.IsLock
                    ? complaint.IsShut
                        ? (Decided<ComplaintEvent>?)null
                        : complaint.Lock()
                    : complaint.IsErased
                        ? (Decided<ComplaintEvent>?)null
                        : complaint.Erase(how.Because),
            ct
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var cases = await store.Query<(Guid Id, long Key)>(
            $"""
            select c.id, s.key from complaints c join streams s on s.stream = c.id
            where {Own} and not ({Left(isLock)})
            """,
            new { person },
            ct
        );
        return
        [
            new Gone("cases", cases.Count, [.. cases.Select(one => one.Key)])
            {
                Streams = [.. cases.Select(one => one.Id)],
            },
        ];
    }

    // The search index holds keyed codes only; they go all the same.
    /// <inheritdoc/>
    public Task<int> Forget(Store store, Guid person, IReadOnlyList<Guid> erased, CancellationToken ct)
    {
        var index = TextIndex.For(store);
        return store.Write(
            async (db, transaction) =>
            {
                foreach (var id in erased)
                    await index.Remove(id, db, transaction);
                await ReplyPrints.Forget(erased, db, transaction);
                return await db.ExecuteAsync(
                    $"delete from outbox where complaint in (select c.id from complaints c where {Own})",
                    new { person },
                    transaction
                );
            },
            ct
        );
    }
}
