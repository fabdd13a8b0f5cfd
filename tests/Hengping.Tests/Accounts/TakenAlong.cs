using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>What a claimant takes along is what the house shows them, and nothing that is for staff.</summary>
public sealed class TakenAlong
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_case_is_taken_along_as_both_doors_show_it(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var body = desk.Body();
        body["story"] = "买的水壶不加热，客服让我加微信转账，电话 13700001111。";
        var id = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        await desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = "已为您办理全额退款,3日内原路到账。" }).Json();
        await desk
            .Reviewer.PostJson(Desk.At(id, "hold"), new { ground = "investigation", reason = "疑似团伙，勿告知" })
            .Json();

        var me = await site.Browsing(desk.Claimant);
        var text = await me.GetStringAsync("/me?handler=Download", Ct);
        var taken = JsonDocument.Parse(text).RootElement.GetProperty("cases")[0];
        var shown = await desk.Claimant.GetAsync(Desk.At(id, "events"), Ct).Json();
        JsonElement.DeepEquals(taken.GetProperty("events"), shown.GetProperty("items")).ShouldBeTrue(text);
        taken.GetProperty("events").EnumerateArray().Count().ShouldBe(4);
        var view = await desk.Claimant.GetAsync(Desk.At(id), Ct).Json();
        foreach (var said in view.EnumerateObject().Where(one => one.Name != "firstContact"))
            JsonElement
                .DeepEquals(taken.GetProperty("case").GetProperty(said.Name), said.Value)
                .ShouldBeTrue(said.Name);

        var others = await site.Store.Query<Guid>("select id from accounts where role <> 'claimant'", null, Ct);
        var given = (await site.Store.Load(App.Complaints.ComplaintBook.Instance, Guid.Parse(id), Ct)).State!.PublicId!;
        string[] never =
        [
            "疑似团伙",
            "screeningHits",
            "screeningVersion",
            "publicId",
            given,
            .. others.Select(one => one.ToString("D")),
        ];
        never.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        text.ShouldContain("investigation");
        text.ShouldContain("13800000001");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_only_asked_to_take_part_takes_nothing_of_the_others_along(Db engine)
    {
        var three = await Three.Open(engine);
        await using var desk = three.Desk;
        var site = desk.Site;
        var id = await three.Represented();
        const string Secret = "我建议接受，不再追究";
        await desk.Claimant.PostJson($"{Three.Joint}/{id}/messages", new { text = "请统一退款，运费另算" }).Json();
        await desk.Claimant.PostJson($"{Three.Joint}/{id}/waive", new { text = Secret }).Json();
        // A merchant's own hand behind another phone: it asks to be let in, and nobody has said yes.
        var puppet = await site.As(Role.Claimant, phone: "13800000009", name: "赵无名");
        var fourth = (
            await puppet
                .PostJson("/api/v1/complaints", desk.Body("contact", new { name = "赵无名", phone = "13800000009" }))
                .Json(201)
        )
            .GetProperty("id")
            .GetString()!;
        var asked = await puppet.PostJson(Three.Joint, new { complaint = fourth }).Json(201);
        Outside(asked, "asked");
        await SeesNothing("asked");
        foreach (
            var (verb, body) in new[]
            {
                ("waive", (object)new { text = "都撤了吧" }),
                ("messages", new { text = "喂" }),
            }
        )
            await puppet.PostJson($"{Three.Joint}/{id}/{verb}", body).Refused(409, "joint.not-in");
        await puppet.PostJson($"{Three.Joint}/{id}/matters/2/agree").Refused(409, "joint.not-in");
        await puppet.PostJson($"{Three.Joint}/{id}/matters/9/refuse").Refused(409, "joint.not-in");
        await desk.Stranger.PostJson($"{Three.Joint}/{id}/matters/2/refuse").Json();
        await Eventually.Holds(async () => await Letters(three.C, "joint-result") == 2, "those who take part are told");
        (await Letters(fourth, "joint-%")).ShouldBe(0, "nobody writes to who is not in");

        var (desks, invite) = ($"{Three.Joint}/{id}", new { complaints = new[] { fourth } });
        await desk.Mediator.PostJson(desks + "/invite", invite).Json();
        (await puppet.GetAsync(desks, Ct).Json()).GetProperty("matters").GetArrayLength().ShouldBe(2, "let in");
        Outside(await puppet.PostJson(desks + "/leave").Json(), "out");
        await SeesNothing("out");
        await desk.Mediator.PostJson(desks + "/invite", invite).Json();
        await SeesNothing("invited");
        await desk.Mediator.PostJson(desks + "/remove", new { complaint = fourth, reason = "不是同一纠纷" }).Json();
        await SeesNothing("removed");
        (await desk.Stranger.GetAsync(desks, Ct).Json()).GetRawText().ShouldContain(Secret);

        async Task SeesNothing(string state)
        {
            Outside(await puppet.GetAsync($"{Three.Joint}/{id}", Ct).Json(), state);
            var around = await puppet.GetAsync(Desk.At(fourth, "joint"), Ct).Json();
            Outside(around.GetProperty("joint"), state);
            var number = (await puppet.GetAsync(Desk.At(fourth), Ct).Json()).GetProperty("number").GetString();
            var browser = await site.Browsing(puppet);
            foreach (var path in new[] { $"/cases/{number}", "/me?handler=Download" })
            {
                var page = await browser.GetStringAsync(path, Ct);
                foreach (var word in new[] { Secret, "运费另算", "欧阳", three.A, three.B, three.C })
                    page.Contains(word, StringComparison.Ordinal).ShouldBeFalse($"{state} {path} {word}");
            }
        }

        void Outside(JsonElement joint, string state)
        {
            joint.GetProperty("matters").GetArrayLength().ShouldBe(0, state);
            joint.GetProperty("messages").GetArrayLength().ShouldBe(0, state);
            joint.GetProperty("invited").GetInt32().ShouldBe(0, state);
            var member = joint.GetProperty("members").EnumerateArray().ShouldHaveSingleItem();
            member.GetProperty("complaint").GetString().ShouldBe(fourth);
            member.GetProperty("state").GetString().ShouldBe(state);
        }

        Task<long> Letters(string complaint, string template) =>
            site.Store.First<long>(
                "select count(*) from outbox where complaint = @id and template like @template",
                new { id = Guid.Parse(complaint), template },
                Ct
            );
    }
}
