using Hengping.App.Platform;

namespace Hengping.App;

/// <summary>Everybody who hears the log after commit, one line each.</summary>
public static class Listeners
{
    /// <summary>All listeners.</summary>
    /// <param name="site">Public address of the site, for links in messages.</param>
    public static IReadOnlyList<Listener> All(Store store, SiteAddress site) =>
        [
            Ratings.RatingsListener.Instance,
            new Notices.NoticeListener(site),
            new Complaints.CaseSearchListener(store),
            new Reports.ReportNotices(site),
        ];
}
