using Hengping.App;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What the commands make of open data: out of the store, from files, from a site.</summary>
public sealed class OpenDataCommands
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Open_data_go_out_in_one_file_or_many_and_verify_from_there_and_from_the_site(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("甲", "brand");
        for (var i = 0; i < 7; i++)
            await DeliveredCase.Add(site.Store, shop, $"p{i}", Days.Monday.AddDays(-30).AddHours(i));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        var asked = ListRequest.Parse("2026-09", null, null, null, Unscored.Zero, site.Store.Now).Event!;
        var published = (await PublishList.Run(site.Store, asked, null, "cli", Ct)).Event!;

        var list = Path.Combine(site.Place.Data, "list.json");
        var (pack, folder) = (Path.ChangeExtension(list, ".zip"), Path.ChangeExtension(list, null));
        (await Run(site, "export", "list", "2026-09", "--out", list)).ShouldBe(0);
        (await File.ReadAllTextAsync(list, Ct)).ShouldBe(published.Json + "\n");
        (await Run(site, "export", "complaints", "2026-09", "--out", pack)).ShouldBe(0);
        (await Run(site, "export", "complaints", "2026-09", "--out", folder)).ShouldBe(0);
        Directory
            .GetFiles(folder)
            .Select(Path.GetFileName)
            .Order()
            .ShouldBe(["README.md", "answers.csv", "described.csv", "outcomes.csv", "scores.csv"], ignoreOrder: true);
        (await Run(site, "export", "complaints", "2026-09", "--format", "ndjson", "--out", folder)).ShouldBe(0);
        (await File.ReadAllLinesAsync(Path.Combine(folder, "scores.ndjson"), Ct)).ShouldAllBe(line =>
            line == $$"""{"merchantId":"{{shop:D}}","score":10}"""
        );

        (await Run(site, "verify", list)).ShouldBe(0);
        (await Run(site, "verify", list, "--cases", pack)).ShouldBe(0);
        (await Run(site, "verify", list, "--cases", folder)).ShouldBe(0);
        (await Run(site, "verify", "--period", "2026-09", "--from", site.Address.ToString())).ShouldBe(0);
        (await Run(site, "verify", "--period", "2026-08", "--from", site.Address.ToString())).ShouldBe(1);
        (await Run(site, "verify", "--period", "2026-09", "--from", "http://127.0.0.1:1")).ShouldBe(1);
        (await Run(site, "verify", "--period", "2026-09")).ShouldBe(2);

        var scores = Path.Combine(folder, "scores.csv");
        await File.WriteAllTextAsync(scores, (await File.ReadAllTextAsync(scores, Ct)).Replace(",10\n", ",9\n"), Ct);
        (await Run(site, "verify", list, "--cases", folder)).ShouldBe(1);
        (await Run(site, "export", "complaints", "2026-08", "--out", pack)).ShouldBe(1);
    }

    private static Task<int> Run(Site site, params string[] args)
    {
        string[] place = ["--data", site.Place.Data, "--keys", site.Place.Keys];
        string[] database = site.Place.Postgres is { } db ? ["--db", db] : [];
        return Cli.Run(Rooms.House.Commands(), [.. args, .. place, .. database]);
    }
}
