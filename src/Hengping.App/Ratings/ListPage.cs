using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Ratings;

/// <summary>A page about one list: period, sector and side are in its address.</summary>
public abstract class ListPage(Store store) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sector { get; set; }

    [BindProperty(SupportsGet = true, Name = "side")]
    public string? SideWord { get; set; }

    /// <summary>Merchants of the list that were chosen; they stay chosen when the filter moves.</summary>
    public IReadOnlyList<RatingRow> Chosen { get; protected set; } = [];
    public Side Side { get; private set; }

    /// <summary>The list that the address names.</summary>
    public ListRequest? Which { get; private set; }
    public RatingList? List { get; private set; }

    /// <summary>The published list, when this one is.</summary>
    public ShownFrozen? Frozen { get; private set; }
    public IReadOnlyList<PeriodChoice> Periods { get; private set; } = [];
    public IReadOnlyList<Option> Sectors { get; private set; } = [];
    public string PeriodName => Design.Periods.Name(Period!, Now);
    public string? SectorName => Sector is null ? null : Names.Sector(Sector);

    /// <summary>The list's period, for whoever recomputes it.</summary>
    public Period? Span { get; private set; }

    /// <summary>By merchant, what was decided since the list was published.</summary>
    public IReadOnlyDictionary<Guid, LaterDecisions> Later { get; private set; } =
        new Dictionary<Guid, LaterDecisions>();

    /// <summary>The same of the whole list in words; null where there is nothing.</summary>
    public string? LaterWords =>
        LaterDecisions.Sum(Later.Values) is { } sum ? Texts.T("later.list", sum.Words()) : null;

    /// <summary>The same of a row.</summary>
    public string? LaterOf(RatingRow row) =>
        Later.TryGetValue(row.MerchantId, out var later) ? Texts.T("later.row", later.Words()) : null;

    /// <summary>Sector and side as they stand in the address of this list, beginning with <c>?</c>; or "".</summary>
    public string ApiQuery
    {
        get
        {
            var parts = new List<string>();
            if (Sector is not null)
                parts.Add("sector=" + Sector);
            if (Side == Side.Merchant)
                parts.Add("side=merchant");
            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    /// <summary>Orders that a reader can choose, that of the list first; none where there is no choice.</summary>
    public virtual IReadOnlyList<string> Sorts => [];

    /// <summary>The order that was chosen: <c>replyRate</c>, the other way round <c>-replyRate</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>This list at another page: <c>/ratings?period=…</c>.</summary>
    public string At(string page) => $"{page}?period={Period}{ApiQuery.Replace('?', '&')}";

    /// <summary>Where whoever found an empty list may look instead.</summary>
    public string OtherPeriod => Period == Design.Periods.Year(Now) ? "all" : Design.Periods.Year(Now);

    /// <summary>Reads the list the address names.</summary>
    /// <returns>False where there is no such list.</returns>
    protected async Task<bool> Read()
    {
        Sector = string.IsNullOrEmpty(Sector) ? null : Sector;
        Side = SideWord == "merchant" ? Side.Merchant : Side.Consumer;
        Period ??= await Published.LatestPeriod(Store, Ct) ?? Design.Periods.Year(Now);
        var asked = ListRequest.Parse(Period, Sector, Words.Of(Side), policy: null, Unscored.Zero, Now);
        if (asked.Refusal is not null)
            return false;
        Periods = Design.Periods.Offered(Now);
        if (Periods.All(p => p.Code != Period))
            Periods = [new PeriodChoice(Period, "now", PeriodName), .. Periods];
        Sectors = [.. Taxonomies.Taxonomies.Current.Sectors.Select(s => new Option(s.Code, Names.Of(s), s.Parent))];
        Which = asked.Event!;
        Span = Which.Period;
        Frozen = await Published.Find(Store, Which, Ct);
        if (Frozen is not null)
            Later = await LaterDecisions.Read(Store, Which, Frozen.List, Ct);
        List = Frozen?.List ?? await LiveLists.Read(Store, Which, Ct);
        return true;
    }
}
