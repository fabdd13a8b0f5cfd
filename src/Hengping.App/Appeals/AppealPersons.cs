using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>What a person wrote in an appeal of their own. A shop's appeal is the shop's.</summary>
public sealed class AppealPersons()
    : StreamPersons<Appeal, AppealEvent>(AppealBook.Instance, "appeals", "account", "appeals")
{
    /// <summary>SQL about an appeal: it was never locked.</summary>
    internal static string NeverLocked(string of) => Unlocked(of, AppealBook.Instance.Kinds);

    /// <inheritdoc/>
    public override async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
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
