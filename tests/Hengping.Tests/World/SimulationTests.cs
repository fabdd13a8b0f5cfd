using Hengping.App;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Demo;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Hengping.World;
using Shouldly;
using Xunit;

namespace Hengping.Tests.World;

/// <summary>A small market lives through the real store, and what must always hold is looked for afterwards.</summary>
public class SimulationTests
{
    private static readonly MarketSize Size = new(300, 200);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_market_lives_through_the_store_and_the_invariants_hold(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        (await DemoFill.Run(store, Law.Shipped, Size, (_, _) => { }, Ct)).ShouldBeTrue();

        var ids = await store.Query<Guid>("select id from complaints", null, Ct);
        ids.Count.ShouldBe(Size.Complaints);
        foreach (var id in ids)
            await HoldsTo(store, id);

        // Nobody is charged twice: one open complaint an order, one case a number.
        var twice = await store.Query<string>(
            "select order_key from complaints where order_key is not null group by order_key having count(*) > 1",
            null,
            Ct
        );
        twice.ShouldBeEmpty();
        var numbers = await store.Query<string>(
            "select number from complaints group by number having count(*) > 1",
            null,
            Ct
        );
        numbers.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Lists_from_roll_ups_equal_lists_from_scratch(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        var now = new DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(now), Ct);
        await DemoFill.Run(store, Law.Shipped, new MarketSize(900, 600), (_, _) => { }, Ct);
        await Listening.CatchUp(store, [RatingsListener.Instance], Ct);
        var listed = 0;
        foreach (var code in new[] { "2026", "2026-H1", "2026-Q3", "2026-06", "2026-10", "2026-618", "ytd" })
        foreach (var side in new[] { "consumer", "merchant" })
        {
            var asked = ListRequest.Parse(code, null, side, null, Unscored.Zero, now).Event!;
            var rolled = await ExactLists.Now(store, asked, Ct);
            var (scratch, _, _) = await ExactLists.Frozen(store, asked, now, Ct);
            var folded = await ExactLists.Then(store, asked, now, Ct);
            PublishedList.LiveJson(rolled, 1).ShouldBe(PublishedList.LiveJson(scratch, 1), code);
            PublishedList.LiveJson(folded, 1).ShouldBe(PublishedList.LiveJson(scratch, 1), code);
            listed += scratch.Rows.Count;
        }
        listed.ShouldBeGreaterThan(50);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_filled_store_is_not_filled_again_and_a_cut_short_one_is_completed(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            DemoFill.Run(
                store,
                Law.Shipped,
                Size,
                (done, total) =>
                {
                    if (done > total / 2)
                        cut.Cancel();
                },
                cut.Token
            )
        );
        (await DemoFill.Run(store, Law.Shipped, MarketSize.Demo, (_, _) => { }, Ct)).ShouldBeTrue();
        (await store.Query<Guid>("select id from complaints", null, Ct)).Count.ShouldBe(Size.Complaints);

        var head = await store.Head(Ct);
        (await DemoFill.Run(store, Law.Shipped, Size, (_, _) => { }, Ct)).ShouldBeTrue();
        (await store.Head(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task A_store_with_other_data_is_left_alone()
    {
        using var place = await EmptyPlace.On(Db.Sqlite);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        await Hengping.App.Accounts.TokenCommand.Issue(store, Hengping.Rules.Accounts.Role.Admin, "一", null, null, Ct);
        var head = await store.Head(Ct);
        (await DemoFill.Run(store, Law.Shipped, Size, (_, _) => { }, Ct)).ShouldBeFalse();
        (await store.Head(Ct)).ShouldBe(head);
    }

    private static async Task HoldsTo(Store store, Guid id)
    {
        var story = await store.ReadStory(ComplaintBook.Instance, id, Ct);
        Complaint? state = null;
        var settled = 0;
        foreach (var (_, happened, at, _, author) in story)
        {
            if (state is { Ended: true })
                MayFollowAnEnd(happened).ShouldBeTrue($"{happened.GetType().Name} after {state.Status}");
            at.ShouldBeGreaterThanOrEqualTo(state?.LastAt ?? at);
            settled += happened is ComplaintEvent.OfferAccepted ? 1 : 0;
            settled -= happened is ComplaintEvent.NotPerformed ? 1 : 0;
            settled.ShouldBeInRange(0, 1, "a settlement is paid once");
            state = Complaint.Fold(state, happened, at, author);
        }
        ((ComplaintEvent.Filed)story[0].Event).Story.ShouldNotBeNull();
        ((ComplaintEvent.Filed)story[0].Event).Contact.ShouldNotBeNull();
    }

    private static bool MayFollowAnEnd(ComplaintEvent happened) =>
        happened
            is ComplaintEvent.Scored
                or ComplaintEvent.ReviewAsked
                or ComplaintEvent.ReviewDecided
                or ComplaintEvent.Excluded
                or ComplaintEvent.Included
                or ComplaintEvent.Closed;
}
