using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>What the other party sees of the two formats phones like: AVIF as a picture, HEIC as a card to download.
/// </summary>
public sealed class PicturesOfPhones
{
    // 16 × 16, with a profile its reader must know: it goes, and the picture must still be one.
    private const string Avif =
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRt"
        + "AAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAJQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlw"
        + "cnAAAABLaXBjbwAAABNjb2xycHJvZkNBTkFSWSEAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAQAAAAEAAAABBwaXhpAAAAAAMICAgAAAAX"
        + "aXBtYQAAAAAAAAABAAEEgYIDhAAAAC1tZGF0EgAKCRgM/9ggQEDQgDIWGYAQQQQEAAGIdSPan3he1t3GioPi3g==";

    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task The_other_party_sees_the_picture_and_the_card(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var heic = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "EmptyFiles/image/empty.heic"));
        var evidence = new List<Guid>();
        foreach (var (sent, type) in new[] { (Convert.FromBase64String(Avif), "image/avif"), (heic, "image/heic") })
        {
            var item = await desk.Claimant.Upload(sent, "picture", type).Json(201);
            item.GetProperty("mediaType").GetString().ShouldBe(type);
            evidence.Add(item.GetProperty("id").GetGuid());
        }
        var id = await Desk.Then(desk.Filed(desk.Body("evidence", evidence)), desk.Mediator, "deliver");
        var number = (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();

        await using var merchant = await Person.At(desk.Site, width: width);
        await merchant.SignInAs(Role.Merchant, desk.Shop);
        await merchant.Page.GotoAsync($"/cases/{number}?lang={language}");
        var picture = merchant.Page.Locator($"img[src*='{evidence[0]:D}']").First;
        await picture.ScrollIntoViewIfNeededAsync();
        await picture.EvaluateAsync("picture => picture.decode()");
        (await picture.EvaluateAsync<int>("picture => picture.naturalWidth")).ShouldBe(16);
        await Assertions.Expect(merchant.Page.Locator($"img[src*='{evidence[1]:D}']")).ToHaveCountAsync(0);
        var card = merchant.Page.Locator($"a[href*='{evidence[1]:D}']").First;
        await Assertions.Expect(card).ToContainTextAsync("HEIC");
        await merchant.Picture($"phone-pictures-{language}-{width}-light");
        var download = await merchant.Page.RunAndWaitForDownloadAsync(() => card.ClickAsync());
        download.SuggestedFilename.ShouldEndWith(".heic");
        merchant.Complaints().ShouldBeEmpty();
    }
}
