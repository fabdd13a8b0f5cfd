using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>Measures against a person's account; a merchant's are the public's.</summary>
public sealed class MeasurePersons : IHoldsPersons
{
    private const string Unlocked =
        "not exists (select 1 from events x where x.stream = r.id and x.kind = 'measure.locked')";

    private static string Left(bool isLock) => isLock ? $"not r.erased and {Unlocked}" : "not r.erased";

    /// <inheritdoc/>
    public string LeftSql(bool isLock) =>
        $"exists (select 1 from measures r where r.account = a.id and {Left(isLock)})";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        await store.First<long?>(
            "select max(coalesce(ended_at, @now)) from measures where account = @person and not erased",
            new { person, now = store.Now.ToUnixTimeMilliseconds() },
            ct
        )
            is { } ended
            ? DateTimeOffset.FromUnixTimeMilliseconds(ended).AddYears(years)
            : null;

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Erase(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    )
    {
        var measures = await store.Query<Guid>(
            $"select r.id from measures r where r.account = @person and {Left(how.IsLock)}",
            new { person },
            ct
        );
        return await Erasing.Each(
            store,
            MeasureBook.Instance,
            measures,
            author,
            measure =>
                how.IsLock
                    ? measure.IsShut
                        ? (Decided<MeasureEvent>?)null
                        : measure.Lock()
                    : measure.IsErased
                        ? (Decided<MeasureEvent>?)null
                        : measure.Erase(how.Because),
            ct
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            $"""
            select s.key from measures r join streams s on s.stream = r.id
            where r.account = @person and not ({Left(isLock)})
            """,
            new { person },
            ct
        );
        return [new Gone("measures", slots.Count, slots)];
    }

    /// <inheritdoc/>
    public async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var measures = await store.Query<string>(
            "select number from measures where account = @account and signed_at is not null order by proposed_at",
            new { account = person.Account },
            ct
        );
        all["measures"] = new JsonArray([
            .. measures.Select(number => (JsonNode)new JsonObject { ["number"] = number }),
        ]);
    }
}
