using Hengping.App.CaseRoom;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Desk;
using Microsoft.Extensions.Primitives;

namespace Hengping.App.Desk;

/// <summary>What was decided and taken back, as the forms of the desk and of the case send it.</summary>
public sealed class UndoneDecisions(Store store) : ITakenBack
{
    /// <inheritdoc/>
    public async Task<TakenBack?> Last(Guid complaint, Caller caller, CancellationToken ct)
    {
        var last = await store.First<Guid>(
            """
            select id from desk_decisions where complaint = @complaint and account = @account and state = 'undone'
            order by ended_at desc, id desc limit 1
            """,
            new { complaint, account = caller.Account },
            ct
        );
        return last == Guid.Empty ? null : await Read(last, ct);
    }

    /// <summary>One of them.</summary>
    internal async Task<TakenBack?> Read(Guid decision, CancellationToken ct) =>
        (await store.ReadStory(DecisionBook.Instance, decision, ct)) is [{ Event: DecisionEvent.Held held }, ..]
            ? new TakenBack(held.Verb, new FormCollection(await Fields(held, ct)))
            : null;

    private async Task<Dictionary<string, StringValues>> Fields(DecisionEvent.Held held, CancellationToken ct)
    {
        var said = HeldWords.Said(held);
        var to = said.Respondent is { } id ? await MerchantDirectory.Find(store, id, ct) : null;
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["verb"] = Words.Of(held.Verb),
            ["missing"] = said.Missing,
            ["ground"] = said.Ground,
            ["decision"] = said.Decision,
            ["reason"] = said.Reason,
            ["note"] = said.Note,
            ["respondentName"] = to?.Name,
            ["reply"] = said.Reply is { } no ? Say.Raw(no) : null,
            ["valid"] = said.Valid is { } valid ? (valid ? "true" : "false") : null,
            ["factor"] = (said.Factors ?? []).Select(one => one.Factor).ToArray(),
        };
        foreach (var one in said.Factors ?? [])
        {
            fields["words." + one.Factor] = one.Words;
            fields["proof." + one.Factor] = (one.Evidence ?? []).Select(file => file.ToString()).ToArray();
        }
        return fields;
    }
}
