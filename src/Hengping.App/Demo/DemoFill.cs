using Hengping.App.Accounts;
using Hengping.App.Appeals;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.Measures;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.App.RuleRegister;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Complaints;
using Hengping.Rules.Evidence;
using Hengping.Rules.Measures;
using Hengping.Rules.Merchants;
using Hengping.Rules.Reports;
using Hengping.Rules.RuleRegister;
using Hengping.World;
using House = Hengping.World.House;

namespace Hengping.App.Demo;

/// <summary>
/// Plays a generated market into an empty store: every event came from the rules and stands at its own time. Done in
/// order of streams that others need, many streams a commit. What was cut short goes on at the next start.
/// </summary>
public sealed class DemoFill
{
    private const long Seed = 20260101;
    private const int StreamsPerCommit = 400;
    private const int CasesPerCommit = 150;

    private readonly Store store;
    private readonly Market market;
    private readonly House house;
    private readonly HashSet<Guid> there;
    private readonly Dictionary<Guid, long> personKeys;
    private readonly Action<int, int> progress;
    private readonly Dictionary<string, Role> staff;
    private int done;

    private DemoFill(Store store, Market market, House house, Dictionary<Guid, long> streams, Action<int, int> progress)
    {
        this.store = store;
        this.market = market;
        this.house = house;
        this.progress = progress;
        personKeys = streams;
        there = [.. streams.Keys];
        StaffPlan[] all = [.. market.Mediators, market.Reviewer, market.Admin, market.Colleague];
        staff = all.ToDictionary(
            one => Caller.StaffAuthor(one.Id),
            one => Enum.Parse<Role>(one.Role, ignoreCase: true)
        );
    }

    /// <summary>
    /// Fills the store unless it is filled. False when it holds something else: then nothing is added.
    /// </summary>
    /// <param name="size">How large a market; a filling that was cut short keeps its own.</param>
    /// <param name="progress">Hears how many of how many streams are in.</param>
    public static async Task<bool> Run(
        Store store,
        Law law,
        MarketSize size,
        Action<int, int> progress,
        CancellationToken ct
    )
    {
        var begun = await store.Load(DemoBook.Instance, DemoBook.Stream, ct);
        if (begun.State is { IsFilled: true })
            return true;
        if (begun.State is null)
        {
            if (await store.Head(ct) > 0)
                return false;
            // Whole minutes: the market's own times are whole seconds.
            var end = DateTimeOffset.FromUnixTimeSeconds(store.Now.ToUnixTimeSeconds() / 60 * 60);
            await Note(store, begun, new DemoEvent.Begun(Seed, end, size.Complaints, size.People), ct);
            begun = await store.Load(DemoBook.Instance, DemoBook.Stream, ct);
        }
        await DemoHouse.Open(store, ct);
        var plan = begun.State!;
        var market = new Market((ulong)plan.Seed, plan.End, new MarketSize(plan.Complaints, plan.People));
        var streams = await store.Query<StreamKey>("select stream as Stream, key as Key from streams", null, ct);
        var known = streams.ToDictionary(s => s.Stream, s => s.Key);
        await new DemoFill(store, market, DemoHouse.Of(law), known, progress).All(law, ct);
        await Note(store, begun, new DemoEvent.Filled(), ct);
        return true;
    }

    private sealed record StreamKey(Guid Stream, long Key);

    private static async Task Note(Store store, Loaded<DemoMarket> from, DemoEvent happened, CancellationToken ct)
    {
        var change = store.Change(DemoBook.Instance, from, store.Now, "demo", [happened]);
        if (await store.Append(new Commit([change]), ct) is not Outcome.Done)
            throw new Refused("demo.raced", "另一个进程正在生成演示数据", "Another process is filling this store");
    }

