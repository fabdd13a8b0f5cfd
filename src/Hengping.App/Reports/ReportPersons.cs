using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>What a person reported under their own name; an anonymous report is nobody's.</summary>
public sealed class ReportPersons : IHoldsPersons
{
    /// <inheritdoc/>
    public string LeftSql => "exists (select 1 from reports r where r.reporter = a.id and not r.held and not r.erased)";

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Erase(
        Store store,
        Guid person,
        string because,
        string author,
        CancellationToken ct
    )
    {
        var reports = await store.Query<Guid>(
            "select id from reports where reporter = @person and not erased",
            new { person },
            ct
        );
        return await Erasing.Each(
            store,
            ReportBook.Instance,
            reports,
            author,
            report => report.IsErased ? (Decided<ReportEvent>?)null : report.Erase(because),
            ct
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            "select s.key from reports r join streams s on s.stream = r.id where r.reporter = @person and r.erased",
            new { person },
            ct
        );
        return [new Gone("reports", slots.Count, slots)];
    }

    /// <inheritdoc/>
    public async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var reports = await store.Query<string>(
            "select number from reports where reporter = @account order by received_at",
            new { account = person.Account },
            ct
        );
        all["reports"] = new JsonArray([.. reports.Select(number => (JsonNode)new JsonObject { ["number"] = number })]);
    }
}
