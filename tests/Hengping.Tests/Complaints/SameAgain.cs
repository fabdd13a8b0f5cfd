using System.Text.Json;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Rows and claims of cases are functions of their events: thrown away and built again they are the same.
/// </summary>
public sealed class SameAgain
{
    private static readonly string[] Tables =
    [
        "complaints",
        "complaint_evidence",
        "case_reads",
        "case_sightings",
        "merchants",
        "claims",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_rebuild_gives_the_same_rows_and_the_doors_go_on(Db db)
    {
        await using var desk = await Desk.Open(db);
        var picture = await desk
            .Claimant.Upload([0x89, .. "PNG\r\n\x1a\n"u8, .. new byte[64]], "a.png", "image/png")
            .Json(201);
        var order = desk.Body("orderNo", "DD-1");
        order["evidence"] = new[] { picture.GetProperty("id").GetGuid() };
        await desk.Filed(order);
        await desk.Filed(desk.Body("respondent", new { name = "新来的店" }));
        await desk.Settled();
        await desk.Contested();
        var open = await desk.InMediation();
        await Desk.Then(desk.Replied(), desk.Claimant, "score", new { satisfaction = 3, resolved = "partly" });
        await desk.Merchant.PostJson("/api/v1/complaints", desk.MerchantBody()).Json(201);
        await desk.Mediator.GetAsync(Desk.At(open)).Json();
        await (await desk.Site.Browsing(desk.Mediator)).GetStringAsync("/desk", Ct);
        desk.Site.Clock.Turn(TimeSpan.FromDays(3));
        await desk.Site.Of<ComplaintTicks>().RunDue(Ct);

        var before = await Dump(desk.Site.Store);
        await Rebuilding.Run(desk.Site.Store, [], null, Ct);
        (await Dump(desk.Site.Store)).ShouldBe(before);

        await desk.Claimant.PostJson("/api/v1/complaints", order).Refused(409, "complaint.duplicate");
        await desk.Mediator.PostJson(Desk.At(open, "terminate"), new { reason = "no-agreement" }).Json();
    }

    private static async Task<string> Dump(Store store)
    {
        var lines = new List<string>();
        foreach (var table in Tables)
        {
            var rows = await store.Query<dynamic>($"select * from {table}", null, Ct);
            rows.Count.ShouldBeGreaterThan(0, table);
            lines.AddRange(
                rows.Select(row => $"{table} {JsonSerializer.Serialize((IDictionary<string, object?>)row)}")
                    .Order(StringComparer.Ordinal)
            );
        }
        return string.Join('\n', lines);
    }
}
