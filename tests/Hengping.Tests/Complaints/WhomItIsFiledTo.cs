using System.Net;
using System.Text.RegularExpressions;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Filed is what was shown last, whatever was typed, pasted, picked and followed before, in any order: sequences from
/// one seed, as a browser without script sends them. <c>HENGPING_SEED</c> repeats one that failed.
/// </summary>
public sealed partial class WhomItIsFiledTo(Sites sites) : IClassFixture<Sites>
{
    private const int Rounds = 25;
    private const string Story = "买的水壶第三天就不加热了，联系店里三次都没有结果。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex("name=\"respondentId\" value=\"([^\"]*)\"( checked=\"checked\")?")]
    private static partial Regex Choices();

    [GeneratedRegex("name=\"respondentName\" value=\"([^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    /// <summary>The first step as somebody sees it: the name, whom one can pick, what is picked.</summary>
    private sealed class Sheet
    {
        public string Name { get; set; } = "";

        /// <summary>Where its form goes: a form without an address of its own is sent to that of its page.</summary>
        public string Path { get; set; } = "/file";
        public string? ShownFor { get; private set; }
        public List<string> Options { get; private set; } = [];
        public string? Picked { get; set; }

        public bool IsAsked => Options.Count > 0;

        public void Read(string page)
        {
            Name = WebUtility.HtmlDecode(Named().Match(page).Groups[1].Value);
            var found = Choices().Matches(page);
            Options = [.. found.Select(one => one.Groups[1].Value)];
            Picked = found.FirstOrDefault(one => one.Groups[2].Success)?.Groups[1].Value;
            ShownFor = Options.Count > 0 ? Forms.Hidden(page, "shownFor") : null;
        }

        public List<(string, string?)> Fields() =>
            [
                ("step", "1"),
                ("respondentName", Name),
                ("sector", "general-retail"),
                ("problem", "refund"),
                .. ShownFor is null ? [] : new (string, string?)[] { ("shownFor", ShownFor) },
                .. Picked is null ? [] : new (string, string?)[] { ("respondentId", Picked) },
            ];
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Any_sequence_files_what_it_showed_last(Db engine)
    {
        var site = await sites.On(engine);
        var shops = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "晴川数码（北京）", "晴川电器", "ＡＢＣ Store" })
        {
            var own = Sites.OwnName(name);
            shops[$"{await site.Merchant(own)}"] = own;
        }
        string[] own1 = [.. shops.Values];
        string[] words =
        [
            .. own1,
            own1[0].Replace("（北京）", " (北京)", StringComparison.Ordinal),
            own1[2].ToLowerInvariant(),
            "晴川",
            Sites.OwnName("没有这家店"),
        ];
        var seed = FuzzPages.OfEnvironment("HENGPING_SEED", Draw.Seed + 1);
        var random = new Random(seed);
        var claimant = await site.Browsing(await site.As(Role.Claimant, phone: Sites.OwnPhone()));
        for (var round = 0; round < Rounds; round++)
        {
            var told = new List<string>();
            var sheet = new Sheet();
            sheet.Read(await claimant.GetStringAsync("/file", Ct));
            for (var steps = random.Next(1, 7); steps > 0; steps--)
                await Step(claimant, sheet, random, shops, words, told);
            var wanted = await Meant(site, sheet, shops, words);
            var page = (await claimant.Send(sheet.Path, "", [.. sheet.Fields(), ("go", "next")])).Body;
            if (page.Contains("name=\"shownFor\"", StringComparison.Ordinal))
            {
                sheet.Read(page);
                sheet.Name.ShouldBe(wanted, $"seed {seed}: {string.Join(", ", told)}");
                sheet.Picked = sheet.Options[random.Next(sheet.Options.Count)];
                told.Add($"asked, picks {sheet.Picked}");
                wanted = await Meant(site, sheet, shops, words);
                page = (await claimant.Send(sheet.Path, "", [.. sheet.Fields(), ("go", "next")])).Body;
            }
            var said = $"seed {seed}, round {round}: {string.Join(", ", told)}";
            var shown = WebUtility.HtmlDecode(Named().Match(page).Groups[1].Value);
            FoldedName.Of(shown).ShouldBe(FoldedName.Of(wanted), said);
            (await Filed(site, claimant, sheet.Path, page, round)).ShouldBe(FoldedName.Of(wanted), said);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nothing_of_the_address_comes_back_once_the_form_says_otherwise(Db engine)
    {
        var site = await sites.On(engine);
        // Alike nothing that the sequences look for: they share the site.
        var shop = await site.Merchant(Sites.OwnName("泉石文具"));
        var unknown = Sites.OwnName("没有那家店");
        var claimant = await site.Browsing(await site.As(Role.Claimant, phone: Sites.OwnPhone()));
        // Neither whom it is about, nor boxes that nobody ticked.
        var path = $"/file?respondentId={shop}&passOn=true&liabilityAccepted=true&publish=true";
        var sheet = new Sheet { Path = path };
        sheet.Read(await claimant.GetStringAsync(path, Ct));
        sheet.Picked.ShouldBe($"{shop}");
        sheet.Name = unknown;
        var page = (await claimant.Send(path, "", [.. sheet.Fields(), ("go", "next")])).Body;
        foreach (var step in new[] { "2", "3" })
        {
            Forms.Hidden(page, "RespondentName").ShouldBe(unknown);
            page.ShouldNotContain("name=\"RespondentId\"");
            var fields = Carried(page).Append(("step", step)).Append(("go", "next"));
            (string, string?)[] said = step == "2" ? [("story", Story), ("danger", "false")] : [("demands", "refund")];
            page = (await claimant.Send(path, "", [.. fields, .. said])).Body;
        }
        Regex.Matches(page, "type=\"checkbox\"[^>]* checked").ShouldBeEmpty();
        var filing = Carried(page).Append(("step", "4")).Append(("go", "file"));
        var unticked = await site.Appends([], () => claimant.Send(path, "", [.. filing, ("contactName", "陈晓雨")]));
        unticked.Status.ShouldBe(400);
        (await Filed(site, claimant, path, page, round: 0)).ShouldBe(FoldedName.Of(unknown));
    }

    private static IEnumerable<(string, string?)> Carried(string page) =>
        new[] { "RespondentName", "Sector", "Problem", "Story", "Danger", "Demands" }
            .Select(name => (name, (string?)Forms.Hidden(page, name)))
            .Where(field => field.Item2!.Length > 0);

    private static async Task<string> Meant(Site site, Sheet sheet, Dictionary<string, string> shops, string[] words)
    {
        var isOfName = sheet.ShownFor?.Trim() == sheet.Name.Trim();
        if (isOfName && sheet.Picked is { Length: > 0 } picked)
            return shops.GetValueOrDefault(picked) ?? await NameOf(site, Guid.Parse(picked));
        if (sheet.Name.Length == 0)
            sheet.Name = words[0];
        return sheet.Name;
    }

    // A shop nobody had heard of is one to choose once somebody complained about it.
    private static Task<string> NameOf(Site site, Guid id) =>
        site.Store.First<string>("select name from merchants where id = @id", new { id }, Ct)!;

    private static async Task Step(
        HttpClient claimant,
        Sheet sheet,
        Random random,
        Dictionary<string, string> shops,
        string[] words,
        List<string> told
    )
    {
        switch (random.Next(5))
        {
            case 0:
                var (id, name) = shops.ElementAt(random.Next(shops.Count));
                sheet.Path = $"/file?respondentId={id}";
                sheet.Read(await claimant.GetStringAsync(sheet.Path, Ct));
                told.Add($"address of {name}");
                break;
            case 1:
                sheet.Name = words[random.Next(words.Length)];
                told.Add($"types {sheet.Name}");
                break;
            // A guess fills the box unless somebody is picked (paste.js); who was none of those is asked again.
            case 2 when string.IsNullOrEmpty(sheet.Picked):
                sheet.Name = words[random.Next(words.Length)];
                sheet.Picked = null;
                told.Add($"pastes {sheet.Name}");
                break;
            case 3 when sheet.IsAsked:
                sheet.Picked = sheet.Options[random.Next(sheet.Options.Count)];
                // Picked is picked for what stands there: a browser shows both.
                told.Add($"picks {sheet.Picked}");
                break;
            default:
                if (sheet.Name.Length == 0)
                    return;
                sheet.Read((await claimant.Send(sheet.Path, "", [.. sheet.Fields(), ("go", "find")])).Body);
                told.Add("looks up");
                break;
        }
    }

    // The last step with what the second one carries on.
    private static async Task<string> Filed(Site site, HttpClient claimant, string path, string page, int round)
    {
        var carried = new[] { "RespondentName", "RespondentId", "Sector", "Problem" };
        var answer = await claimant.Send(
            path,
            "",
            [
                .. carried.Select(name => (name, (string?)Forms.Hidden(page, name))),
                ("step", "4"),
                ("go", "file"),
                ("key", Guid.NewGuid().ToString("N")),
                ("story", $"{Story}第{round}单。"),
                ("orderNo", $"W{round}-{Sites.OwnPhone()}"),
                ("danger", "false"),
                ("demands", "refund"),
                ("contactName", "陈晓雨"),
                ("contactPhone", "13900000001"),
                ("passOn", "true"),
                ("liabilityAccepted", "true"),
            ]
        );
        answer.Location.ShouldNotBeNull(answer.Body);
        var number = answer.Location.Split('/')[^1];
        var name = await site.Store.First<string>(
            "select m.name from complaints c join merchants m on m.id = c.respondent where c.number = @number",
            new { number },
            Ct
        );
        return FoldedName.Of(name);
    }
}
