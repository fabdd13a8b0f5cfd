using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// <c>POST /rules</c> begins a rule, <c>/rules/{id}/versions</c> drafts another version; <c>revise</c>, <c>consult</c>,
/// <c>publish</c> and <c>withdraw</c> go on with the one that is on its way, <c>confirm</c> with one that was recorded,
/// <c>technical</c> with any. Each answers with the rule as it stands then.
/// </summary>
public static partial class WriteRules
{
    /// <summary>Who makes rules.</summary>
    public static readonly Role[] Makers = [Role.Admin];

    /// <summary>Who may say that a text only reads differently, and answers opinions.</summary>
    public static readonly Role[] Readers = [Role.Admin, Role.Reviewer];

    /// <summary>Nothing is announced so far ahead.</summary>
    private const int YearsAheadMax = 3;

    /// <summary>No rule of a platform is older.</summary>
    private static readonly DateOnly DayMin = new(2000, 1, 1);

    private const int TitleMax = 100;
    private const int ChangeMax = 2_000;
    private const int ReasonMax = 500;

    /// <summary>A rule somebody has opened to act on it; a new one has no state.</summary>
    private sealed record Opened(Loaded<PlatformRule> Loaded, Caller Caller, Store Store, Law Law, OperatorKind? Kind)
        : IOpened
    {
        public PlatformRule Rule => Loaded.State!;
        public DateTimeOffset Now { get; } = Store.Now;
        public DateOnly Today => Shanghai.DayOf(Now);
        public FieldFaults Faults { get; } = new();

        /// <summary>Opinions on the newest version without an answer.</summary>
        public long Unanswered { get; init; }

        /// <summary>The version that is on its way, or else the newest.</summary>
        public RuleVersion Newest => Rule.Versions[^1];
    }

    /// <summary>What happened, in its order.</summary>
    private sealed record Happened(IReadOnlyList<RuleEvent> Events);

    private static readonly VerbWay<Opened, Happened> Way = new()
    {
        Open = Open,
        Told = o => o.Rule.ToRole(o.Newest, Theirs(o.Caller), o.Caller.Account, o.Now),
        Save = Save,
        Unknown = [PlatformRule.NoVersion],
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder rules)
    {
        Way.Map<TextRequest>(rules, "", Makers, null, (o, body, _) => Made(o, () => Begin(o, body)))
            .Produces<RuleView>(StatusCodes.Status201Created);
        MapVerb<TextRequest>(rules, "versions", Makers, Draft);
        MapVerb<TextRequest>(
            rules,
            "revise",
            Makers,
            (o, body) => One(o.Rule.Revise(o.Newest, Wording(o, body, isRecorded: false), o.Today))
        );
        MapVerb<ConsultRequest>(
            rules,
            "consult",
            Makers,
            (o, body) =>
                One(o.Rule.Consult(o.Newest, Day(o, "until", body.Until, o.Today, o.Today.AddYears(1)), o.Today))
        );
        MapVerb<PublishRequest>(rules, "publish", Makers, Publish);
        MapVerb<WithdrawRequest>(
            rules,
            "withdraw",
            Makers,
            (o, body) => One(o.Rule.Withdraw(o.Newest, o.Faults.Text("reason", body.Reason, 2, ReasonMax), o.Today))
        );
        MapVerb<Nothing>(rules, "confirm", Readers, (o, _) => One(o.Rule.Confirm(o.Newest, o.Caller.Account, o.Today)));
        MapVerb<TechnicalRequest>(
            rules,
            "technical",
            Readers,
            (o, body) =>
                o.Rule.Find(body.Version ?? o.Newest.No) is { } version
                    ? One(o.Rule.MarkTechnical(version, o.Caller.Account, o.Today))
                    : PlatformRule.NoVersion
        );
    }