    private async Task All(Law law, CancellationToken ct)
    {
        var people = market
            .Cases.Where(c => c.Claimant is not null)
            .Select(c => c.Claimant!)
            .DistinctBy(p => p.Id)
            .ToList();
        var all = market.Merchants.Concat(market.Sellers).ToList();
        var reports = World.Reports.Of(market, DemoHouse.TermsOf(law));
        var rules = PlatformRules.Of(market, law.Count);
        var opinions = PlatformRules.OpinionsOn(market, rules);
        var (appeals, measures) = World.Appeals.Of(market, World.Measures.Of(market, rules, law.Count), law.Count);
        var total = (all.Count * 2) + people.Count + market.Cases.Count + market.Mediators.Count + 3;
        total += reports.Count + rules.Count + opinions.Count + measures.Count + appeals.Count;
        void Report(int more) => progress(Interlocked.Add(ref done, more), total);

        await InBulk(all, StreamsPerCommit, m => m.Id, AddMerchant, Report, ct);
        await InBulk(all, StreamsPerCommit, m => m.Person, AddKeeper, Report, ct);
        await InBulk(
            [.. market.Mediators, market.Reviewer, market.Admin, market.Colleague],
            StreamsPerCommit,
            s => s.Id,
            AddStaff,
            Report,
            ct
        );
        await InBulk(people, StreamsPerCommit, p => p.Id, AddPerson, Report, ct);
        await InBulk(market.Cases, CasesPerCommit, c => c.Id, AddCase, Report, ct);
        await InBulk(reports, StreamsPerCommit, r => r.Id, AddReport, Report, ct);
        await InBulk(rules, StreamsPerCommit, r => r.Id, AddRule, Report, ct);
        await InBulk(opinions, StreamsPerCommit, o => o.Id, AddOpinion, Report, ct);
        await InBulk(measures, StreamsPerCommit, m => m.Id, AddMeasure, Report, ct);
        await InBulk(appeals, StreamsPerCommit, a => a.Id, AddAppeal, Report, ct);
        await DemoOrders.Take(store, market, ct);
    }

