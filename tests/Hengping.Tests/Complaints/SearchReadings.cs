using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>What of a search is somebody reading a case: the rows hold no words, and what was opened to find is not.
/// </summary>
public sealed class SearchReadings(Sites sites) : IClassFixture<Sites>
{
    [Theory, ClassData(typeof(BothEngines))]
    public async Task Texts_opened_to_find_a_case_are_no_reading_of_it(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var word = "𠮷" + Sites.OwnName("铜壶编号");
        var id = await desk.Filed(desk.Body("story", $"买的{word}第三天就不加热了，商家一直不回复。"));
        await Listening.CatchUp(
            desk.Site.Store,
            [new CaseSearchListener(desk.Site.Store)],
            TestContext.Current.CancellationToken
        );

        var found = await desk.Site.Appends(
            [],
            () => desk.Mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString(word)}").Json()
        );

        // A letter beyond the basic plane is one, too, and a case is not found by half of it.
        (await Found("𠮷铜")).ShouldBe(1);
        (await Found("𠮸铜")).ShouldBe(0);

        var row = found.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("id").GetString().ShouldBe(id);
        row.GetRawText().ShouldNotContain(word);

        async Task<int> Found(string words) =>
            (await desk.Mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString(words)}").Json())
                .GetProperty("items")
                .GetArrayLength();
    }
}
