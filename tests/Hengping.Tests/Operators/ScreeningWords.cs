using System.Net;
using Hengping.App.Operators;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.Screening;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>提示词表: judged by rule, tried before it is saved, counted under its version, undone at will.</summary>
public sealed class ScreeningWords
{
    private const string Page = "/admin/words";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static (IReadOnlyList<ScreeningPhrases> Entries, FieldFaults Faults) Judge(
        string advert,
        string insult = ""
    )
    {
        var faults = new FieldFaults();
        var typed = new Dictionary<ScreeningKind, string?>
        {
            [ScreeningKind.Advert] = advert,
            [ScreeningKind.Insult] = insult,
        };
        return (ScreeningDraft.Check(typed, faults), faults);
    }

    [Theory]
    [InlineData("路口交汇", "words.ordinary")]
    [InlineData("维权", "words.ordinary")]
    [InlineData("客服", "words.ordinary")]
    [InlineData("政府", "words.ordinary")]
    [InlineData("12315", "words.ordinary")]
    [InlineData("POLICE", "words.ordinary")]
    [InlineData("骂", "words.length")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "words.length")]
    [InlineData("加我好友\n 加我好友 ", "words.repeated")]
    public void What_would_mark_ordinary_disputes_or_is_no_phrase_is_refused(string typed, string code) =>
        Judge(typed).Faults.All["advert"].Code.ShouldBe(code);

    [Fact]
    public void The_refusal_names_phrase_and_sentence()
    {
        var fault = Judge("维权").Faults.All["advert"];
        fault.Zh.ShouldContain("“维权”");
        fault.Zh.ShouldContain(ScreeningDraft.Guarded[0]);
        fault.En.ShouldContain(ScreeningDraft.Guarded[0]);
    }

    [Fact]
    public void Many_phrases_twins_of_another_kind_and_the_shipped_list()
    {
        var many = string.Join('\n', Enumerable.Range(0, ScreeningDraft.CountMax + 1).Select(n => $"词语{n:000}"));
        Judge(many).Faults.All["advert"].Code.ShouldBe("words.too-many");
        Judge("Fuck you", "fuck you").Faults.All.Single().Value.Code.ShouldBe("words.repeated");
        Judge("").Entries.ShouldBeEmpty();
        ScreeningDraft.Guarded.ShouldAllBe(sentence => !ScreeningList.Shipped.Marks(sentence));
    }

    [Fact]
    public void Overlapping_phrases_are_one_place()
    {
        var list = new ScreeningList(2, [new(ScreeningKind.Threat, ["弄死", "弄死你", "死你们"])]);
        list.Read("他说弄死你们").Select(h => (h.Start, h.Length)).ShouldBe([(2, 3)]);
        new ScreeningList(3, []).Marks("弄死你").ShouldBeFalse();
    }

    private static (string, string?)[] Form(string advert, int basis = 1, params (string, string?)[] more) =>
        [("advert", advert), ("basis", $"{basis}"), ("reason", "出现了新的引流话术"), .. more];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_list_is_tried_issued_counted_and_undone(Db engine)
    {
        await using var site = await Site.Start(engine);
        var admin = await site.Browsing(await site.As(Role.Admin, name: "周主任"));
        var shop = await site.Merchant("晴川数码");
        var claimant = await site.As(Role.Claimant, phone: "13900000001");
        var story = "商家让我私聊领券,还说弄死你,要求退款,一直没有人处理。";
        async Task<Guid> File(string order) =>
            (await claimant.PostJson("/api/v1/complaints", Harness.Filing.To(shop, order, story)).Json(201))
                .GetProperty("id")
                .GetGuid();
        var before = await File("T1");

        var tried = await site.Appends(
            [],
            () => admin.Send(Page, "Try", Form("私聊领券", 1, ("sample", "请<b>私聊领券</b>吧")))
        );
        tried.Status.ShouldBe(200);
        tried.Body.ShouldContain("<mark title=\"广告\">私聊领券</mark>");
        tried.Body.ShouldContain("100.00%");
        tried.Body.ShouldContain("1 处命中");

        var broad = await site.Appends([], () => admin.Send(Page, "Save", Form("私聊领券")));
        broad.Status.ShouldBe(409);
        broad.Body.ShouldContain(ScreeningDraft.Broad.Zh);
        var saved = await site.Appends(
            ["operator.wordsIssued"],
            () => admin.Send(Page, "Save", Form("私聊领券", 1, ("accept", "true")))
        );
        saved.Location.ShouldBe(Page + "?did=saved");
        await AtRest.NothingSays(site, "出现了新的引流话术");

        await File("T2");
        var mediator = await site.As(Role.Mediator);
        var shown = await mediator.GetAsync($"/api/v1/complaints/{before}", Ct).Json();
        shown.GetProperty("screening").EnumerateArray().Single().GetProperty("kind").GetString().ShouldBe("advert");
        var counted = await Counted(site);
        counted.ShouldBe([(1, 1), (1, 2)]);

        (await admin.Send(Page, "Save", Form("别的话术", 1, ("accept", "true")))).Body.ShouldContain(
            ScreeningDraft.Changed.Zh
        );
        (await admin.Send(Page, "Save", Form("私聊领券", 2, ("accept", "true")))).Body.ShouldContain(
            ScreeningDraft.Same.Zh
        );
        (await admin.Send(Page, "Restore", ("version", "9"), ("basis", "2"))).Status.ShouldBe(404);
        await site.Appends(
            ["operator.wordsIssued"],
            () => admin.Send(Page, "Restore", ("version", "1"), ("basis", "2"))
        );
        var page = WebUtility.HtmlDecode(await admin.GetStringAsync(Page, Ct));
        page.ShouldContain("恢复了第 1 版");
        page.ShouldContain("出现了新的引流话术");
        page.ShouldContain("周主任");
        var house = (await CurrentOperator.Load(site.Store, Ct))!;
        Operator.WordsVersion(house).ShouldBe(3);
        ScreeningDraft.IsSame(house.Words!.Entries, ScreeningList.Shipped.Entries).ShouldBeTrue();
    }

    private static async Task<List<(int, int?)>> Counted(Site site)
    {
        var log = await site.Store.ReadLog(0, 1_000, Ct);
        return
        [
            .. log.Where(stored => stored.Kind == "complaint.filed")
                .Select(stored => (ComplaintEvent.Filed)site.Store.Decode<ComplaintEvent>(stored, unseal: false))
                .Select(filed => (filed.ScreeningHits, filed.ScreeningVersion)),
        ];
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Only_admins_issue_and_what_is_wrong_is_said_beside_its_field(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("一家店");
        foreach (var role in Enum.GetValues<Role>().Except([Role.Admin]))
        {
            var person = await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null));
            foreach (var act in new[] { "Try", "Save", "Restore" })
                (await site.Appends([], () => person.Send(Page, act, Form("私聊领券")))).Status.ShouldBe(403);
        }
        var gone = await site.Appends([], () => site.Visitor().Send(Page, "Save", Form("私聊领券")));
        gone.Location.ShouldNotBeNull().ShouldContain("/signin");
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await admin.PostAsync(Page + "?handler=Save", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var no = await site.Appends([], () => admin.Send(Page, "Save", [.. Form("客服"), ("reason2", "x")]));
        no.Status.ShouldBe(400);
        no.Body.ShouldContain("id=\"f-advert-fault\"");
        no.Body.ShouldContain("出现了新的引流话术");
        var bare = await admin.Send(Page, "Save", ("advert", "私聊领券"), ("basis", "1"));
        bare.Status.ShouldBe(400);
        bare.Body.ShouldContain("id=\"f-reason-fault\"");
    }
}
