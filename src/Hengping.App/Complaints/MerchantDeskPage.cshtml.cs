using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Complaints;

/// <summary>商家工作台: today first, and what answering now does to the index.</summary>
public sealed class MerchantDeskPage(Store store) : HousePage(store)
{
    /// <summary>The first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views =
    [
        "waiting",
        "replied",
        "mediation",
        "contested",
        "all",
        "filed",
    ];

    private static readonly Dictionary<string, string> WhereOf = new(StringComparer.Ordinal)
    {
        ["waiting"] = " and c.status in ('delivered', 'unreached')",
        ["replied"] = " and c.status in ('replied', 'settled')",
        ["mediation"] = " and c.status = 'inMediation'",
        ["contested"] = " and c.status = 'contested'",
        ["all"] = "",
        ["filed"] = "",
    };

    private const string Own = "c.claimant_merchant = @merchant";
    private long _filed;
    private IReadOnlyDictionary<Status, long> _counts = new Dictionary<Status, long>();

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "waiting";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Guid Merchant { get; private set; }
    public string MerchantName { get; private set; } = "";

    /// <summary>Waiting cases whose 72 hours end within a day.</summary>
    public long SoonCount { get; private set; }

    /// <summary>The index of this month now, and if all waiting cases were answered in time.</summary>
    public (decimal Now, decimal After)? Effect { get; private set; }
    public CaseTable Table { get; private set; } = null!;

    /// <summary>Cases in a view.</summary>
    public long CountOf(string view) =>
        view switch
        {
            "waiting" => Of(Status.Delivered) + Of(Status.Unreached),
            "replied" => Of(Status.Replied) + Of(Status.Settled),
            "mediation" => Of(Status.InMediation),
            "contested" => Of(Status.Contested),
            "filed" => _filed,
            _ => _counts.Values.Sum(),
        };

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (Me is not { Role: Role.Merchant, Merchant: { } merchant })
            return Forbid();
        if (!WhereOf.TryGetValue(View, out var more))
            (View, more) = (Views[0], WhereOf[Views[0]]);
        Merchant = merchant;
        MerchantName = (await MerchantDirectory.Find(Store, merchant, Ct))?.Name ?? "";
        const string mine = "c.delivered_at is not null and (c.respondent = @merchant or c.shop = @merchant)";
        _counts = await CaseLists.Counts(Store, mine, new { merchant }, Ct);
        _filed = await Store.First<long>($"select count(*) from complaints c where {Own}", new { merchant }, Ct);
        await Measure();
        await Weigh();
        Table = await CaseLists.Read(
            Store,
            View == "filed" ? Own : mine + more,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["merchant"] = merchant },
            View is "all" or "filed" ? "newest" : "soon",
            Cursor,
            View == "filed" ? Party.Claimant : Party.Respondent,
            (Texts.T("merchant.empty"), Texts.T("merchant.empty.do")),
            Ct
        );
        return Page();
    }

    private long Of(Status status) => _counts.GetValueOrDefault(status);

    private async Task Measure()
    {
        var soon = Now.AddHours(24).ToUnixTimeMilliseconds();
        SoonCount = await Store.First<long>(
            """
            select count(*) from complaints c where c.respondent = @merchant
              and c.status in ('delivered', 'unreached') and c.due_at > @now and c.due_at <= @soon
            """,
            new
            {
                merchant = Merchant,
                now = Now.ToUnixTimeMilliseconds(),
                soon,
            },
            Ct
        );
    }

    /// <summary>The month's index now, and with a valid reply to everything that waits, sent this minute.</summary>
    private async Task Weigh()
    {
        if (CountOf("waiting") == 0)
            return;
        var merchants = await RatedMerchants.Read(Store, sector: null, asOf: null, Ct);
        var month = Periods.Month(Hengping.Rules.Clocks.Shanghai.DayOf(Now));
        var asked = ListRequest.Parse(month, sector: null, side: null, policy: null, Unscored.Zero, Now).Event!;
        var (now, _) = await Standing.OfMerchant(Store, asked, merchants, Merchant, Ct);
        var delivered = await Store.Query<long>(
            """
            select delivered_at from complaints where respondent = @merchant and side = 'consumer'
              and status in ('delivered', 'unreached') and delivered_at >= @from and replied_at is null
            """,
            new { merchant = Merchant, from = asked.Period.From.ToUnixTimeMilliseconds() },
            Ct
        );
        var (valid, replied, tenths) = (now.Valid, now.Replied + delivered.Count, now.Tenths);
        foreach (var at in delivered)
        {
            var answered = RatingIndex.ClassOf(Now.ToUnixTimeMilliseconds() - at);
            tenths += RatingIndex.TenthsOf(answered);
            valid += answered == Answered.Late ? 0 : 1;
        }
        // The roll-ups hear of a case a moment after its commit: better no figure than one that cannot be.
        if (replied > valid)
            return;
        Effect = (Index(now.Valid, now.Replied, now.Tenths, now), Index(valid, replied, tenths, now));
    }

    private static decimal Index(long valid, long replied, long tenths, in Tally tally) =>
        RatingIndex.Printed(
            RatingIndex.Thousandths(valid, replied, tenths, tally.Scored, tally.ScoreMilli, Unscored.Zero),
            decimals: 3
        );
}
