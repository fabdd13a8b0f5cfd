using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// What persons thought of drafts. The law keeps it three years from the end of the consultation (令116 art. 11): until
/// then a wish to leave locks it.
/// </summary>
public sealed class OpinionPersons()
    : StreamPersons<RuleOpinion, OpinionEvent>(OpinionBook.Instance, "rule_opinions", "account", "ruleOpinions")
{
    /// <summary>The end of the consultation is known from the first.</summary>
    protected override string EndedAt => "ended_at";

    /// <inheritdoc/>
    public override async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
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
