using Hengping.App.Platform;

namespace Hengping.App;

/// <summary>Everybody who hears the log after commit, one line each.</summary>
public static class Listeners
{
    /// <summary>All listeners.</summary>
    /// <param name="siteAddress">Public address of the site, for links in messages.</param>
    public static IReadOnlyList<Listener> All(Store store, string siteAddress) =>
        [
            Ratings.RatingsListener.Instance,
            new Notices.NoticeListener(siteAddress),
            new Complaints.CaseSearchListener(store),
            new Reports.ReportNotices(siteAddress),
        ];
}