    /// <summary>Cuts a list into commits; two are made ready while the writer has one.</summary>
    private async Task InBulk<T>(
        IReadOnlyList<T> list,
        int perCommit,
        Func<T, Guid> id,
        Func<T, IEnumerable<Change>> changes,
        Action<int> report,
        CancellationToken ct
    )
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount + 1,
            CancellationToken = ct,
        };
        await Parallel.ForEachAsync(
            list.Chunk(perCommit),
            options,
            async (chunk, ct) =>
            {
                var missing = chunk.Where(one => !there.Contains(id(one))).SelectMany(changes).ToList();
                if (missing.Count > 0 && await store.Append(new Commit(missing), ct) is not Outcome.Done)
                    throw new Refused("demo.raced", "另一个进程正在写入这个库", "Another process writes to this store");
                report(chunk.Length);
            }
        );
    }

    private IEnumerable<Change> AddMerchant(MerchantPlan plan)
    {
        var entry = new NewMerchant(plan.Name, plan.Sector, "demo", plan.Enrolled)
        {
            IsPlatform = plan.Platform,
            Contact = plan.Known ? new AfterSalesContact(plan.Phone, plan.Email) : null,
        };
        var added = Merchant.Add(entry);
        List<MerchantEvent> events = [added.Event!];
        if (plan.Enrolled)
            events.Add(new MerchantEvent.Enrolled());
        yield return store.Change(MerchantBook.Instance, New<Merchant>(plan.Id), market.Start, "demo", events);
    }

    private IEnumerable<Change> AddKeeper(MerchantPlan plan) =>
        AddAccount(
            plan.Person,
            Role.Merchant,
            plan.Id,
            new Profile(plan.Keeper, plan.KeeperPhone, null, null),
            market.Start
        );

    private IEnumerable<Change> AddStaff(StaffPlan plan)
    {
        var role = Enum.Parse<Role>(plan.Role, ignoreCase: true);
        return AddAccount(plan.Id, role, null, new Profile(plan.Name, null, null, plan.Login), plan.Joined);
    }

    private IEnumerable<Change> AddPerson(PersonPlan plan) =>
        AddAccount(plan.Id, Role.Claimant, null, new Profile(plan.Name, plan.Phone, null, null), plan.Joined);

    private IEnumerable<Change> AddAccount(Guid id, Role role, Guid? merchant, Profile profile, DateTimeOffset at)
    {
        var opened = new AccountEvent.Opened(role, merchant) { Profile = profile };
        var change = store.Change(AccountBook.Instance, New<Account>(id), at, "demo", [opened]);
        lock (personKeys)
            personKeys[id] = change.KeySlot;
        yield return change;
    }

    private IEnumerable<Change> AddCase(CasePlan plan)
    {
        var life = Play.Of(market, house, plan);
        var claimant = life.State.Claimant!.Value;
        foreach (var picture in life.Evidence)
            yield return AddEvidence(picture, plan, claimant);
        long key;
        lock (personKeys)
            key = personKeys[claimant];
        var story = life.Story.Select(s => new Stamped<ComplaintEvent>(s.Event, s.At, s.Author)).ToList();
        yield return store.Change(ComplaintBook.Instance, New<Complaint>(plan.Id), story, key);
        // Who acted on it had opened it.
        var opened = life.Story.Where(one => staff.ContainsKey(one.Author)).DistinctBy(one => one.Author).ToList();
        if (opened.Count > 0)
            yield return AccessBook.Instance.Past(
                store,
                plan.Id,
                opened.Select(one => (one.At, one.Author, staff[one.Author]))
            );
    }

    private IEnumerable<Change> AddReport(ReportLived lived)
    {
        var story = lived.Story.Select(s => new Stamped<ReportEvent>(s.Event, s.At, s.Author)).ToList();
        long? key = null;
        lock (personKeys)
            if (lived.Reporter is { } person)
                key = personKeys[person];
        yield return store.Change(ReportBook.Instance, New<Report>(lived.Id), story, key);
    }

    private IEnumerable<Change> AddRule(RuleLived lived)
    {
        var story = lived.Story.Select(s => new Stamped<RuleEvent>(s.Event, s.At, s.Author)).ToList();
        yield return store.Change(RuleBook.Instance, New<PlatformRule>(lived.Id), story);
    }

    private IEnumerable<Change> AddMeasure(MeasureLived lived)
    {
        var story = lived.Story.Select(s => new Stamped<MeasureEvent>(s.Event, s.At, s.Author)).ToList();
        yield return store.Change(MeasureBook.Instance, New<Measure>(lived.Id), story);
    }

    private IEnumerable<Change> AddAppeal(AppealLived lived)
    {
        var story = lived.Story.Select(s => new Stamped<AppealEvent>(s.Event, s.At, s.Author)).ToList();
        yield return store.Change(AppealBook.Instance, New<Appeal>(lived.Id), story);
    }

    private IEnumerable<Change> AddOpinion(OpinionLived lived)
    {
        var story = lived
            .Story.Select(s => new Stamped<OpinionEvent>(
                s.Event,
                s.At,
                s.Event is OpinionEvent.Given ? $"claimant:{lived.Person:D}" : Caller.StaffAuthor(market.Admin.Id)
            ))
            .ToList();
        yield return store.Change(OpinionBook.Instance, New<RuleOpinion>(lived.Id), story);
    }

    private Change AddEvidence(EvidencePlan picture, CasePlan plan, Guid claimant)
    {
        var slot = store.Keys.Create();
        using var content = new MemoryStream(picture.Draw());
        var directory = UploadEvidence.Directory(store.Place);
        var written = SealedFile
            .Write(
                store.Keys,
                slot,
                picture.Id,
                content,
                directory,
                _ => MediaKind.AnyBytesMax,
                () => MediaKind.TooLarge,
                default
            )
            .GetAwaiter()
            .GetResult();
        var uploaded = new EvidenceEvent.Uploaded(claimant, "image/png", written.Bytes, written.Sha256, written.File)
        {
            Name = picture.Name,
        };
        var fresh = new Loaded<EvidenceItem>(picture.Id, 0, slot, null);
        return store.Change(EvidenceBook.Instance, fresh, plan.FiledAt, $"claimant:{claimant:D}", [uploaded]);
    }

    private static Loaded<T> New<T>(Guid id)
        where T : class => new(id, 0, 0, null);
}