    private static RuleVerb[] Theirs(Caller caller) =>
        Makers.Contains(caller.Role)
            ? [RuleVerb.Revise, RuleVerb.Consult, RuleVerb.Publish, RuleVerb.MarkTechnical, RuleVerb.Withdraw]
            : [RuleVerb.MarkTechnical];

    private static void MapVerb<TBody>(
        IEndpointRouteBuilder rules,
        string word,
        IReadOnlyList<Role> roles,
        Func<Opened, TBody, Decided<Happened>> decide
    )
        where TBody : class, new() =>
        Way.Map<TBody>(rules, "/{id:guid}/" + word, roles, null, (o, body, _) => Made(o, () => decide(o, body)))
            .Produces<RuleView>();

    // A regulator has no rules of a platform; what is wrong with its fields is said before.
    private static ValueTask<Decided<Happened>> Made(Opened opened, Func<Decided<Happened>> decide)
    {
        var decided = decide();
        return ValueTask.FromResult(opened.Kind == OperatorKind.Regulator ? PlatformRule.NotYourPower : decided);
    }

    private static Decided<Happened> One(Decided<RuleEvent> decided) =>
        decided.Refusal is { } no ? no : new Happened([decided.Event!]);

    private static Decided<Happened> Begin(Opened opened, TextRequest body)
    {
        var known = Enum.GetValues<RuleTopic>().Select(topic => (Words.Of(topic), topic)).ToArray();
        var topic = opened.Faults.Word("topic", body.Topic, known);
        var begun = new RuleEvent.Begun(topic);
        return Drafted(opened, body, PlatformRule.Fold(null, begun, opened.Now), [begun]);
    }

    private static Decided<Happened> Draft(Opened opened, TextRequest body) => Drafted(opened, body, opened.Rule, []);

    private static Decided<Happened> Drafted(
        Opened opened,
        TextRequest body,
        PlatformRule rule,
        IReadOnlyList<RuleEvent> before
    )
    {
        var drafted = rule.Draft(Wording(opened, body, body.Recorded is not null), opened.Today);
        if (drafted.Refusal is { } no)
            return no;
        if (body.Recorded is not { } recorded)
            return new Happened([.. before, drafted.Event!]);
        var inForceOn = Day(opened, "recorded.inForceOn", recorded.InForceOn, DayMin, opened.Today);
        var announcedOn = Some(opened, "recorded.announcedOn", recorded.AnnouncedOn, DayMin, inForceOn);
        if (!opened.Faults.None)
            return new Happened([]);
        var notice = announcedOn is { } day
            ? opened.Law.Count(PlatformRule.NoticeClock([]), Shanghai.StartOf(day))
            : null;
        var asks = opened.Law.Rules.InForce(PlatformRule.NoticeClock([]), inForceOn) is not null;
        var next = PlatformRule.Fold(rule, drafted.Event!, opened.Now);
        var done = next.Record(
            next.Versions[^1],
            opened.Caller.Account,
            announcedOn,
            inForceOn,
            opened.Today,
            notice,
            asks
        );
        return done.Refusal is { } late ? late : new Happened([.. before, drafted.Event!, done.Event!]);
    }

    private static Decided<Happened> Publish(Opened opened, PublishRequest body)
    {
        var known = Enum.GetValues<RuleGround>().Select(ground => (Words.Of(ground), ground)).ToArray();
        var grounds = (body.Grounds ?? [])
            .Select(word => opened.Faults.Word("grounds", word, known))
            .Distinct()
            .Order()
            .ToList();
        var wanted = new RulePublication(
            Day(opened, "inForceOn", body.InForceOn, DayMin, opened.Today.AddYears(YearsAheadMax)),
            grounds,
            Some(opened, "transitionFrom", body.TransitionFrom, DayMin, opened.Today.AddYears(YearsAheadMax)),
            opened.Faults.Text("asked", body.Asked, 0, ChangeMax) is { Length: > 0 } asked ? asked : null
        );
        if (!opened.Faults.None)
            return new Happened([]);
        var notice = opened.Law.Count(PlatformRule.NoticeClock(grounds), opened.Now);
        return One(opened.Rule.Publish(opened.Newest, wanted, opened.Today, notice, opened.Unanswered));
    }

