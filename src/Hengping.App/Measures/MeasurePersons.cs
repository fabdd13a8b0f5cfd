using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>Measures against a person's account; a merchant's are the public's.</summary>
public sealed class MeasurePersons()
    : StreamPersons<Measure, MeasureEvent>(MeasureBook.Instance, "measures", "account", "measures")
{
    /// <inheritdoc/>
    public override async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
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
