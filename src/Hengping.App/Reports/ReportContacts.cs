using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>Reports under a name whose maker has no account: theirs by the phone they gave.</summary>
internal static class ReportContacts
{
    /// <summary>All of them in one commit, then their keys.</summary>
    public static async Task<PhoneErased> Erase(Store store, PhoneLeaving how, string author, CancellationToken ct)
    {
        var reports = await store.Query<Guid>(
            "select id from reports where contact_print = @print and contact_print <> ''",
            new { print = AccountDesk.PhonePrint(store, how.Phone) },
            ct
        );
        DateTimeOffset? last = null;
        Decided<ReportEvent>? Leave(Report report)
        {
            if (report.IsShut)
                return null;
            var until = (report.EndedAt ?? store.Now).AddYears(how.KeptYears ?? 0);
            if (until <= store.Now)
                return report.Erase(how.Because);
            last = last > until ? last : until;
            return report.Lock();
        }
        var (changes, held) = await Erasing.Each(store, ReportBook.Instance, reports, author, Leave, ct);
        if (held is not null)
            throw new Refused(held);
        if (changes.Count > 0 && await store.Append(new Commit(changes), ct) is not Outcome.Done)
            throw new Refused(Problems.Raced);
        foreach (var change in changes)
            await ReportKeeping.EndKeys(store, change.Stream, CancellationToken.None);
        return new PhoneErased(changes.Count, last);
    }
}
