using System.Net.Http.Headers;
using System.Text;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A form that breaks off, or is none, is the sender's fault at every door that takes one.</summary>
public sealed class BrokenForms(Sites sites) : IClassFixture<Sites>
{
    private const string Part =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\nGIF89a";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<Db, string> EachWay() =>
        new(Enum.GetValues<Db>(), ["breaks off", "has no end", "other boundary", "no boundary", "odd header"]);

    [Theory, MemberData(nameof(EachWay))]
    public async Task A_broken_form_is_refused_at_every_door(Db engine, string way)
    {
        var site = await sites.On(engine);
        var (body, type) = way switch
        {
            "breaks off" => (Part[..40], "multipart/form-data; boundary=b"),
            "has no end" => (Part, "multipart/form-data; boundary=b"),
            "other boundary" => (Part + "\r\n--b--\r\n", "multipart/form-data; boundary=other"),
            "no boundary" => (Part + "\r\n--b--\r\n", "multipart/form-data"),
            _ => ("--b\r\nno colon here\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        };
        var claimant = await site.As(Role.Claimant);
        var browser = await site.Browsing(claimant);
        var doors = Doors(site);
        doors.Count.ShouldBeGreaterThan(20);
        foreach (var door in doors)
        {
            var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            var caller = door.StartsWith("/api", StringComparison.Ordinal) ? claimant : browser;
            using var answer = await site.Appends([], () => caller.PostAsync(door, content, Ct));
            var status = (int)answer.StatusCode;
            if (IsLarge.Contains(door.Split('/')[1]) || door.EndsWith("/evidence", StringComparison.Ordinal))
                status.ShouldBe(400, $"{door}: {await answer.Content.ReadAsStringAsync(Ct)}");
            else
                // Somebody else's page sends them away first.
                status.ShouldBeInRange(300, 499, door);
        }
        site.Log.All.ShouldAllBe(line => !line.Contains("unhandled"));
    }

    private static readonly string[] IsLarge = ["report", "file", "upload", "answer"];

    // Every page, and what of the API takes forms.
    private static List<string> Doors(Site site) =>
        [
            "/api/v1/evidence",
            "/api/v1/reports/follow/evidence",
            .. site.Of<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Select(one => "/" + one.RoutePattern.RawText!.TrimStart('/'))
                .Where(path => !path.StartsWith("/api", StringComparison.Ordinal) && !path.Contains('*'))
                .Where(path => !path.Contains('.') && !path.StartsWith("/error", StringComparison.Ordinal))
                .Select(path =>
                    path.Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
                        .Replace("{number}", "7K3M-9QXA-2BTC", StringComparison.Ordinal)
                )
                .Where(path => !path.Contains('{'))
                .Distinct(StringComparer.Ordinal),
        ];
}