    private static DateOnly Day(Opened opened, string field, string? typed, DateOnly from, DateOnly to)
    {
        var day = Some(opened, field, typed, from, to);
        opened.Faults.If(day is null, field, Fault.Required);
        return day ?? opened.Today;
    }

    private static DateOnly? Some(Opened opened, string field, string? typed, DateOnly from, DateOnly to)
    {
        var day = opened.Faults.Date(field, typed);
        opened.Faults.If(day < from || day > to, field, Fault.DayBetween(from, to));
        return day;
    }

    // What is in force already may have been written in one language.
    private static RuleWording Wording(Opened opened, TextRequest body, bool isRecorded)
    {
        var (faults, least) = (opened.Faults, isRecorded ? 0 : 2);
        var titleZh = Line(faults, "titleZh", body.TitleZh);
        var titleEn = Line(faults, "titleEn", body.TitleEn);
        var zh = faults.Text("zh", body.Zh, least, RuleText.TextMax);
        var en = faults.Text("en", body.En, least, RuleText.TextMax);
        faults.If(zh.Length + en.Length == 0, "zh", Fault.Required);
        var changeZh = faults.Text("changeZh", body.ChangeZh, least, ChangeMax);
        var changeEn = faults.Text("changeEn", body.ChangeEn, least, ChangeMax);
        var reasonZh = faults.Text("reasonZh", body.ReasonZh, least, ChangeMax);
        var reasonEn = faults.Text("reasonEn", body.ReasonEn, least, ChangeMax);
        var clauses = RuleText.Clauses(zh, en, isRecorded, faults);
        return new RuleWording(titleZh, titleEn, clauses, changeZh, changeEn, Said(reasonZh), Said(reasonEn));
        static string? Said(string text) => text.Length > 0 ? text : null;
    }

    private static string Line(FieldFaults faults, string field, string? typed)
    {
        var line = faults.Line(field, typed, TitleMax);
        faults.If(line is null, field, Fault.Required);
        return line ?? "";
    }

    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var (services, ct) = (http.RequestServices, http.RequestAborted);
        var (store, law) = (services.GetRequiredService<Store>(), services.GetRequiredService<Law>());
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        if (http.Request.RouteValues["id"] is not { } typed)
            return new Opened(new Loaded<PlatformRule>(StreamId.Next(), 0, 0, null), caller, store, law, kind);
        if (!Guid.TryParse(typed.ToString(), out var id))
            return null;
        var loaded = await store.Load(RuleBook.Instance, id, ct);
        return loaded.State is not { } rule
            ? null
            : new Opened(loaded, caller, store, law, kind)
            {
                Unanswered = await OpinionBook.Unanswered(store, id, rule.Versions[^1].No, ct),
            };
    }

    private static async Task<IResult> Save(HttpContext http, Opened opened, Happened happened)
    {
        var (id, isNew) = (opened.Loaded.Id, opened.Loaded.State is null);
        var change = opened.Store.Change(
            RuleBook.Instance,
            opened.Loaded,
            opened.Now,
            opened.Caller.Author,
            happened.Events
        );
        var after = happened.Events.Aggregate(
            opened.Loaded.State,
            (rule, one) => PlatformRule.Fold(rule, one, opened.Now)
        )!;
        var view = RuleView.Of(id, after, after.Versions[^1].No, opened.Today, opened.Today, drafts: true);
        var (answer, once) = Idempotency.Answer(
            http,
            isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            view,
            isNew ? $"/api/v1/rules/{id:D}" : null
        );
        return Answers.After(await opened.Store.Append(new Commit([change], once), http.RequestAborted), answer);
    }
}
