using Hengping.App;
using Hengping.App.Calc;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Hengping.Tests.Operators;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Calc;

/// <summary>The calculator counts by the calendar of the store it is pointed at.</summary>
public sealed class CalcByStore
{
    // Seven working days from the last but one of 2026 end in 2027.
    private static readonly string[] Asked = ["calc", "deadline", "2026-12-30", "working-days", "7"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_year_that_an_admin_loaded_is_known_to_calc(Db db)
    {
        await using var site = await Site.Start(db, Days.At("2026-12-30 10:00:00"));
        string[] place = ["--data", site.Place.Data, "--keys", site.Place.Keys];
        string[] database = site.Place.Postgres is { } at ? ["--db", at] : [];
        string[] call = [.. Asked, .. place, .. database];
        (await Cli.Run(Rooms.House.Commands(), call)).ShouldBe(1);

        var admin = await site.Browsing(await site.As(Role.Admin));
        (await admin.Send("/admin/calendar", "Load", ("text", CalendarLoading.Notice))).Status.ShouldBe(302);
        (await site.Appends([], () => Cli.Run(Rooms.House.Commands(), call))).ShouldBe(0);
        var law = await CalcCommand.LawOf(Rooms.House.Commands().Parse(call), Ct);
        LawBook.All(law)[0].Compute(["2026-12-30", "working-days", "7", "", ""]).Event.ShouldBe(["2027-01-09"]);
    }

    [Fact]
    public async Task Where_there_is_no_store_none_is_made()
    {
        var data = Scratch.NewFolder();
        (
            await Cli.Run(Rooms.House.Commands(), ["calc", "deadline", "2026-09-30", "days", "7", "--data", data])
        ).ShouldBe(0);
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty();
    }
}
