using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>What is downloaded in a browser is shown in an app that cannot keep a file.</summary>
public sealed class DownloadInApp
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task My_data_are_a_file_in_a_browser_and_text_in_an_app_that_keeps_none()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var me = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001"));
        var file = await me.GetAsync("/me?handler=Download", Ct);
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe("hengping-me.json");
        (await me.GetStringAsync("/me", Ct)).ShouldNotContain("微信");

        me.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (iPhone) MicroMessenger/8.0.50");
        var text = await me.GetAsync("/me?handler=Download", Ct);
        text.Content.Headers.ContentDisposition.ShouldBeNull();
        text.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await text.Content.ReadAsStringAsync(Ct)).ShouldContain("13900000001");
        (await me.GetStringAsync("/me", Ct)).ShouldContain("在微信里会直接显示内容");
    }
}
