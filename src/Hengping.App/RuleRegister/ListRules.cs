using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary><c>GET /rules</c>: anyone reads; drafts are for those who work at them.</summary>
public static class ListRules
{
    /// <summary>Rows of a rule beside what is in force: what is coming, or only drafted.</summary>
    private const string Select = $"""
        select r.id as Id, r.topic as Topic, r.title_zh as TitleZh, r.title_en as TitleEn,
               v.version as Version, v.in_force_on as InForceOn,
               (select max(n.version) from rule_versions n where n.rule = r.id and not n.withdrawn
                  and (n.in_force_on is null or n.in_force_on > @on)
                  and (@drafts or n.in_force_on is not null or n.consultation_until is not null)) as Coming
        from rules r left join rule_versions v on v.rule = r.id and {ClausesInForce.InForce}
        """;

    /// <summary>SQL about <c>c</c>: its version was in force on a day up to <c>@on</c>.</summary>
    private const string WasInForce = """
        exists (select 1 from rule_versions o where o.rule = c.rule and o.version = c.version
                  and not o.withdrawn and o.in_force_on <= @on)
        """;

    private static readonly ListOrder<Row> Order = new(
        "title",
        ListOrder<Row>.By("r.topic", row => row.Topic),
        ListOrder<Row>.By("r.title_zh", row => row.TitleZh),
        ListOrder<Row>.By("r.id", row => row.Id)
    );

    /// <summary>One rule.</summary>
    /// <param name="Version">In force today; null where none is yet.</param>
    /// <param name="Coming">A version that is on its way.</param>
    /// <param name="Hits">Where it holds what was looked for.</param>
    public sealed record Item(
        Guid Id,
        RuleTopic Topic,
        string TitleZh,
        string TitleEn,
        int? Version,
        DateOnly? InForceOn,
        int? Coming,
        IReadOnlyList<RuleHit> Hits
    );

    /// <summary>A page of the list.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? Cursor);

    /// <summary>What is asked for.</summary>
    /// <param name="Old">Words are looked for in versions that were in force before, too.</param>
    public sealed record Wanted(
        string? Words,
        RuleTopic? Topic,
        int Size = 20,
        string? Cursor = null,
        bool Old = false
    );

    private sealed record Row(
        Guid Id,
        string Topic,
        string TitleZh,
        string TitleEn,
        long? Version,
        string? InForceOn,
        long? Coming
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder rules) => rules.MapGet("", Handle).Produces<Page>().Anyone();

    private static async Task<IResult> Handle(HttpContext http, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var address = new ListAddress(http.Request.Query, faults);
        var wanted = new Wanted(
            faults.Line("q", address.Said("q"), 80),
            address.Words<RuleTopic>("topic") is [var topic, ..] ? topic : null,
            address.Size(),
            address.Cursor(Order),
            address.Said("old") is "true" or "1"
        );
        return faults.None
            ? Results.Json(await Of(store, Caller.Of(http.User), wanted, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>Who works at rules reads drafts, too.</summary>
    public static bool ReadsDrafts(Caller? caller) => caller?.Role is Role.Admin or Role.Reviewer;

    /// <summary>By topic and title.</summary>
    public static async Task<Page> Of(Store store, Caller? caller, Wanted wanted, CancellationToken ct)
    {
        var drafts = ReadsDrafts(caller);
        var where = new Conditions()
            .With("on", ClausesInForce.Day(Shanghai.DayOf(store.Now)))
            .With("drafts", drafts)
            .Holds("r.topic", "topic", wanted.Topic is { } topic ? [Words.Of(topic)] : []);
        if (!drafts)
            where.And("r.has_public");
        var words = RuleSearch.WordsOf(wanted.Words);
        var which = wanted.Old ? WasInForce : "c.version = v.version";
        if (words.Count > 0)
            where.And(
                $"""
                (({RuleSearch.Holds("r.words", words, where.Args)}) or exists (
                  select 1 from rule_clauses c where c.rule = r.id and {which}
                    and {RuleSearch.Holds("c.words", words, where.Args)}))
                """
            );
        Order.GoOn(where, wanted.Cursor);
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var (rows, next) = await Order.Read(store, Select, where, size, ct);
        var items = new List<Item>();
        foreach (var row in rows)
        {
            var hits = row.Version is { } no ? await RuleSearch.Hits(store, row.Id, (int)no, words, ct) : [];
            if (wanted.Old)
                hits = [.. hits, .. await RuleSearch.OldHits(store, row.Id, words, ct)];
            items.Add(
                new Item(
                    row.Id,
                    Words.Parse<RuleTopic>(row.Topic) ?? RuleTopic.Other,
                    row.TitleZh,
                    row.TitleEn,
                    (int?)row.Version,
                    row.InForceOn is { } day ? RuleView.DayOf(day) : null,
                    (int?)row.Coming,
                    hits
                )
            );
        }
        return new Page(items, next);
    }
}
