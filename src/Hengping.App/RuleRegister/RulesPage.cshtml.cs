using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.RuleRegister;

/// <summary>平台规则: all of them by topic, and what they say by words.</summary>
public sealed class RulesPage(Store store) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Topic { get; set; }

    /// <summary>Also in versions that hold no more.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Old { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<ListRules.Item> Items { get; private set; } = [];

    /// <summary>Where the list goes on.</summary>
    public string? Next { get; private set; }

    /// <summary>What is on its way, soonest first.</summary>
    public IReadOnlyList<(ListRules.Item Item, VersionLine Version)> Coming { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (Q?.Length > 80)
            Q = Q[..80];
        var topic = Words.Parse<RuleTopic>(Topic);
        if (topic is null && Topic is { Length: > 0 })
            Fault("topic", Rules.Fields.Fault.Unknown);
        var page = await ListRules.Of(Store, Me, new ListRules.Wanted(Q, topic, Size: 50, Cursor, Old), Ct);
        (Items, Next) = (page.Items, page.Cursor);
        var today = Rules.Clocks.Shanghai.DayOf(Now);
        var coming = new List<(ListRules.Item, VersionLine)>();
        foreach (var item in Items.Where(one => one.Coming is not null))
            if (
                (await Store.Load(RuleBook.Instance, item.Id, Ct)).State is { } rule
                && rule.Find(item.Coming!.Value) is { } version
            )
                coming.Add((item, VersionLine.Of(rule, version, today)));
        Coming = coming;
        return Faults.Count == 0 ? Page() : Again();
    }
}
