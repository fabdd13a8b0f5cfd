using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>What was sent is not kept: a code goes as it is sent, other words after a week.</summary>
public sealed class OldMessages
{
    private const string Phone = "13987654321";
    private const string Away = "203.0.113.9";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed class Taking : ISender
    {
        public bool Takes(Channel channel) => true;

        public Task Send(Letter letter, string text, CancellationToken ct) => Task.CompletedTask;
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_code_goes_as_it_is_sent_and_other_words_after_a_week(Db engine)
    {
        await using var site = await Site.Start(engine);
        var store = site.Store;
        (await SignIn.SendCode(store, Phone, Away, Ct)).ShouldBeNull();
        var values = new Dictionary<string, string> { ["number"] = "7KQ2-4M9D-X3AB", ["link"] = "/cases/7KQ2" };
        await Outbox.Put(store, new Message("1", Channel.Sms, NoticeWords.Delivered, "13912345678", values), Ct);
        (await Lockout.Try(store, "somebody", Ct)).ShouldBeTrue();
        (await Outbox.Newest(store, 9, Ct)).Count.ShouldBe(2);
        var slot = await SlotOfCode(store);

        var sender = new OutboxSender(
            store,
            new Channels([new Taking()]),
            new Templates(Rooms.House.Messages),
            NullLogger<OutboxSender>.Instance
        );
        (await sender.SendDue(Ct)).ShouldBe(2);
        var left = (await Outbox.Newest(store, 9, Ct)).ShouldHaveSingleItem();
        (left.Template, left.State).ShouldBe(("delivered", "sent"));
        store.Keys.Holds(slot).ShouldBeFalse("copies of the store hold the box");
        (await Read(store, "select count(*) from outbox where length(box) = 8")).ShouldBe(1);

        var round = new OldTraces(store, NullLogger<OldTraces>.Instance);
        site.Clock.Turn(TimeSpan.FromDays(7));
        await round.Once(Ct);
        (await Outbox.Newest(store, 9, Ct)).Count.ShouldBe(1);
        (await Read(store, "select count(*) from sign_in_failures")).ShouldBe(0);
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        await round.Once(Ct);
        (await Outbox.Newest(store, 9, Ct)).ShouldBeEmpty();
        // Its row says that it was sent: heard again it is not sent twice.
        (await store.Query<string>("select once from outbox", null, Ct)).ShouldBe(["1"]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_number_without_an_account_is_erased_too(Db engine)
    {
        await using var site = await Site.Start(engine);
        var store = site.Store;
        (await SignIn.SendCode(store, Phone, Away, Ct)).ShouldBeNull();
        var slot = await SlotOfCode(store);
        (await site.Appends([], () => Traces.RemoveOf(store, "+86 139 8765 4321", Ct))).ShouldBe(2);
        store.Keys.Holds(slot).ShouldBeFalse();
        (await Read(store, "select count(*) from outbox")).ShouldBe(0);
        (await Read(store, "select count(*) from sign_in_codes")).ShouldBe(0);
        (await Traces.RemoveOf(store, Phone, Ct)).ShouldBe(0);
    }

    private static async Task<long> SlotOfCode(Store store) =>
        KeyRing.SlotOf((await store.First<byte[]>("select box from outbox where is_code", null, Ct))!);

    private static Task<long> Read(Store store, string sql) => store.First<long>(sql, null, Ct);
}
