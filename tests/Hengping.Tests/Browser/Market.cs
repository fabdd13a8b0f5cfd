using System.Net.Http.Json;
using System.Text.Json;
using Hengping.App.Complaints;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// One demo site with its generated market for all who only look around, and the browser they look with.
/// </summary>
public sealed class Market : IAsyncLifetime
{
    readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    static readonly TimeSpan FilledWithin = TimeSpan.FromSeconds(300);

    /// <summary>The browser.</summary>
    public Chromium Chromium { get; } = new();

    /// <summary>The site, ready.</summary>
    public Site Site { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Chromium.InitializeAsync();
        if (!Chromium.Present)
            return;
        var small = new Dictionary<string, string?> { ["Demo:Complaints"] = "2500", ["Demo:People"] = "1600" };
        Site = await Site.Start(Db.Sqlite, DateTimeOffset.UtcNow, demo: true, small);
        var giveUp = TimeProvider.System.GetUtcNow() + FilledWithin;
        while (!(await Site.Anyone.GetAsync("/readyz", CancellationToken.None)).IsSuccessStatusCode)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < giveUp, $"the demo is not filled within {FilledWithin}");
            await Task.Delay(200, CancellationToken.None);
        }
        await Unanswered();
    }

    /// <summary>A case of a merchant nobody knows yet, to be answered by its link.</summary>
    async Task Unanswered()
    {
        var merchant = await Site.Merchant("街角小店", enrolled: false);
        var claimant = await Site.As(Role.Claimant, phone: "13911110000");
        var filing = Filing.To(merchant, "T1", "买的水壶第三天就不加热了，联系店里三次都没有结果。");
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        var id = filed.GetProperty("id").GetGuid();
        await (await Site.As(Role.Mediator)).PostJson($"/api/v1/complaints/{id}/deliver").Json();
        await Site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(merchant)).Json(201);
        var rated = await Site.Anyone.GetFromJsonAsync<JsonElement>("/api/v1/ratings/ytd", CancellationToken.None);
        var chosen = rated
            .GetProperty("rows")
            .EnumerateArray()
            .Take(3)
            .Select(r => "&m=" + r.GetProperty("merchantId").GetString());
        places["{chosen}"] = "?period=ytd" + string.Concat(chosen);
        places["{unknown merchant}"] = $"/merchants/{merchant}";
        places["{unanswered case}"] = $"/cases/{filed.GetProperty("number").GetString()}";
        places["{answer link}"] = AnswerLinks.AddressOf(Site.Store, "", id, merchant, 1);
    }

    /// <summary>A path with the places of this market's own case in it.</summary>
    public string Place(string path) =>
        places.Aggregate(path, (p, place) => p.Replace(place.Key, place.Value, StringComparison.Ordinal));

    /// <summary>Somebody who chose a role at <c>/demo</c>; nobody yet where <paramref name="role"/> is null.</summary>
    public async Task<Person> Visitor(Role? role, string language, int width, bool scripts = true)
    {
        var person = await Person.At(Chromium, Site, language, width, scripts);
        await person.Page.GotoAsync($"/?lang={language}");
        if (role is not { } wanted)
            return person;
        await person.Page.GotoAsync("/demo");
        await person
            .Page.Locator($"form:has(input[name=role][value={Hengping.App.Platform.Words.Of(wanted)}])")
            .GetByRole(AriaRole.Button)
            .First.ClickAsync();
        await person.Page.WaitForURLAsync(url => !url.Contains("/demo", StringComparison.Ordinal));
        return person;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Site is not null)
            await Site.DisposeAsync();
        await Chromium.DisposeAsync();
    }
}
