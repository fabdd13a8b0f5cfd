using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>What a person wrote in an appeal of their own. A shop's appeal is the shop's.</summary>
public sealed class AppealPersons : IHoldsPersons
{
    /// <summary>SQL about an appeal: it was never locked.</summary>
    internal static string Unlocked(string of) =>
        $"not exists (select 1 from events x where x.stream = {of}.id and x.kind = 'appeal.locked')";

    /// <inheritdoc/>
    public string LeftSql(bool isLock) =>
        $"exists (select 1 from appeals p where p.account = a.id and {Left(isLock, "p")})";

    private static string Left(bool isLock, string of = "a") =>
        isLock ? $"not {of}.erased and {Unlocked(of)}" : $"not {of}.erased";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        await store.First<long?>(
            "select max(coalesce(ended_at, @now)) from appeals where account = @person and not erased",
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
        var appeals = await store.Query<Guid>(
            $"select a.id from appeals a where a.account = @person and {Left(how.IsLock)}",
            new { person },
            ct
        );
        return await Erasing.Each(
            store,
            AppealBook.Instance,
            appeals,
            author,
            appeal =>
                how.IsLock
                    ? appeal.IsShut
                        ? (Decided<AppealEvent>?)null
                        : appeal.Lock()
                    : appeal.IsErased
                        ? (Decided<AppealEvent>?)null
                        : appeal.Erase(how.Because),
            ct
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            $"""
            select s.key from appeals a join streams s on s.stream = a.id
            where a.account = @person and not ({Left(isLock)})
            """,
            new { person },
            ct
        );
        return [new Gone("appeals", slots.Count, slots)];
    }

    /// <inheritdoc/>
    public async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var appeals = await store.Query<Guid>(
            "select id from appeals where account = @account order by begun_at",
            new { account = person.Account },
            ct
        );
        var shown = new JsonArray();
        foreach (var id in appeals)
        {
            var story = await store.ReadStory(AppealBook.Instance, id, ct);
            var said = story.Select(one => one.Event).OfType<AppealEvent.Saved>().LastOrDefault()?.Plan;
            shown.Add(
                new JsonObject
                {
                    ["id"] = id.ToString("D"),
                    ["statements"] = new JsonArray([
                        .. (said?.Statements ?? []).Select(statement => (JsonNode)statement.Text),
                    ]),
                }
            );
        }
        all["appeals"] = shown;
    }
}
