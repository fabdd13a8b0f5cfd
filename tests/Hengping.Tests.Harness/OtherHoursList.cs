using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>A month under <see cref="OtherHours"/>, answered on both sides of every line of both policies.</summary>
public static class OtherHoursList
{
    /// <summary>The month.</summary>
    public const string Month = "2051-01";

    /// <summary>When it may be frozen, to the second.</summary>
    public static DateTimeOffset FreezesAt => Days.At("2051-02-05 14:00:00");

    /// <summary>1.0 once, 0.6 three times, of eleven. By the hours of before it were more.</summary>
    public const decimal Timeliness = 0.255m;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly TimeSpan?[] Answers =
    [
        TimeSpan.FromHours(70) - Moment,
        TimeSpan.FromHours(70),
        TimeSpan.FromHours(71),
        TimeSpan.FromHours(110),
        TimeSpan.FromHours(110) + Moment,
        TimeSpan.FromHours(115),
        .. Enumerable.Repeat<TimeSpan?>(null, 5),
    ];

    /// <summary>A shop and its complaints; five are silent, and their time ends as the month may be frozen.</summary>
    public static async Task<Guid> Fill(Site site)
    {
        _ = OtherHours.Hours;
        var shop = await site.Merchant("云上百货");
        for (var i = 0; i < Answers.Length; i++)
            await Add(site.Store, shop, i, Answers[i]);
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        return shop;
    }

    /// <summary>Freezes it.</summary>
    public static Task<Rules.Decided<ListEvent.Published>> Publish(Site site) =>
        PublishList.Run(
            site.Store,
            ListRequest.Parse(Month, null, null, null, Unscored.Zero, site.Store.Now).Event!,
            correct: null,
            "cli",
            Ct
        );

    private static async Task Add(Store store, Guid shop, int no, TimeSpan? answered)
    {
        var at = answered is null ? Days.At("2051-01-31 23:59:59") : Days.At("2051-01-10 10:00:00").AddHours(no);
        var publicId = $"p2051-{no}";
        var filed = new ComplaintEvent.Filed
        {
            Number = publicId,
            Side = Side.Consumer,
            Respondent = shop,
            Sector = "brand",
            Problem = "refund",
            Demands = ["refund"],
            Channel = "web",
        };
        var id = Guid.CreateVersion7();
        await Tell(store, id, at, [filed, new ComplaintEvent.Delivered(publicId, shop, First: true)]);
        if (answered is { } after)
            await Tell(store, id, at + after, [new ComplaintEvent.Replied(Valid: true, "ok")]);
    }

    private static async Task Tell(Store store, Guid id, DateTimeOffset at, IReadOnlyList<ComplaintEvent> told)
    {
        var from = await store.Load(ComplaintBook.Instance, id, Ct);
        var change = store.Change(ComplaintBook.Instance, from, at, "import:test", told);
        if (await store.Append(new Commit([change]), Ct) is not Outcome.Done)
            throw new InvalidOperationException("not written");
    }
}
