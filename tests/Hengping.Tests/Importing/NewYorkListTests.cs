using System.Globalization;
using CsvHelper;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>The check figures of New York's mediations, from the file to the list.</summary>
public sealed class NewYorkListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_list_of_all_years_meets_every_check_figure(Db engine)
    {
        var path = SharedData.Complaints("nyc_dca_mediated_2015_4495.csv");
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        (await ImportRunTests.Import(store, path, "nyc")).Imported.ShouldBe(4340);

        await Listening.CatchUp(store, [RatingsListener.Instance], Ct);
        var asked = ListRequest.Parse("all", null, "consumer", "2025-01", Unscored.Zero, store.Now).Event!;
        var list = await ExactLists.Now(store, asked, Ct);

        var rows = list.Rows.ToDictionary(row => row.Merchant, row => row, StringComparer.Ordinal);
        var expected = Expected();
        rows.Keys.Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
        foreach (var (merchant, figures) in expected)
            Figures(rows[merchant]).ShouldBe(figures, merchant);
    }

    private static string Figures(RatingRow row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Valid} {row.Replied} {row.Scored} {row.ReplyRate * 100:0.00} {row.Timeliness:0.000} "
                + $"{row.Satisfaction:0.000} {row.Index:0.000}"
        );

    private static Dictionary<string, string> Expected()
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        using var csv = CsvReader.FromFile(SharedData.Complaints("expected_nyc_2015.csv"));
        while (csv.Read())
        {
            var cells = csv.Current.ToArray();
            expected.Add(cells[0], string.Join(' ', cells[1..8]));
        }
        return expected;
    }
}
