using System.Text.Json.Nodes;
using Hengping.App.Accounts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>
/// How long reports are readable: three years after their end (电商法 art. 31; <c>Retention:Years</c>). Then their keys
/// are destroyed; how they ended stays counted.
/// </summary>
public sealed class ClaimReportKeeping(Store store, IConfiguration configuration, ILogger<ClaimReportKeeping> log)
    : StreamKeeping<ClaimReport, ClaimReportEvent>(store, configuration, log, ClaimReportBook.Instance, "claim_reports")
{
    private const string Of = "e.id in (select evidence from claim_report_evidence where report = @id)";
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "claim-reports";

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<long>> FilesOf(Guid id, bool isLock, CancellationToken ct) =>
        FileUse.FreeKeys(store, Of, new { id }, ct, isLock);

    /// <summary>The keys of what is erased go, those of what is locked are shut.</summary>
    internal static Task EndKeys(Store store, Guid id, CancellationToken ct) =>
        End(store, ClaimReportBook.Instance, id, isLock => FileUse.FreeKeys(store, Of, new { id }, ct, isLock), ct);
}

/// <summary>What was reported about a person, and what they said to it, goes with them.</summary>
public sealed class ClaimReportPersons()
    : StreamPersons<ClaimReport, ClaimReportEvent>(
        ClaimReportBook.Instance,
        "claim_reports",
        "claimant",
        "claim reports"
    ),
        IHoldsPersons
{
    /// <summary>SQL about a report: it was never locked.</summary>
    internal static string NeverLocked(string of) => Unlocked(of, ClaimReportBook.Instance.Kinds);

    /// <summary>Those about somebody without an account: theirs by the phone that was named.</summary>
    public async Task<PhoneErased> EraseOf(Store store, PhoneLeaving how, string author, CancellationToken ct)
    {
        var reports = await store.Query<Guid>(
            "select id from claim_reports where claimant_print = @print and claimant is null",
            new { print = AccountDesk.PhonePrint(store, how.Phone) },
            ct
        );
        DateTimeOffset? last = null;
        var (changes, held) = await Erasing.Each(store, ClaimReportBook.Instance, reports, author, Leave, ct);
        if (held is not null)
            throw new Refused(held);
        if (changes.Count > 0 && await store.Append(new Commit(changes), ct) is not Outcome.Done)
            throw new Refused(Problems.Raced);
        foreach (var change in changes)
            await ClaimReportKeeping.EndKeys(store, change.Stream, CancellationToken.None);
        return new PhoneErased(changes.Count, last);

        Decided<ClaimReportEvent>? Leave(ClaimReport report)
        {
            if (report.IsShut)
                return null;
            var until = (report.EndedAt ?? store.Now).AddYears(how.KeptYears ?? 0);
            if (until <= store.Now)
                return report.Erase(how.Because);
            last = last > until ? last : until;
            return report.Lock();
        }
    }

    /// <inheritdoc/>
    public override async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var reports = await store.Query<Guid>(
            "select id from claim_reports where claimant = @account and status <> 'held' order by filed_at",
            new { account = person.Account },
            ct
        );
        var shown = new JsonArray();
        foreach (var id in reports)
        {
            var story = (await store.ReadStory(ClaimReportBook.Instance, id, ct)).Select(one => one.Event).ToList();
            var filed = story.OfType<ClaimReportEvent.Filed>().FirstOrDefault();
            shown.Add(
                new JsonObject
                {
                    ["number"] = filed?.Number,
                    ["alleged"] = filed?.Words?.Alleged,
                    ["statements"] = new JsonArray([
                        .. story.OfType<ClaimReportEvent.Stated>().Select(one => (JsonNode?)one.Text),
                    ]),
                }
            );
        }
        all["claimReports"] = shown;
    }
}
