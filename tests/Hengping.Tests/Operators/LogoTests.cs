using System.Net;
using System.Text.RegularExpressions;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>标志: an admin sets the operator's picture, everybody sees it, nothing that runs is taken.</summary>
public sealed partial class LogoTests
{
    private const string Page = "/admin/operator";
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_picture_is_set_seen_by_all_and_taken_away(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Reporting.Run(site, OperatorKind.Association);
        (await site.Anyone.GetAsync("/logo", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var admin = await site.Browsing(await site.As(Role.Admin));
        await site.Appends(["operator.paperIssued", "operator.paperIssued"], () => Send(admin, []));
        await site.Appends(["operator.logoSet"], () => Send(admin, Png));
        var home = await site.Visitor().GetStringAsync("/", Ct);
        var address = Address().Match(home).Groups[1].Value;
        var shown = await site.Anyone.GetAsync(address, Ct);
        (await shown.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(Png);
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        shown.Headers.CacheControl!.ToString().ShouldContain("immutable");
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        await site.Appends([], () => Send(admin, Png));

        foreach (byte[] no in new[] { [.. "<svg onload='x()'/>"u8], [.. "<html>"u8], new byte[Logo.BytesMax + 1] })
        {
            var refused = await site.Appends([], () => Send(admin, no));
            refused.Status.ShouldBe(400);
            refused.Body.ShouldContain("PNG、JPEG 或 WebP");
        }
        await site.Appends(["operator.logoDropped"], () => Send(admin, [], drop: true));
        (await site.Anyone.GetAsync("/logo", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Visitor().GetStringAsync("/", Ct)).ShouldNotContain("/logo?");

        var mediator = await site.Browsing(await site.As(Role.Mediator));
        (await site.Appends([], () => Send(mediator, Png))).Status.ShouldBe(403);
    }

    /// <summary>The page's form as it stands, with a file.</summary>
    private static async Task<FormAnswer> Send(HttpClient browser, byte[] file, bool drop = false)
    {
        using var got = await browser.GetAsync(Page, Ct);
        var page = got.IsSuccessStatusCode
            ? await got.Content.ReadAsStringAsync(Ct)
            : await browser.GetStringAsync("/signin", Ct);
        using var form = new MultipartFormDataContent();
        void Add(string name, string value) => form.Add(new StringContent(WebUtility.HtmlDecode(value)), name);
        foreach (Match one in Field().Matches(page))
            Add(one.Groups[1].Value, one.Groups[2].Value);
        foreach (var paper in new[] { "privacyZh", "privacyEn", "agreementZh", "agreementEn" })
            Add(paper, new string('文', Operator.PaperMin));
        Add("__RequestVerificationToken", Forms.TokenOf(page));
        Add("kind", "association");
        if (drop)
            Add("dropLogo", "true");
        if (file.Length > 0)
            form.Add(new ByteArrayContent(file), "logo", "a.png");
        using var answer = await browser.PostAsync(Page, form, Ct);
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        return new FormAnswer((int)answer.StatusCode, body, answer.Headers.Location?.ToString());
    }

    [GeneratedRegex("""<img class="logo" src="([^"]*)" alt="">""")]
    private static partial Regex Address();

    [GeneratedRegex("""<input id="[^"]*" name="([^"]*)" value="([^"]*)" """)]
    private static partial Regex Field();
}
