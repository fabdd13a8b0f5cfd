using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>Complaints as lists count them, written as events at their own times.</summary>
internal static class DeliveredCase
{
    /// <summary>One delivered complaint, answered and scored 10 at once or left without an answer.</summary>
    public static async Task Add(
        Store store,
        Guid shop,
        string publicId,
        DateTimeOffset at,
        bool answered = true,
        bool scored = true,
        Side side = Side.Consumer,
        string problem = "refund"
    )
    {
        var filed = new ComplaintEvent.Filed
        {
            Number = publicId,
            Side = side,
            Respondent = shop,
            Sector = "brand",
            Problem = problem,
            Demands = ["refund"],
            Channel = "web",
        };
        List<ComplaintEvent> told = [filed, new ComplaintEvent.Delivered(publicId, shop, First: true)];
        if (answered)
            told.Add(new ComplaintEvent.Replied(true, "ok"));
        if (answered && scored)
            told.Add(new ComplaintEvent.Scored(10, null, null));
        var fresh = new Loaded<Complaint>(Guid.CreateVersion7(), 0, 0, null);
        var change = store.Change(ComplaintBook.Instance, fresh, at, "import:test", told);
        (
            await store.Append(new Commit([change]), TestContext.Current.CancellationToken)
        ).ShouldBeOfType<Outcome.Done>();
    }
}
