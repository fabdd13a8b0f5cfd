using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;

namespace Hengping.App.Demo;

/// <summary>
/// One case under a clock that can be turned. It has a store of its own beside the site's: the same rules, listeners
/// and messages, but turning its clock ages nobody else's case, and its messages leave the house nowhere. There is
/// none outside <c>--demo</c>. It begins anew with the process, and whenever somebody asks for it.
/// </summary>
public sealed class DemoStage(Store site, Law law, IConfiguration configuration, ILogger<ComplaintTicks> log)
    : IAsyncDisposable
{
    /// <summary>What the merchant answers.</summary>
    public const string ReplyText =
        "非常抱歉让您久等。右耳无声属于质量问题，我们今天办理全额退款，三个工作日内原路到账。";

    private const string Order = "4067512938475610233";
    private const int ScoreGiven = 8;

    private readonly SemaphoreSlim one = new(1, 1);
    private Played? played;

    private sealed record Played(
        Store Store,
        DemoClock Clock,
        StageCast Cast,
        IReadOnlyList<Listener> Listeners,
        (int? Rank, decimal Index) Before
    )
    {
        public Guid? Case { get; set; }
    }

    /// <summary>Does one step: file, deliver, reply, score, again, or turns the clock: 1h, 24h …</summary>
    /// <returns>A rule's refusal, or null.</returns>
    public async Task<Refusal?> Do(string step, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (step == "again")
                await Close();
            var played = await Opened(ct);
            var refusal = step switch
            {
                "again" => null,
                "file" => await File(played, ct),
                "deliver" => await Act(played, played.Cast.Mediator, (c, now) => c.Deliver(Drawn.PublicId(), now), ct),
                "reply" => await Act(
                    played,
                    played.Cast.Merchant,
                    (c, now) => c.Reply(ReplyText, [], ReplyValidity.Judge(ReplyText, ofRespondent: true, 1), now),
                    ct
                ),
                "score" => await Act(
                    played,
                    played.Cast.Claimant,
                    (c, now) => c.ScoreIt(ScoreGiven, Resolved.Yes, 199, null, now, ComplaintPolicy.Current),
                    ct
                ),
                _ when Turned(step, played.Store.Now) is { } hours => await Turn(played, TimeSpan.FromHours(hours), ct),
                _ => Fault.Unknown,
            };
            await Listening.CatchUp(played.Store, played.Listeners, ct);
            return refusal;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The stage as it stands.</summary>
    public async Task<StageView> See(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var played = await Opened(ct);
            return await StageView.Of(played.Store, law, played.Cast, played.Case, played.Before, ct);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Close();
        one.Dispose();
    }

    private static int? Turned(string step, DateTimeOffset now) =>
        StageView.Turns(now).Cast<int?>().FirstOrDefault(hours => step == string.Create(Say, $"{hours}h"));

    private static System.Globalization.CultureInfo Say => System.Globalization.CultureInfo.InvariantCulture;

    private async Task<Refusal?> File(Played played, CancellationToken ct)
    {
        if (played.Case is not null)
            return Problems.Raced;
        var (store, claimant) = (played.Store, played.Cast.Claimant);
        var now = store.Now;
        var shop = played.Cast.Merchant.Merchant!.Value;
        var filing = StageCast.FilingOf(claimant, shop, Order, now);
        var due = Deadlines.Due(law, "complaint.screening", now);
        var arrival = new Arrival(Drawn.Number(), due);
        var decided = Complaint.File(filing, arrival, ComplaintPolicy.Current, ScreeningList.Shipped);
        if (decided.Refusal is { } no)
            return no;
        var id = StreamId.Next();
        var key = await AccountDesk.PersonKey(store, claimant.Account, ct);
        var fresh = new Loaded<Complaint>(id, 0, 0, null);
        var filed = Stamped.All([decided.Event!], now, claimant.Author);
        var change = store.Change(ComplaintBook.Instance, fresh, filed, key);
        if (await store.Append(new Commit([change]), ct) is not Outcome.Done)
            return Problems.Raced;
        played.Case = id;
        return null;
    }

    private static async Task<Refusal?> Act(
        Played played,
        Caller by,
        Func<Complaint, DateTimeOffset, Decided<ComplaintEvent>> decide,
        CancellationToken ct
    )
    {
        if (played.Case is not { } id)
            return Problems.NotFound;
        var loaded = await played.Store.Load(ComplaintBook.Instance, id, ct);
        var decided = decide(loaded.State!, played.Store.Now);
        if (decided.Refusal is { } no)
            return no;
        var now = played.Store.Now;
        var change = played.Store.Change(ComplaintBook.Instance, loaded, now, by.Author, [decided.Event!]);
        return await played.Store.Append(new Commit([change]), ct) is Outcome.Done ? null : Problems.Raced;
    }

    /// <summary>The clock stops at every deadline on its way, so that what it does bears the right hour.</summary>
    private async Task<Refusal?> Turn(Played played, TimeSpan by, CancellationToken ct)
    {
        var (store, clock) = (played.Store, played.Clock);
        var until = store.Now + by;
        var ticks = new ComplaintTicks(store, configuration, log);
        while (await NextTick(store, ct) is { } next && next <= until)
        {
            clock.TurnTo(next);
            var moved = await ticks.RunDue(ct);
            await Listening.CatchUp(store, played.Listeners, ct);
            if (moved == 0)
                break;
        }
        clock.TurnTo(until);
        return null;
    }

    private static async Task<DateTimeOffset?> NextTick(Store store, CancellationToken ct) =>
        await store.First<long?>("select min(next_tick) from complaints where next_tick is not null", null, ct)
            is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    private async Task<Played> Opened(CancellationToken ct)
    {
        if (played is { } here)
            return here;
        var place = new StorePlace(
            Path.Combine(site.Place.Data, "stage"),
            Postgres: null,
            Path.Combine(site.Place.Keys, "stage")
        );
        foreach (var left in new[] { place.Data, place.Keys }.Where(Directory.Exists))
            Directory.Delete(left, recursive: true);
        // Whole minutes: a clock to look at.
        var clock = new DemoClock(DateTimeOffset.FromUnixTimeSeconds(site.Now.ToUnixTimeSeconds() / 60 * 60));
        var store = await Store.Open(place, site.House, clock, ct);
        var cast = StageCast.Of(store, law);
        if (await store.Append(new Commit([.. cast.Past]), ct) is not Outcome.Done)
            throw new InvalidOperationException("The stage could not be set.");
        IReadOnlyList<Listener> listeners = [RatingsListener.Instance, new NoticeListener(SiteAddress.Here)];
        await Listening.CatchUp(store, listeners, ct);
        var list = await StageView.ListNow(store, ct);
        var row = list.Rows.First(r => r.MerchantId == cast.Merchant.Merchant);
        return played = new Played(store, clock, cast, listeners, (row.Rank, row.Index));
    }

    private async Task Close()
    {
        if (played is { } here)
            await here.Store.DisposeAsync();
        played = null;
    }
}
