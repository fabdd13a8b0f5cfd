using System.Collections.Frozen;
using System.Data.Common;
using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>
/// Tells both sides. The claimant learns that there is a report, by when they are heard and what became of it; what is
/// alleged stands on the page, behind their own sign-in.
/// </summary>
public sealed class ClaimReportNotices(SiteAddress site) : Listener
{
    private static readonly FrozenSet<string> ToClaimant = ClaimReportBook.Instance.KindsOf(
        typeof(ClaimReportEvent.Decided),
        typeof(ClaimReportEvent.Withdrawn),
        typeof(ClaimReportEvent.Reviewed),
        typeof(ClaimReportEvent.TookEffect),
        typeof(ClaimReportEvent.Revoked)
    );

    private static readonly FrozenSet<string> Asking = ClaimReportBook.Instance.KindsOf(
        typeof(ClaimReportEvent.Filed),
        typeof(ClaimReportEvent.Admitted),
        typeof(ClaimReportEvent.Asked)
    );

    private static readonly FrozenSet<string> ToMerchant = ClaimReportBook.Instance.KindsOf(
        typeof(ClaimReportEvent.Decided),
        typeof(ClaimReportEvent.Appealed),
        typeof(ClaimReportEvent.Reviewed),
        typeof(ClaimReportEvent.TookEffect),
        typeof(ClaimReportEvent.Revoked)
    );

    /// <summary>The claimant may speak.</summary>
    public static readonly Wording Heard = new(
        "claim-report-heard",
        "【{operator}】有商家就您的索赔提交了举报{number}。决定之前请您说明情况，{by}前有效。这不影响您自己的投诉和举报。"
            + "用本手机号登录查看：{link}",
        "[{operator}] A shop reported your claims ({number}). You are heard before anything is decided: until {by}. "
            + "Your own complaints and reports go on as they are. Sign in with this phone: {link}"
    );

    /// <summary>There is news for either side.</summary>
    public static readonly Wording News = new(
        "claim-report-news",
        "【{operator}】举报{number}有新进展：{status}。理由和您可以做什么见：{link}",
        "[{operator}] There is news on report {number}: {status}. Reasons and what you can do: {link}"
    );

    /// <inheritdoc/>
    public override string Name => "claim-report-notices";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [ClaimReportBook.Instance.Kinds];

    /// <summary>A message once sent is not sent again.</summary>
    public override bool IsRebuilt => false;

    private sealed record Reader(string? Phone, string? Mail, Guid? Account, Guid? Key);

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        foreach (var stored in batch)
        {
            var (asks, tells) = (Asking.Contains(stored.Kind), ToClaimant.Contains(stored.Kind));
            if (IsHistory(stored, store.Now) || !(asks || tells || ToMerchant.Contains(stored.Kind)))
                continue;
            var report = (await store.Load(ClaimReportBook.Instance, stored.Stream, ct)).State;
            if (report is not { IsShut: false })
                continue;
            // Whom it is about hears nothing of what they were never told.
            if ((asks || tells) && ClaimReportOpened.WasTold(report))
            {
                var claimant = await ClaimantOf(store, stored.Stream, report, ct);
                await Tell(store, stored, report, claimant, asks, db, transaction, ct);
            }
            if (ToMerchant.Contains(stored.Kind))
                await Tell(store, stored, report, await ShopOf(store, report, ct), isAsked: false, db, transaction, ct);
        }
    }

    private async Task Tell(
        Store store,
        StoredEvent stored,
        ClaimReport report,
        Reader to,
        bool isAsked,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        if (to.Phone is null && to.Mail is null)
            return;
        var head = await Letterhead.Of(store, [to.Key], ct);
        var isEnglish = head.Language == "en";
        var (zh, en) = ClaimReportLife.Name(report.Status);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = report.Number,
            ["link"] = site.LinkTo($"/claim-reports/{stored.Stream:D}"),
        };
        if (isAsked)
            values["by"] = ByOf(report.HearBy!.Value, isEnglish);
        else
            values["status"] = isEnglish ? en : zh;
        var message = new Message(
            $"claim-report:{stored.Position}:{(to.Key == report.Merchant ? "shop" : "claimant")}",
            to.Phone is null ? Channel.Email : Channel.Sms,
            isAsked ? Heard : News,
            to.Phone ?? to.Mail!,
            values,
            Account: to.Account,
            KeySlot: stored.KeySlot
        );
        await Outbox.Put(store, head.On(message), db, transaction);
    }

    private static string ByOf(DateTimeOffset by, bool isEnglish) =>
        by.ToOffset(Rules.Clocks.Shanghai.Offset)
            .ToString(isEnglish ? "d MMM HH:mm" : "M月d日HH:mm", CultureInfo.InvariantCulture);

    private static async Task<Reader> ClaimantOf(Store store, Guid id, ClaimReport report, CancellationToken ct)
    {
        if (report.Claimant is { } account)
        {
            var profile = await AccountDesk.ProfileOf(store, account, ct);
            return new Reader(Some(profile?.Phone), Some(profile?.Email), account, account);
        }
        var story = await store.ReadStory(ClaimReportBook.Instance, id, ct);
        var words = story.Select(one => one.Event).OfType<ClaimReportEvent.Filed>().FirstOrDefault()?.Words;
        return new Reader(Some(words?.ClaimantPhone), null, null, null);
    }

    private static async Task<Reader> ShopOf(Store store, ClaimReport report, CancellationToken ct)
    {
        var contact = await MerchantDirectory.ContactOf(store, report.Merchant, ct);
        return new Reader(Some(contact?.Phone), Some(contact?.Email), null, report.Merchant);
    }

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Messages are never sent twice for a rebuild: they stay.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;
}
