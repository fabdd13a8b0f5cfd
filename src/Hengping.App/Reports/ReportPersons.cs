using System.Text.Json.Nodes;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>What a person reported under their own name; an anonymous report is nobody's.</summary>
public sealed class ReportPersons : IHoldsPersons
{
    /// <inheritdoc/>
    public string LeftSql(bool isLock) =>
        $"exists (select 1 from reports r where r.reporter = a.id and not r.held and {Left(isLock)})";

    /// <summary>SQL about <c>r</c>: it was never locked.</summary>
    internal const string Unlocked =
        "not exists (select 1 from events x where x.stream = r.id and x.kind = 'report.locked')";

    private static string Left(bool isLock) => isLock ? $"not r.erased and {Unlocked}" : "not r.erased";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        await store.First<long?>(
            "select max(coalesce(ended_at, @now)) from reports where reporter = @person and not erased",
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
        var reports = await store.Query<Guid>(
            $"select r.id from reports r where r.reporter = @person and {Left(how.IsLock)}",
            new { person },
            ct
        );
        return await Erasing.Each(
            store,
            ReportBook.Instance,
            reports,
            author,
            report =>
                how.IsLock
                    ? report.IsShut
                        ? (Decided<ReportEvent>?)null
                        : report.Lock()
                    : report.IsErased
                        ? (Decided<ReportEvent>?)null
                        : report.Erase(how.Because),
            ct
        );
    }

    /// <inheritdoc/>
    public Task<PhoneErased> EraseOf(Store store, PhoneLeaving how, string author, CancellationToken ct) =>
        ReportContacts.Erase(store, how, author, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            $"""
            select s.key from reports r join streams s on s.stream = r.id
            where r.reporter = @person and not ({Left(isLock)})
            """,
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
