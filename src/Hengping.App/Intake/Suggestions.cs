using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Intake;

/// <summary>A merchant one may mean, with its numbers of the year to date where there are enough.</summary>
public sealed record Suggestion(Guid Id, string Name, RatingRow? Row)
{
    /// <summary>The share it answered, in a sentence.</summary>
    public string Said =>
        Row is { } row
            ? Texts.T("file.expect", Say.Whole(row.ReplyRate), Say.Count(row.Valid))
            : Texts.T("file.expect.few");
}

/// <summary>The merchants to choose from, of a name that was typed.</summary>
public sealed record WhomChoices(string Name, IReadOnlyList<Suggestion> All, Guid? Chosen);

/// <summary><c>GET /merchants/suggest?q=</c>: whom somebody may mean who types; the button reads the same.</summary>
public static class Suggestions
{
    /// <summary>As many as a phone shows above its keyboard.</summary>
    public const int Max = 6;

    /// <summary>One as the door shows it.</summary>
    /// <param name="Grade">Null where there are too few complaints to rate.</param>
    /// <param name="Said">The share it answered, in the language asked for.</param>
    public sealed record Shown(Guid Id, string Name, string Sector, bool Platform, Grade? Grade, string Said);

    private sealed record Page(IReadOnlyList<Shown> Items);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/merchants/suggest", Suggest).Anyone();

    private static async Task<IResult> Suggest(
        HttpContext http,
        Store store,
        string? q,
        string? side,
        CancellationToken ct
    )
    {
        var by = side is null ? Side.Consumer : Words.Parse<Side>(side) ?? Side.Consumer;
        var found = await MerchantSearch.WhileTyped(store, q ?? "", Max, Caller.Of(http.User), ct);
        var rated = await Rated(store, found, by, ct);
        var rows = found.ToDictionary(row => row.Id);
        return Results.Ok(
            new Page([
                .. rated.Select(one => new Shown(
                    one.Id,
                    one.Name,
                    rows[one.Id].Sector,
                    rows[one.Id].Platform,
                    one.Row?.Grade,
                    one.Said
                )),
            ])
        );
    }

    /// <summary>With their numbers; merchants complain of platforms alone.</summary>
    public static async Task<IReadOnlyList<Suggestion>> Rated(
        Store store,
        IReadOnlyList<MerchantRow> found,
        Side side,
        CancellationToken ct
    )
    {
        var wanted = found.Where(m => side == Side.Consumer || m.Platform).ToList();
        if (wanted.Count == 0)
            return [];
        var merchants = await RatedMerchants.Read(store, sector: null, asOf: null, ct);
        var asked = ListRequest
            .Parse(Periods.Year(store.Now), sector: null, side: null, policy: null, Unscored.Zero, store.Now)
            .Event!;
        var rated = new List<Suggestion>();
        foreach (var merchant in wanted)
        {
            var (tally, _) = await LiveLists.OfMerchant(store, asked, merchants, merchant.Id, ct);
            var row =
                tally.Valid >= Policy.MinimumValid
                    ? RatingList.RowOf(tally, merchants[merchant.Id], asked.Policy)
                    : null;
            rated.Add(new Suggestion(merchant.Id, merchant.Name, row));
        }
        return rated;
    }
}
