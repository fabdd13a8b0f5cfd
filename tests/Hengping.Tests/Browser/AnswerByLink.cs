using Hengping.App.Complaints;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// A merchant nobody knows yet answers its case by the link of a message, without script and account.
/// </summary>
public sealed class AnswerByLink(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task An_unknown_merchant_reads_and_replies(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var merchant = await desk.Site.Merchant("街角小店", enrolled: false);
        var id = await Desk.Then(desk.Filed(desk.Body(merchant)), desk.Mediator, "deliver");
        var address = AnswerLinks.AddressOf(desk.Site.Store, "", Guid.Parse(id), merchant, 1);
        await using var person = await Person.At(chromium, desk.Site, language, width, scripts: false);
        await person.Page.GotoAsync(address);
        await person.Reads("水壶");
        await person.Picture($"answer-{language}-{width}-light");
        var wide = await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(wide <= width, $"{wide} px wide");
        await person.Page.Locator("#f-text").FillAsync("您好，已为您安排全额退款，三个工作日内原路到账。");
        await person.Page.Locator("form[enctype] button").ClickAsync();
        await person.Reads("三个工作日内原路到账");
        await person.Picture($"answered-{language}-{width}-light");
    }
}
