using System.Globalization;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// What is filed is what was shown last, over type, paste, pick and address in any order, with the scripts of a
/// browser: sequences from one seed. <c>HENGPING_SEED</c> repeats one that failed, <c>HENGPING_FUZZ</c> says how many.
/// </summary>
public sealed class FiledAsShown
{
    private const int Rounds = 3;
    private const string Pasted = "淘宝";

    // Said in the order that is pasted; whose platform is nobody's choice.
    private const string Order = """
        店铺：晴川数码（官方）旗舰店　进店
        我的淘宝
        订单编号：4067512938475610233
        支付宝交易号：2026100322001451380518274911
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const string OrderWithoutPlatform = "实付款：￥88.00";

    /// <summary>The first step as somebody sees it: the name, and who of the shops shown for one is picked.</summary>
    private sealed class Seen(IPage page)
    {
        private string before = "";
        private string? filled;
        private string? shownFor;

        public string Name { get; private set; } = "";
        public string? Picked { get; private set; }

        /// <summary>Whom it would go to now: what was picked for one name is no choice for another.</summary>
        public string? Meant => shownFor == Name ? Picked : null;

        private ILocator Box => page.Locator("[name=respondentName]");
        private ILocator Shops => page.Locator("input[name=respondentId]:not([value=''])");

        public async Task Address(string shop, string name)
        {
            await page.GotoAsync($"/file?respondentId={shop}");
            (Name, Picked) = (name, shop);
            Arrive();
        }

        public async Task Type(string name)
        {
            await Box.FillAsync(name);
            Name = name;
        }

        /// <summary>A guess never takes the place of a choice, and what is not said that of what was typed.</summary>
        public async Task Paste(bool saysPlatform)
        {
            await page.Locator("#f-paste").FillAsync(saysPlatform ? Order : OrderWithoutPlatform);
            var isFilled = Name == filled;
            before = isFilled ? before : Name;
            filled = null;
            if (Picked is not null)
                return;
            if (saysPlatform)
                Name = filled = Pasted;
            else if (isFilled)
                Name = before;
        }

        public async Task<bool> LookUpAndPick(Random random)
        {
            if (Name.Length == 0)
                return false;
            await Press(page, "button[value=find]");
            Arrive();
            Picked = null;
            return await Pick(random);
        }

        public async Task<bool> Pick(Random random)
        {
            var found = await Shops.CountAsync();
            if (found == 0)
                return false;
            var shop = Shops.Nth(random.Next(found));
            await shop.EvaluateAsync("radio => radio.click()");
            Picked = await shop.GetAttributeAsync("value");
            return true;
        }

        /// <summary>The page asks again, for the name that stands there.</summary>
        public async Task<bool> AskedAgain(Random random)
        {
            Meant.ShouldBeNull();
            Arrive();
            await Assertions.Expect(Box).ToHaveValueAsync(Name);
            return await Pick(random);
        }

        public async Task Holds(string said)
        {
            (await Box.InputValueAsync()).ShouldBe(Name, said);
            var radio = page.Locator("input[name=respondentId]:checked:not([value=''])");
            (await radio.CountAsync() > 0 ? await radio.InputValueAsync() : null).ShouldBe(Picked, said);
        }

        private void Arrive() => (shownFor, filled, before) = (Name, null, Name);
    }

    private static int OfEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var said)
            ? said
            : otherwise;

    [Fact]
    public async Task Any_sequence_in_a_browser_files_what_it_showed_last()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var shops = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "晴川数码", "晴川电器", "长虹电器", Pasted })
            shops[$"{await site.Merchant(name)}"] = name;
        string[] words = ["晴川", "晴川数码", "长虹", "长虹电器", "没有这家店"];
        var seed = OfEnvironment("HENGPING_SEED", Draw.Seed + 1);
        var random = new Random(seed);
        await using var person = await Person.At(site, width: 390);
        await person.SignInByCode("13812345678");
        for (var round = 0; round < OfEnvironment("HENGPING_FUZZ", Rounds); round++)
        {
            var seen = new Seen(person.Page);
            var told = new List<string>();
            await person.Page.GotoAsync("/file");
            for (var steps = random.Next(2, 6); steps > 0; steps--)
                told.Add(await Step(seen, random, shops, words));
            if (seen.Name.Length == 0)
                await seen.Type(words[random.Next(words.Length)]);
            var said = $"seed {seed}, round {round}: {string.Join(", ", told)}, shown {seen.Name}, {seen.Picked}";
            await seen.Holds(said);
            await person.Page.Locator("input[name=problem][value=refund]").EvaluateAsync("radio => radio.click()");
            // Who is not listed yet is asked for a sector.
            await person.Page.Locator("[name=sector]").EvaluateAsync("list => list.value ||= 'general-retail'");
            await Next(person.Page);
            // Whoever is none of those shown for the name is asked again.
            if (await person.Page.Locator("#f-story").CountAsync() == 0)
            {
                (await seen.AskedAgain(random)).ShouldBeTrue(said);
                await Next(person.Page);
            }
            var wanted = seen.Meant is { } picked ? shops[picked] : seen.Name;
            var filed = await Filed(site, person, round);
            const string sql = "select name from merchants where id = @filed";
            // Whoever was not listed is one of those to choose from now.
            shops[$"{filed}"] = (await site.Store.First<string>(sql, new { filed }, Ct))!;
            shops[$"{filed}"].ShouldBe(wanted, said);
        }
    }

    private static async Task<string> Step(Seen seen, Random random, Dictionary<string, string> shops, string[] words)
    {
        switch (random.Next(6))
        {
            case 0:
                var (id, name) = shops.ElementAt(random.Next(shops.Count));
                await seen.Address(id, name);
                return $"address of {name}";
            case 1:
                var word = words[random.Next(words.Length)];
                await seen.Type(word);
                return $"types {word}";
            case 2:
                await seen.Paste(saysPlatform: true);
                return "pastes";
            case 3:
                await seen.Paste(saysPlatform: false);
                return "pastes a sum alone";
            case 4:
                return await seen.Pick(random) ? $"picks {shops[seen.Picked!]}" : "";
            default:
                return await seen.LookUpAndPick(random) ? $"looks up {shops[seen.Picked!]}" : "finds nobody";
        }
    }

    // The rest of the form; whom it went to as the store knows them.
    private static async Task<Guid> Filed(Site site, Person person, int round)
    {
        var page = person.Page;
        await page.Locator("#f-story").FillAsync($"第{round}单：买的水壶第三天就不加热了，联系店里三次都没有结果。");
        await page.Locator("[name=danger][value=false]").Tick();
        await page.Locator("[name=orderNo]").FillAsync($"R{round}");
        await Next(page);
        await page.Locator("input[name=demands][value=refund]").EvaluateAsync("box => box.click()");
        await Next(page);
        await page.Locator("[name=contactName]").FillAsync("陈晓雨");
        foreach (var consent in new[] { "passOn", "liabilityAccepted" })
            await page.Locator($"[name={consent}]").EvaluateAsync("box => box.checked || box.click()");
        await Next(page);
        await person.Press("file.submit");
        await person.Reads(Person.T("receipt.title"));
        var number = (await page.Locator(".receipt-no").InnerTextAsync()).Trim();
        return await site.Store.First<Guid>(
            "select respondent from complaints where number = @number",
            new { number },
            Ct
        );
    }

    private static Task Next(IPage page) => Press(page, ".actions [name=go][value=next]");

    // Until the page that answers stands there: the one before has the same fields.
    private static async Task Press(IPage page, string button)
    {
        await page.Locator(".actions:has([name=go][value=next])")
            .EvaluateAsync("actions => actions.dataset.before = ''");
        await page.Locator(button).ClickAsync();
        await Assertions.Expect(page.Locator("[data-before]")).ToHaveCountAsync(0);
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }
}
