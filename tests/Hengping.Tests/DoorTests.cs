using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// Nobody reads what is not theirs: every door of the API, as the program itself lists them, against every role, with
/// nobody's, a foreign and an unknown case. A new door is in here the moment it is mapped.
/// </summary>
public sealed partial class DoorTests(Sites sites) : IClassFixture<Sites>
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_door_refuses_who_has_no_token_and_whose_role_never_may()
    {
        var site = await sites.On(Db.Sqlite);
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        var callers = new Dictionary<Role, HttpClient>();
        foreach (var role in Roles)
            callers[role] = await site.As(role, role == Role.Merchant ? merchant : null);
        var stranger = Guid.CreateVersion7();
        var faults = new List<string>();
        foreach (var door in Doors(site).Where(door => door.To.Roles is not null))
        {
            await Expect(faults, site.Anyone, "nobody", door, stranger, 401);
            foreach (var role in Roles.Where(role => door.To.Roles!.Count > 0 && !door.To.Roles.Contains(role)))
                await Expect(faults, callers[role], Words.Of(role), door, stranger, 403);
        }
        faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_foreign_case_and_an_unknown_one_give_the_same_answer(Db engine)
    {
        var site = await sites.On(engine);
        var theirs = await site.Merchant(Sites.OwnName("晴川数码"));
        var claimant = await site.As(Role.Claimant, phone: "13900000001");
        var filing = Filing.To(theirs, "T1", "耳机右耳没有声音,联系客服三次都没有结果。");
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        var id = filed.GetProperty("id").GetGuid();
        await (await site.As(Role.Mediator)).PostJson($"/api/v1/complaints/{id}/deliver").Json();

        var strangers = new Dictionary<Role, HttpClient>
        {
            [Role.Claimant] = await site.As(Role.Claimant, phone: "13900000002"),
            [Role.Merchant] = await site.As(Role.Merchant, await site.Merchant(Sites.OwnName("别家"))),
            [Role.Lawyer] = await site.As(Role.Lawyer),
            [Role.Editor] = await site.As(Role.Editor),
            [Role.Lab] = await site.As(Role.Lab),
            [Role.Inspector] = await site.As(Role.Inspector),
        };
        var before = await site.Head();
        var faults = new List<string>();
        string[] paths = ["/api/v1/complaints/{id", "/api/v1/joint/{id"];
        var doors = Doors(site).Where(door => paths.Any(p => door.Path.StartsWith(p, StringComparison.Ordinal)));
        foreach (var door in doors.Where(door => door.To.Roles is not null))
        foreach (var (role, stranger) in strangers.Where(s => door.To.Roles is [] || door.To.Roles!.Contains(s.Key)))
        {
            var foreign = await Expect(faults, stranger, Words.Of(role), door, id, 404);
            var unknown = await Expect(faults, stranger, Words.Of(role), door, Guid.CreateVersion7(), 404);
            // The id of a merchant is no case's either.
            await Expect(faults, stranger, Words.Of(role), door, theirs, 404);
            if (foreign != unknown)
                faults.Add($"{Words.Of(role)} {door}: a foreign case answers otherwise than an unknown one");
        }
        faults.ShouldBeEmpty();
        (await site.Head()).ShouldBe(before, "a refusal writes nothing");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_token_that_is_none_is_told_so_at_open_doors_too(Db engine)
    {
        var site = await sites.On(engine);
        var before = await site.Head();
        var open = Doors(site).Where(door => door.To.Roles is null).ToList();
        open.Count.ShouldBeGreaterThan(5);
        foreach (var door in open)
        {
            using var request = new HttpRequestMessage(new HttpMethod(door.Method), At(door, Guid.CreateVersion7()));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "of-an-account-that-was-closed");
            if (door.Method == "POST")
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await site.Anyone.SendAsync(request, Ct);
            ((int)answer.StatusCode).ShouldBe(401, $"{door}");
        }
        (await site.Head()).ShouldBe(before);
    }

    // What only reads, or keeps a key in a way of its own.
    private static readonly (string Path, string Because)[] OfOwnWay =
    [
        ("/api/v1/progress", "reads"),
        ("/api/v1/appeals/lint", "reads"),
        ("/api/v1/reports", "under a name that does not stand beside the account"),
        ("/api/v1/reports/follow", "reads"),
        ("/api/v1/reports/follow/add", "the key is the report's: who follows has no account"),
        ("/api/v1/reports/follow/withdraw", "the same"),
        ("/api/v1/reports/follow/evidence", "the same"),
        ("/api/v1/webhooks/{id:guid}/test", "writes nothing: one try goes out, and its answer is shown"),
    ];

    [Fact]
    public async Task What_creates_or_decides_takes_a_key()
    {
        var site = await sites.On(Db.Sqlite);
        var open = Doors(site).Where(door => door is { Method: "POST", IsTakenOnce: false }).Select(door => door.Path);
        open.Order().ShouldBe(OfOwnWay.Select(row => row.Path).Order());
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_unknown_is_said_before_what_is_wrong_with_the_body(Db engine)
    {
        var site = await sites.On(engine);
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        var faults = new List<string>();
        var doors = Doors(site).Where(door => door.Method == "POST" && door.Path.Contains("{id"));
        foreach (var door in doors.Where(door => door.To.Roles is { Count: > 0 }))
        foreach (var role in door.To.Roles!)
        {
            using var caller = await site.As(role, role == Role.Merchant ? merchant : null);
            var path = At(door, Guid.CreateVersion7());
            foreach (var body in (string[])["{", """{"text":5,"reason":5,"decision":[]}"""])
            {
                using var sent = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await caller.PostAsync(path, sent, Ct);
                if ((int)answer.StatusCode != 404)
                    faults.Add($"{Words.Of(role)} {door} {body}: {(int)answer.StatusCode}");
            }
        }
        faults.ShouldBeEmpty();
    }

    /// <summary>What an address counts is there or not: a number that is none, or none of a thing, names nothing.
    /// </summary>
    [Fact]
    public async Task A_number_that_is_none_names_nothing()
    {
        var site = await sites.On(Db.Sqlite);
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        var (faults, asked) = (new List<string>(), 0);
        foreach (var door in Doors(site).Where(d => d.Path.Contains("{n", StringComparison.Ordinal)))
        {
            // The templates are the merchant's own; everything else numbered is of a thing that is not there.
            var role = door.To.Roles!.Contains(Role.Merchant) ? Role.Merchant : door.To.Roles![0];
            var caller = await site.As(role, role == Role.Merchant ? merchant : null);
            foreach (var number in new[] { "-1", "0", "99999999999", "x", "1.5" })
            {
                var path = door.Path.Replace("{n:int}", "{n}", StringComparison.Ordinal);
                var named = door with { Path = path.Replace("{n}", number, StringComparison.Ordinal) };
                await Expect(faults, caller, Words.Of(role), named, Guid.CreateVersion7(), 404);
                asked++;
            }
        }
        faults.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(20);
    }

    /// <summary>One way into the program.</summary>
    private sealed record Door(string Method, string Path, OpenTo To)
    {
        /// <summary>An Idempotency-Key sent twice does it once.</summary>
        public bool IsTakenOnce { get; init; }

        public override string ToString() => $"{Method} {Path}";
    }

    private static List<Door> Doors(Site site)
    {
        var doors =
            from route in site.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let path = "/" + route.RoutePattern.RawText?.TrimStart('/')
            let to = route.Metadata.GetMetadata<OpenTo>()
            where path.StartsWith("/api/v1/", StringComparison.Ordinal) && to is not null
            from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            select new Door(method, path.TrimEnd('/'), to)
            {
                IsTakenOnce = route.Metadata.GetMetadata<TakenOnce>() is not null,
            };
        return [.. doors];
    }

    private static string At(Door door, Guid id) =>
        door
            .Path.Replace("{id:guid}", $"{id:D}", StringComparison.Ordinal)
            .Replace("{id}", $"{id:D}", StringComparison.Ordinal)
            .Replace("{n:int}", "1", StringComparison.Ordinal)
            .Replace("{n}", "1", StringComparison.Ordinal);

    /// <summary>
    /// Calls a door with an empty object and answers with the body; a status that differs is a fault.
    /// </summary>
    private static async Task<string> Expect(
        List<string> faults,
        HttpClient caller,
        string who,
        Door door,
        Guid id,
        int status
    )
    {
        var path = At(door, id);
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), path);
        if (door.Method != "GET")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await caller.SendAsync(request, Ct);
        if ((int)response.StatusCode != status)
            faults.Add($"{who} {door}: {(int)response.StatusCode} instead of {status}");
        var body = await response.Content.ReadAsStringAsync(Ct);
        // Every problem carries the trace it is logged under; nothing else may differ.
        return TraceId().Replace(body.Replace($"{id:D}", "ID", StringComparison.Ordinal), "");
    }
}
