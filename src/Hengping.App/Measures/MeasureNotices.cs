using System.Data.Common;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// Tells the addressee at once: that something is announced, in effect, or over; what and why stands on the page that
/// the message leads to.
/// </summary>
public sealed class MeasureNotices(SiteAddress site) : Listener
{
    /// <summary>Heavy, and not yet in effect.</summary>
    public static readonly Wording Announced = new(
        "measure-announced",
        "【{operator}】拟对您采取“{kind}”措施（编号{number}），还没有决定，也没有生效。理由见链接，您可以在{until}前在那里陈述意见；"
            + "收到陈述后，或者期满没有陈述的，由另一位审核员决定：{link}",
        "[{operator}] We intend the measure “{kind}” (number {number}); it is not decided and not in effect. The "
            + "reasons stand here, and you can answer there by {until}; another reviewer decides once you have "
            + "answered, else after that: {link}"
    );

    /// <summary>In effect, signed.</summary>
    public static readonly Wording Taken = new(
        "measure-taken",
        "【{operator}】已对您采取“{kind}”措施（编号{number}）。理由和依据见链接；不服可在{until}前申诉：{link}",
        "[{operator}] The measure “{kind}” (number {number}) was taken. Reasons and clause stand here; you can appeal "
            + "by {until}: {link}"
    );

    /// <summary>Signed, and in effect only after its notice.</summary>
    public static readonly Wording Notified = new(
        "measure-notified",
        "【{operator}】将于{from}起对您采取“{kind}”措施（编号{number}），现在通知您。理由和依据见链接；不服可在{until}前申诉：{link}",
        "[{operator}] From {from} the measure “{kind}” (number {number}) will be in effect; this is the notice of it. "
            + "Reasons and clause stand here; you can appeal by {until}: {link}"
    );

    /// <summary>In effect, and still to be signed.</summary>
    public static readonly Wording Urgent = new(
        "measure-urgent",
        "【{operator}】因紧急情况已先行采取“{kind}”措施（编号{number}），将由审核员在{until}前签署。您可以要求人工处理：{link}",
        "[{operator}] In urgency the measure “{kind}” (number {number}) is in effect already; a reviewer is to sign it "
            + "by {until}. You can ask for a human: {link}"
    );

    /// <summary>Something came of it.</summary>
    public static readonly Wording News = new(
        "measure-news",
        "【{operator}】“{kind}”措施（编号{number}）有新结果：{status}。{link}",
        "[{operator}] News on the measure “{kind}” (number {number}): {status}. {link}"
    );

