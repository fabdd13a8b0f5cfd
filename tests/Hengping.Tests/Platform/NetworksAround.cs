using System.Net.Http.Json;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Who has many addresses has a limit as well: the networks around them are counted.</summary>
public sealed class NetworksAround
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void An_address_lies_in_networks()
    {
        Device.RingsOf("203.0.113.77").ShouldBe([new("203.0.113.77", 1), new("203.0.113.*", 8)]);
        Device
            .RingsOf("20010DB800770123")
            .ShouldBe([new("20010DB800770123", 1), new("20010DB8007701*", 4), new("20010DB80077*", 16)]);
    }

    [Theory]
    [InlineData(Db.Sqlite, "/api/v1/progress")]
    [InlineData(Db.Postgres, "/api/v1/progress")]
    [InlineData(Db.Sqlite, "/api/v1/reports/follow")]
    public async Task Guesses_from_many_addresses_of_one_network_meet_a_limit(Db engine, string door)
    {
        await using var site = await Site.Start(
            engine,
            settings: new Dictionary<string, string?>
            {
                ["Limits:GuessesPerMinute"] = "1",
                ["ForwardedHeaders_Enabled"] = "true",
            }
        );
        // Each at another case: guesses at one are counted by themselves.
        var turn = 0;
        (await Passed(256, n => $"2001:db8:77:{n:x}::1")).ShouldBe(4, "a /56");
        (await Passed(20, n => $"2001:db8:77:{256 + (n * 256):x}::1")).ShouldBe(12, "and its /48");
        (await Passed(20, n => $"203.0.113.{n}")).ShouldBe(8, "a /24");
        (await Passed(2, n => $"198.51.{n}.1")).ShouldBe(2, "others are elsewhere");

        async Task<int> Passed(int many, Func<int, string> address)
        {
            var passed = 0;
            for (var n = 0; n < Math.Min(many, 20); n++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, door)
                {
                    Content = JsonContent.Create(
                        new
                        {
                            number = $"7K3M-9QXA-{2000 + turn++}",
                            phoneLast4 = "0001",
                            code = "ABCD-EFGH-JKLM-NPQR",
                        }
                    ),
                };
                request.Headers.Add("X-Forwarded-For", address(n));
                using var answer = await site.Anyone.SendAsync(request, Ct);
                if ((int)answer.StatusCode == 429)
                    answer.Headers.RetryAfter.ShouldNotBeNull();
                else
                    passed++;
            }
            return passed;
        }
    }
}
