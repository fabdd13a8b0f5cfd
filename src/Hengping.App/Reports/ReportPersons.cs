using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>What a person reported under their own name; an anonymous report is nobody's.</summary>
public sealed class ReportPersons()
    : StreamPersons<Report, ReportEvent>(ReportBook.Instance, "reports", "reporter", "reports"),
        IHoldsPersons
{
    /// <summary>SQL about <c>r</c>: it was never locked.</summary>
    internal static readonly string NeverLocked = Unlocked("r", ReportBook.Instance.Kinds);

    /// <inheritdoc/>
    protected override string Free => "and not r.held";

    /// <inheritdoc/>
    public Task<PhoneErased> EraseOf(Store store, PhoneLeaving how, string author, CancellationToken ct) =>
        ReportContacts.Erase(store, how, author, ct);

    /// <inheritdoc/>
    public override async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var reports = await store.Query<string>(
            "select number from reports where reporter = @account order by received_at",
            new { account = person.Account },
            ct
        );
        all["reports"] = new JsonArray([.. reports.Select(number => (JsonNode)new JsonObject { ["number"] = number })]);
    }
}
