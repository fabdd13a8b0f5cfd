using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>What messages say is known at start, whoever has run before; a bare key never goes out.</summary>
public sealed partial class Wordings
{
    private const string Phone = "13912345678";

    private static readonly Templates All = new(Rooms.House.Messages);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_wording_of_the_house_is_handed_over_at_start()
    {
        var fields = typeof(Cli)
            .Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Wording))
            .ToList();
        fields.Count.ShouldBe(All.All.Count);
        HouseRule.Holds(
            fields.Where(field => !All.All.Contains(field.GetValue(null))).Select(field => field.Name),
            "write it into Rooms.House.Messages"
        );
        HouseRule.Holds(
            All.All.Where(words => Blanks(words.Zh) != Blanks(words.En)).Select(words => words.Key),
            "the same blanks in both languages"
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Messages_that_waited_over_a_start_say_what_they_said(Db engine)
    {
        await using var server = await SmsServer.Start();
        using var empty = await EmptyPlace.On(engine);
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var store = await Store.Open(empty.Place, Rooms.House, new TurnableClock(Days.Monday), Ct))
            foreach (var (at, words) in All.All.Index())
            {
                // Each to a phone of its own: one phone gets ten an hour.
                await Outbox.Put(store, To(words) with { To = $"{13_900_000_000 + at}" }, Ct);
                expected[words.Key] = All.Render((await Outbox.Newest(store, 1, Ct)).Single());
            }
        using var program = Serve(empty.Place, server.Url);
        try
        {
            await Eventually.Holds(
                () => server.Orders.Count == expected.Count || program.HasExited,
                "all have gone out"
            );
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(CancellationToken.None);
        }
        server
            .Orders.ToDictionary(
                order => order.Body.GetProperty("template").GetString()!,
                order => order.Body.GetProperty("text").GetString()!
            )
            .ShouldBe(expected, ignoreOrder: true);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_message_without_words_waits_for_the_program_that_knows_them(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Site.Start(engine);
        using var http = new HttpClient();
        var foreign = new Wording("of-another-version", "【衡平】{number}", "[Hengping] {number}");
        var ways = new Channels([new SmsGateway(http, server.Url, "k")]);
        await Outbox.Put(site.Store, To(foreign), Ct);
        await new OutboxSender(site.Store, ways, All, NullLogger<OutboxSender>.Instance).SendDue(Ct);
        server.Orders.ShouldBeEmpty();
        (await Outbox.Newest(site.Store, 1, Ct))
            .Single()
            .ShouldSatisfyAllConditions(
                letter => letter.State.ShouldBe("waiting"),
                letter => letter.Fault.ShouldBe("template")
            );
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        await new OutboxSender(site.Store, ways, new Templates([foreign]), NullLogger<OutboxSender>.Instance).SendDue(
            Ct
        );
        server.Orders.ShouldHaveSingleItem().Body.GetProperty("text").GetString().ShouldBe("【衡平】7KQ2");
    }

    private static Message To(Wording words) =>
        new(
            words.Key,
            Channel.Sms,
            words,
            Phone,
            Blank()
                .Matches(words.Zh)
                .Select(blank => blank.Groups[1].Value)
                .Distinct()
                .ToDictionary(name => name, name => name == "number" ? "7KQ2" : $"<{name}>")
        );

    private static Process Serve(StorePlace place, string gateway)
    {
        string[] database = place.Postgres is { } connection ? ["--db", connection] : [];
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(Cli).Assembly.Location,
                "serve",
                "--data",
                place.Data,
                "--keys",
                place.Keys,
                "--urls",
                "http://127.0.0.1:0",
                .. database,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["Sms__Url"] = gateway;
        return Process.Start(start)!;
    }

    private static string Blanks(string text) =>
        string.Join(' ', Blank().Matches(text).Select(blank => blank.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Blank();
}
