using System.CommandLine;
using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary><c>rate</c> and <c>publish</c>.</summary>
public static class RatingsCommands
{
    internal static readonly Argument<string> PeriodArgument = new("period")
    {
        Description = "2026-10, 2026-Q3, 2026-H1, 2026, 2026-618, 2026-1111, ytd, all",
        Validators =
        {
            given =>
            {
                if (Period.Parse(given.Tokens.Single().Value, DateTimeOffset.UnixEpoch).Refusal is { } no)
                    given.AddError($"{no.Zh} / {no.En}");
            },
        },
    };

    internal static readonly Option<string?> Sector = new("--sector") { Description = "行业代码 / sector code" };

    internal static readonly Option<string> Side = Among("--side", "consumer", "consumer", "merchant");

    internal static readonly Option<string?> PolicyOption = KnownPolicies();

    private static readonly Option<string?> AsOf = new("--as-of")
    {
        Description = "截至时间，默认现在 / instant or Shanghai date, now by default",
    };

    private static readonly Option<string> UnscoredOption = Among("--unscored", "zero", "zero", "rescale");

    private static readonly Option<string?> Correct = new("--correct")
    {
        Description = "更正原因：发布新版本 / reason: publishes a new version",
    };

    private static readonly Option<int?> Format = new("--format")
    {
        Description = "2：把旧格式的榜单以新格式重新发布，数字不变 / 2: an old list again, the same numbers",
        Validators =
        {
            given =>
            {
                if (given.Tokens is not [{ Value: "2" }])
                    given.AddError("--format 2");
            },
        },
    };

    /// <summary><c>rate PERIOD</c>: computes a list and prints it; writes nothing.</summary>
    public static Command CreateRate()
    {
        var command = new Command("rate", "计算评级榜 / compute a rating list")
        {
            PeriodArgument,
            Sector,
            Side,
            PolicyOption,
            AsOf,
            UnscoredOption,
        };
        command.OnStore((store, parsed, ct) => Rate(parsed, store, ct));
        return command;
    }

    /// <summary><c>publish PERIOD</c>: freezes and publishes.</summary>
    public static Command CreatePublish()
    {
        var command = new Command("publish", "冻结并发布评级榜 / freeze and publish a rating list")
        {
            PeriodArgument,
            Sector,
            Side,
            PolicyOption,
            Correct,
            Format,
        };
        command.OnStore((store, parsed, ct) => Publish(parsed, store, ct));
        return command;
    }

    /// <summary>Reads which list is meant.</summary>
    internal static ListRequest Asked(ParseResult parsed, DateTimeOffset asOf, Unscored unscored = Unscored.Zero)
    {
        var asked = ListRequest.Parse(
            parsed.GetValue(PeriodArgument)!,
            parsed.GetValue(Sector),
            parsed.GetValue(Side),
            parsed.GetValue(PolicyOption),
            unscored,
            asOf
        );
        return asked.Event ?? throw new Refused(asked.Refusal!);
    }

    private static async Task<int> Rate(ParseResult parsed, Store store, CancellationToken ct)
    {
        var given = parsed.GetValue(AsOf) is { } text ? InstantOf(text) : (DateTimeOffset?)null;
        var unscored = parsed.GetValue(UnscoredOption) == "rescale" ? Unscored.Rescale : Unscored.Zero;
        var asked = Asked(parsed, given ?? store.Now, unscored);
        await Listening.CatchUp(store, [RatingsListener.Instance], ct);
        var list =
            given is { } asOf && asOf < store.Now
                ? await ExactLists.Then(store, asked, asOf, ct)
                : await ExactLists.Now(store, asked, ct);
        if (parsed.GetValue(Cli.Json))
            Console.Out.WriteLine(PublishedList.LiveJson(list, await store.Head(ct)));
        else
            Console.Out.Write(ListText.Table(list));
        return 0;
    }

    private static async Task<int> Publish(ParseResult parsed, Store store, CancellationToken ct)
    {
        var asked = Asked(parsed, store.Now);
        var reason = parsed.GetValue(Correct);
        if (reason is not null && string.IsNullOrWhiteSpace(reason))
            throw new Refused("list.reason", "更正需写明原因", "A correction needs a reason");
        if (reason is not null && parsed.GetValue(Format) is not null)
            throw new Refused("list.reason", "--format 不与 --correct 同用", "--format goes without --correct");
        await Listening.CatchUp(store, [RatingsListener.Instance], ct);
        var published = parsed.GetValue(Format) is null
            ? await PublishList.Run(store, asked, reason?.Trim(), "cli", ct)
            : await PublishList.Again(store, asked, "cli", ct);
        if (published.Refusal is { } no)
            throw new Refused(no);
        var list = published.Event!;
        if (parsed.GetValue(Cli.Json))
            Console.Out.WriteLine(list.Json);
        else
            Console.Out.WriteLine(
                $"{list.Period} {CaseRow.SideWord(list.Side)} {list.Policy} v{list.Version} {list.Hash}"
            );
        return 0;
    }

    /// <summary>An instant with offset, or a day: its end in Shanghai.</summary>
    internal static DateTimeOffset InstantOf(string text)
    {
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > 1900 and < 9000
        )
            return Shanghai.StartOf(day.AddDays(1)).AddMilliseconds(-1);
        if (
            text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.Year is > 1900 and < 9000
        )
            return at;
        throw new Refused(
            "as-of.invalid",
            "--as-of 应为日期或带时区的时间",
            "--as-of is a date or an instant with offset"
        );
    }

    private static Option<string?> KnownPolicies()
    {
        var option = new Option<string?>("--policy")
        {
            Description = string.Join(" | ", ReplyHours.Policies) + "（默认当时有效的 / the one in force then）",
        };
        option.AcceptOnlyFromAmong([.. ReplyHours.Policies]);
        return option;
    }

    private static Option<string> Among(string name, string usual, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = string.Join(" | ", words),
            DefaultValueFactory = _ => usual,
        };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
