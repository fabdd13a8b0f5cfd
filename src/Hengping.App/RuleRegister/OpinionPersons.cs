using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// What persons thought of drafts. The law keeps it three years from the end of the consultation (令116 art. 11): until
/// then a wish to leave locks it.
/// </summary>
public sealed class OpinionPersons : IHoldsPersons
{
    /// <inheritdoc/>
    public string LeftSql(bool isLock) =>
        $"exists (select 1 from rule_opinions o where o.account = a.id and {Left(isLock)})";

    private static string Left(bool isLock) => isLock ? "not o.shut" : "not o.erased";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        await store.First<long?>(
            "select max(ended_at) from rule_opinions where account = @person and not erased",
            new { person },
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
        var opinions = await store.Query<Guid>(
            $"select o.id from rule_opinions o where o.account = @person and {Left(how.IsLock)}",
            new { person },
            ct
        );
        return await Erasing.Each(
            store,
            OpinionBook.Instance,
            opinions,
            author,
            opinion =>
                how.IsLock
                    ? opinion.IsShut
                        ? (Decided<OpinionEvent>?)null
                        : opinion.Lock()
                    : opinion.IsErased
                        ? (Decided<OpinionEvent>?)null
                        : opinion.Erase(how.Because),
            ct
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            $"""
            select s.key from rule_opinions o join streams s on s.stream = o.id
            where o.account = @person and not ({Left(isLock)})
            """,
            new { person },
            ct
        );
        return [new Gone("ruleOpinions", slots.Count, slots)];
    }

    /// <inheritdoc/>
    public async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var given = await store.Query<Guid>(
            "select id from rule_opinions where account = @account and not shut order by given_at, id",
            new { account = person.Account },
            ct
        );
        var opinions = new JsonArray();
        foreach (var id in given)
            if (await store.Beginning(OpinionBook.Instance, id, ct) is OpinionEvent.Given said)
                opinions.Add(
                    new JsonObject
                    {
                        ["rule"] = said.Rule.ToString("D"),
                        ["version"] = said.Version,
                        ["clause"] = said.Clause,
                        ["text"] = said.Text,
                    }
                );
        all["ruleOpinions"] = opinions;
    }
}
