using System.Text;
using System.Text.Json;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Me;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;
using Hengping.Rules.Reports;
using Hengping.Tests.Evidence;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>
/// A report is referred to an account. What an authority calls itself opens nothing, and of a reporter's file it gets
/// what is to be seen and no more.
/// </summary>
public sealed class ReferredReports
{
    private const string Here = "甲市市场监管局";
    private const string There = "乙市市场监管局";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_read_by_the_account_it_was_referred_to_whatever_others_are_called(Db engine)
    {
        await using var site = await Site.Start(engine);
        var (here, there) = (await site.As(Role.Regulator, name: Here), await site.As(Role.Regulator, name: There));
        var id = await Referred(site, Here);
        await here.GetAsync(At(id), Ct).Json();
        await there.GetAsync(At(id), Ct).Refused(404, "not-found");
        (
            await site.Browsing(there)
                .ContinueWith(browser => browser.Result.Send("/me", "Correct", ("name", Here)), Ct)
                .Unwrap()
        ).Status.ShouldBe(403);

        // Renamed in a store from before that door was shut.
        await Rename(site, there, Here);
        await there.GetAsync(At(id), Ct).Refused(404, "not-found");
        (await Items(there)).ShouldBeEmpty();
        (await Items(here)).ShouldBe([id]);
        await Rename(site, here, "别的名称");
        await here.GetAsync(At(id), Ct).Json();
        (await Items(here)).ShouldBe([id]);
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await Items(here)).ShouldBe([id]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_referred_to_a_name_is_read_by_who_always_had_it(Db engine)
    {
        await using var site = await Site.Start(engine);
        var (here, there) = (await site.As(Role.Regulator, name: Here), await site.As(Role.Regulator, name: There));
        var former = await Accepted(site);
        var loaded = await site.Store.Load(ReportBook.Instance, Guid.Parse(former), Ct);
        // As reports were referred before: by name alone.
        var named = new ReportEvent.Concluded(ReportStatus.Referred, null, Here) { Text = "线索已整理，移送处理。" };
        var change = site.Store.Change(ReportBook.Instance, loaded, site.Store.Now, "staff:x", [named]);
        (await site.Store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        var now = await Referred(site, Here);
        (await Items(here)).ShouldBe([former, now], ignoreOrder: true);
        await here.GetAsync(At(former), Ct).Json();
        await there.GetAsync(At(former), Ct).Refused(404, "not-found");
        await Rename(site, there, Here);
        await there.GetAsync(At(former), Ct).Refused(404, "not-found");
        (await Items(there)).ShouldBeEmpty();
        await Rename(site, here, There);
        await Rename(site, here, Here);
        await here.GetAsync(At(former), Ct).Refused(404, "not-found");
        (await Items(here)).ShouldBe([now]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_several_with_one_name_the_desk_says_which(Db engine)
    {
        await using var site = await Site.Start(engine);
        await site.As(Role.Regulator, name: Here);
        var opened = await AccountDesk.Open(
            site.Store,
            Role.Regulator,
            new Profile(Here, Phone: null, Email: null, Login: "jia-2"),
            merchant: null,
            "cli",
            [],
            Ct
        );
        var id = await Accepted(site);
        var staff = await site.As(Role.Reviewer);
        var answer = await staff.PostJson(At(id, "conclude"), Conclusion(Here)).Json(400);
        answer.GetRawText().ShouldContain("有多个账户使用这个名称");
        (await (await site.Browsing(staff)).GetStringAsync($"/desk/reports/{id}", Ct)).ShouldContain($"{Here} (jia-2)");
        var view = await staff.PostJson(At(id, "conclude"), Conclusion($"{Here} (jia-2)")).Json();
        view.GetProperty("authority").GetString().ShouldBe(Here);
        (await site.Store.Load(ReportBook.Instance, Guid.Parse(id), Ct)).State!.AuthorityAccount.ShouldBe(
            opened.Event!.Id
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_authority_gets_the_clean_copy_and_no_name_of_a_file(Db engine)
    {
        await using var site = await Site.Start(engine);
        var authority = await site.As(Role.Regulator, name: Here);
        var staff = await site.As(Role.Reviewer);
        var receipt = await site.Anyone.PostJson(Where, Anonymous(await site.Merchant("云上百货"))).Json(201);
        var sample = SampleFiles.All["png"]();
        byte[] paper = [.. "%PDF-1.7 canary"u8];
        await Bring(site, receipt, sample.Sent, "ZhangSanNAME.png").Json();
        await Bring(site, receipt, paper, "LiSiNAME.pdf").Json();
        var id = await IdOf(site, receipt);
        await staff.PostJson(At(id, "accept")).Json();
        var view = await staff.PostJson(At(id, "conclude"), Conclusion(Here)).Json();
        var files = view.GetProperty("evidence").EnumerateArray().Select(one => one.GetString()!).ToList();

        var seen = await authority.GetByteArrayAsync($"/api/v1/evidence/{files[0]}", Ct);
        Encoding.Latin1.GetString(seen).ShouldNotContain(SampleFiles.Canary);
        seen.ShouldBe(sample.Clean!);
        await authority.GetAsync($"/api/v1/evidence/{files[1]}", Ct).Refused(409, "evidence.held");
        var page = await (await site.Browsing(authority)).GetStringAsync($"/desk/reports/{id}", Ct);
        page.ShouldContain(files[0]);
        page.ShouldNotContain("NAME", Case.Sensitive);
        (await staff.GetByteArrayAsync($"/api/v1/evidence/{files[0]}", Ct)).ShouldBe(sample.Sent);
        (await staff.GetByteArrayAsync($"/api/v1/evidence/{files[1]}", Ct)).ShouldBe(paper);
        (await (await site.Browsing(staff)).GetStringAsync($"/desk/reports/{id}", Ct)).ShouldContain("ZhangSanNAME");
    }

    /// <summary>Each report that led to the file is read with it, and no other.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_file_of_two_reports_is_read_by_the_authority_of_either(Db engine)
    {
        await using var site = await Site.Start(engine);
        var authority = await site.As(Role.Regulator, name: Here);
        var staff = await site.As(Role.Reviewer);
        var claimant = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        var sample = SampleFiles.All["png"]();
        var sent = await claimant.Upload(sample.Sent, "a.png", "image/png").Json(201);
        var file = $"/api/v1/evidence/{sent.GetProperty("id").GetString()}";
        var shop = await site.Merchant("云上百货");
        async Task<string> Report(string? again)
        {
            var body = Named(shop);
            body["evidence"] = new[] { sent.GetProperty("id").GetGuid() };
            body["again"] = again;
            var (id, _) = await Filed(site, claimant, body);
            await staff.PostJson(At(id, "accept")).Json();
            return id;
        }
        var reports = new[] { await Report(null), await Report("otherMatter") }.Order(StringComparer.Ordinal).ToList();
        foreach (var referred in reports.AsEnumerable().Reverse())
        {
            (await Readers(site, referred)).ShouldNotContain(Role.Regulator);
            await authority.GetAsync(At(referred), Ct).Refused(404, "not-found");
            await staff.PostJson(At(referred, "conclude"), Conclusion(Here)).Json();
            (await authority.GetByteArrayAsync(file, Ct)).ShouldBe(sample.Clean!);
            (await Readers(site, referred)).Count(role => role == Role.Regulator).ShouldBe(1);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task One_authority_of_many_is_found_by_its_name(Db engine)
    {
        await using var site = await Site.Start(engine);
        for (var n = 0; n < 50; n++)
            await site.As(Role.Regulator, name: $"第{n}市监局");
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        var last = await site.As(Role.Regulator, name: There);
        var id = await Referred(site, There);
        await last.GetAsync(At(id), Ct).Json();
    }

    private static async Task<List<Role>> Readers(Site site, string report) =>
        [.. (await ReadingBook.Instance.Of(site.Store, Guid.Parse(report), Ct)).Select(read => read.Role)];

    private static object Conclusion(string authority) =>
        new
        {
            outcome = "referred",
            authority,
            text = "线索已整理，移送处理。",
        };

    private static Task<HttpResponseMessage> Bring(Site site, JsonElement receipt, byte[] file, string name) =>
        site.Anyone.PostAsync(
            Where + "/follow/evidence",
            new MultipartFormDataContent("batch")
            {
                { new StringContent(receipt.GetProperty("number").GetString()!), "number" },
                { new StringContent(receipt.GetProperty("code").GetString()!), "code" },
                { new ByteArrayContent(file), "file", name },
            },
            Ct
        );

    private static async Task<string> Accepted(Site site)
    {
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var (id, _) = await Filed(site, site.Anyone, Anonymous(shop));
        await (await site.As(Role.Reviewer)).PostJson(At(id, "accept")).Json();
        return id;
    }

    private static async Task<string> Referred(Site site, string authority)
    {
        var id = await Accepted(site);
        await (await site.As(Role.Reviewer)).PostJson(At(id, "conclude"), Conclusion(authority)).Json();
        return id;
    }

    private static async Task<List<string>> Items(HttpClient who) =>
        [
            .. (await who.GetAsync(Where, Ct).Json())
                .GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetProperty("id").GetString()!),
        ];

    private static async Task Rename(Site site, HttpClient who, string name)
    {
        var token = who.DefaultRequestHeaders.Authorization!.Parameter!;
        var caller = (await site.Of<TokenCallers>().OfToken(token, Ct))!.Caller;
        (await MyData.Correct(site.Store, caller, name, email: null, Ct)).ShouldBeNull();
    }
}
