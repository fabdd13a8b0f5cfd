using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.MerchantPages;

/// <summary>A kind of problem or a sector, and its complaints of the last 12 months.</summary>
/// <param name="Path">Where to read on.</param>
public sealed record Topic(string Name, string Path, bool IsSector, long Cases);

/// <summary>
/// 查询: a merchant's name, a topic, or a case number, which leads to the progress of that case.
/// </summary>
public sealed class SearchPage(Store store) : HousePage(store)
{
    private const int FoundMax = 40;

    [BindProperty(SupportsGet = true)]
    public string Q { get; set; } = "";

    private const int TopicsMax = 6;

    private sealed record Counted(string Code, long Cases);

    public IReadOnlyList<Topic> Topics { get; private set; } = [];
    public IReadOnlyList<MerchantRow> Found { get; private set; } = [];

    /// <summary>Name of a merchant's sector.</summary>
    public string SectorOf(MerchantRow merchant) => Names.Sector(merchant.Sector);

    public async Task<IActionResult> OnGet()
    {
        Q = (Q ?? "").Trim();
        if (CaseNumber.Parse(Q) is { } number)
            return Redirect(Me is null ? $"/progress?number={number}" : $"/cases/{number}");
        if (Q.Length > 0)
        {
            Found = await MerchantSearch.Find(Store, Q, FoundMax, Me, Ct);
            Topics = await Asked();
        }
        return Found.Count == 1 && Topics.Count == 0 ? Redirect($"/merchants/{Found[0].Id}") : Page();
    }

    private async Task<IReadOnlyList<Topic>> Asked()
    {
        var lists = Taxonomies.Taxonomies.Current;
        var sectors = lists.Sectors.Where(IsAsked).Take(TopicsMax).ToList();
        var problems = lists.Problems.Where(one => MayFile && IsAsked(one)).Take(TopicsMax).ToList();
        var bySector = await Count("sector", sectors);
        var byProblem = await Count("problem", problems);
        Topic Of(Taxonomies.Choice choice, bool isSector, long cases) =>
            new(
                Names.Of(choice),
                isSector ? "/ratings?sector=" + choice.Code : "/file?problem=" + choice.Code,
                isSector,
                cases
            );
        return
        [
            .. sectors.Select(s => Of(s, isSector: true, bySector.GetValueOrDefault(s.Code))),
            .. problems.Select(p => Of(p, isSector: false, byProblem.GetValueOrDefault(p.Code))),
        ];
    }

    // "退款" finds 退款问题, and so do "退款问题怎么办" and "不退钱"; "耳机" finds the sector that sells them.
    private bool IsAsked(Taxonomies.Choice choice) =>
        choice.Zh.Contains(Q, StringComparison.OrdinalIgnoreCase)
        || choice.En.Contains(Q, StringComparison.OrdinalIgnoreCase)
        || Q.Contains(choice.Zh, StringComparison.OrdinalIgnoreCase)
        || (choice.Words ?? []).Any(word => IsSaid(word));

    // English words are words: a card is no car.
    private bool IsSaid(string word) =>
        char.IsAscii(word[0])
            ? $" {Q} ".Contains($" {word} ", StringComparison.OrdinalIgnoreCase)
            : Q.Contains(word, StringComparison.Ordinal)
                || (Q.Length > 1 && word.Contains(Q, StringComparison.Ordinal));

    // The column is one of ours, never what a reader typed.
    private async Task<Dictionary<string, long>> Count(string column, IReadOnlyList<Taxonomies.Choice> choices)
    {
        if (choices.Count == 0)
            return [];
        // How they ended is told by merchant alone, of groups: of a kind of problem it would tell a single one's word.
        var rows = await KeptForDay.Read(
            Store,
            column,
            () =>
                Store.Query<Counted>(
                    $"""
                    select {column} as Code, count(*) as Cases
                    from rating_cases
                    where side = @side and day >= @since and excluded is null and {column} is not null
                    group by {column}
                    """,
                    new { side = Words.Of(Side.Consumer), since = Cells.DayOf(Now.AddYears(-1)) },
                    Ct
                ),
            counted => counted.Sum(one => one.Cases)
        );
        return rows.ToDictionary(row => row.Code, row => row.Cases, StringComparer.Ordinal);
    }
}