    /// <summary>The shop states that nothing is infringed: to the holder of the right (电商法 art. 43).</summary>
    public static readonly Wording Stated = new(
        "measure-stated",
        "【{operator}】对您的知识产权通知（措施编号{number}），商家已声明不侵权。您已投诉或起诉的，请在{until}前告知，否则届时终止措施。声明见：{link}",
        "[{operator}] On your notice of rights (measure {number}) the shop states that nothing is infringed. If you "
            + "have complained or sued, tell us by {until}; else the measure ends. The statement: {link}"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Wording> All = [Announced, Taken, Notified, Urgent, News, Stated];

    /// <inheritdoc/>
    public override string Name => "measure-notices";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [MeasureBook.Instance.Kinds];

    /// <summary>A message once sent is not sent again.</summary>
    public override bool IsRebuilt => false;

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
            if (IsHistory(stored, store.Now))
                continue;
            var story = await store.ReadStory(MeasureBook.Instance, stored.Stream, ct);
            Measure? then = null;
            MeasureEvent? happened = null;
            foreach (var one in story.Take(stored.Version))
                (then, happened) = (Measure.Fold(then, one.Event, one.At), one.Event);
            if (then is { IsShut: false } && Says(then, happened!) is var (wording, until) && wording is not null)
                await Tell(store, stored, then, (wording, until, What(happened!)), db, transaction, ct);
            // The statement is read where the measure is public.
            if (
                then is { IsPublic: true }
                && happened is MeasureEvent.Stated e
                && story[0].Event is MeasureEvent.Proposed { Words: { } w }
            )
                await TellHolder(store, stored, then, w, e.SuitBy, db, transaction, ct);
        }
    }

    private static (Wording? Wording, DateTimeOffset? Until) Says(Measure m, MeasureEvent happened) =>
        happened switch
        {
            MeasureEvent.Proposed when m.AnswerBy is { } by => (Announced, by),
            MeasureEvent.Proposed when m.IsUrgent => (Urgent, m.SignBy),
            MeasureEvent.Signed => (m.Status == MeasureStatus.Notified ? Notified : Taken, m.AppealBy),
            MeasureEvent.Dropped or MeasureEvent.Lapsed when m.AnswerBy is not null || m.IsUrgent => (News, null),
            MeasureEvent.Looked
            or MeasureEvent.Started
            or MeasureEvent.Lifted
            or MeasureEvent.Ended
            or MeasureEvent.Overturned
            or MeasureEvent.Changed
            or MeasureEvent.MoneyTaken
            or MeasureEvent.Sued => (News, null),
            _ => (null, null),
        };

    // As its story names it.
    private static string What(MeasureEvent happened) =>
        MeasureBook.Instance.KindOf(happened.GetType())[MeasureBook.Instance.Kinds.Length..];

    private async Task Tell(
        Store store,
        StoredEvent stored,
        Measure m,
        (Wording Wording, DateTimeOffset? Until, string Became) said,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var (wording, until, became) = said;
        var (phone, mail) = await WhereTo(store, m.Addressee, ct);
        if (phone is null && mail is null)
            return;
        var head = await Letterhead.Of(store, [m.Addressee.Id], ct);
        var isEnglish = head.Language == "en";
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = Texts.All["measure.kind." + Words.Of(m.Kind)][isEnglish ? 1 : 0],
            ["number"] = m.Number,
            ["status"] = Texts.All["measure.line." + became][isEnglish ? 1 : 0],
            ["from"] = m.StartsAt is { } starts ? Dated(starts, isEnglish) : "",
            ["until"] = until is { } by ? Dated(by, isEnglish) : "",
            ["link"] = site.LinkTo($"/measures/{stored.Stream:D}"),
        };
        var message = new Message(
            $"measure:{stored.Position}",
            phone is null ? Channel.Email : Channel.Sms,
            wording,
            phone ?? mail!,
            values,
            Account: m.Addressee.IsMerchant ? null : m.Addressee.Id,
            KeySlot: await AccountDesk.PersonKey(store, m.Addressee.Id, ct)
        );
        await Outbox.Put(store, head.On(message), db, transaction);
    }

    private async Task TellHolder(
        Store store,
        StoredEvent stored,
        Measure m,
        MeasureWords words,
        DateTimeOffset until,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        if (words.HolderContact is not { } contact)
            return;
        var phone = PhoneNumber.Normalise(contact);
        var head = await Letterhead.Of(store, [], ct);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = m.Number,
            ["until"] = Dated(until, head.Language == "en"),
            ["link"] = site.LinkTo($"/measures/{stored.Stream:D}"),
        };
        var message = new Message(
            $"measure-holder:{stored.Position}",
            phone is null ? Channel.Email : Channel.Sms,
            Stated,
            phone ?? contact,
            values
        );
        await Outbox.Put(store, head.On(message), db, transaction);
    }

    private static string Dated(DateTimeOffset by, bool isEnglish)
    {
        var at = by.ToOffset(Rules.Clocks.Shanghai.Offset);
        return isEnglish
            ? at.ToString("d MMM yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            : at.ToString("yyyy年M月d日HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<(string? Phone, string? Mail)> WhereTo(
        Store store,
        MeasureAddressee to,
        CancellationToken ct
    )
    {
        if (to.IsMerchant)
        {
            var contact = await MerchantDirectory.ContactOf(store, to.Id, ct);
            return (Some(contact?.Phone), Some(contact?.Email));
        }
        var profile = await AccountDesk.ProfileOf(store, to.Id, ct);
        return (Some(profile?.Phone), Some(profile?.Email));
        static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Messages are never sent twice for a rebuild: they stay.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;
}
