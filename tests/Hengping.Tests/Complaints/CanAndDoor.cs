using System.Text.Json;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// <c>can</c> holds exactly where the door takes a valid body: cases in every status and with every fact that rules
/// something out, for everybody who is something in them, whoever runs the site. What is in <c>can</c> is done on a
/// copy of the case; what is not is tried on the case itself, which has to stay as it is.
/// </summary>
public sealed class CanAndDoor
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly object Why = new { reason = "理由充分" };
    private static readonly object Long = new { text = "已为您办理全额退款,3日内原路到账,回单号请见短信。" };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_verb_is_offered_exactly_where_its_door_opens(Db engine)
    {
        await using var site = await Site.Start(engine);
        await using var desk = await Desk.On(site);
        var cases = await Cases(desk);
        var (wrong, done, statuses) = (new List<string>(), 0, new HashSet<string>());
        var everybody = await Everybody(desk);
        foreach (var kind in Enum.GetValues<OperatorKind>())
        {
            await Reporting.Run(site, kind);
            // The law reads one kind otherwise than the rest: of two of those a case in each status has to do.
            var some = kind is OperatorKind.Regulator or OperatorKind.Association ? cases : await OneEach(site, cases);
            foreach (var (name, id) in some)
            foreach (var (who, caller, role) in everybody.Where(one => IsOfUse(one.Who, name)))
            {
                using var seen = await caller.GetAsync(Desk.At(id), Ct);
                if (!seen.IsSuccessStatusCode)
                    continue;
                var shown = await Task.FromResult(seen).Json();
                statuses.Add(shown.GetProperty("status").GetString()!);
                foreach (var due in shown.GetProperty("deadlines").EnumerateArray())
                    Texts.All.Keys.ShouldContain("due." + due.GetProperty("kind").GetString());
                var can = shown.GetProperty("can").EnumerateArray().Select(v => v.GetString()!).ToHashSet();
                foreach (var verb in Enum.GetValues<Verb>().Where(v => CaseSides.Of(v).Roles.Contains(role)))
                {
                    var isOffered = can.Contains(Words.Of(verb));
                    var (isOpen, said) = await Try(caller, isOffered ? await Copy(site, id) : id, verb, shown);
                    done++;
                    if (isOpen != isOffered)
                        wrong.Add($"{kind} {name} {who} {Words.Of(verb)}: offered {isOffered}, {said}");
                }
            }
        }
        wrong.ShouldBeEmpty();
        statuses.Order().ShouldBe(Enum.GetValues<Status>().Select(s => Words.Of(s)).Order());
        done.ShouldBeGreaterThan(cases.Count * 80);
    }

    [Fact]
    public void Whoever_did_something_reads_that_it_was_done() =>
        Enum.GetValues<Verb>()
            // Consents have a page of their own.
            .Where(verb => verb != Verb.ChangeConsents && !Texts.All.ContainsKey("did." + Words.Of(verb)))
            .ShouldBeEmpty();

    private static async Task<IReadOnlyList<(string Name, string Id)>> OneEach(
        Site site,
        IReadOnlyList<(string Name, string Id)> cases
    )
    {
        var of = new Dictionary<Status, (string, string)>();
        foreach (var one in cases)
            of[(await site.Store.Load(ComplaintBook.Instance, Guid.Parse(one.Id), Ct)).State!.Status] = one;
        return [.. of.Values];
    }

    // Who decided something decides no more upon it; otherwise one mediator is as good as another.
    private static bool IsOfUse(string who, string name) => who != "another mediator" || name == "review asked";

    private static async Task<IReadOnlyList<(string Who, HttpClient Caller, Role Role)>> Everybody(Desk desk) =>
        [
            ("claimant", desk.Claimant, Role.Claimant),
            ("respondent", desk.Merchant, Role.Merchant),
            ("platform", desk.PlatformDesk, Role.Merchant),
            ("mediator", desk.Mediator, Role.Mediator),
            ("another mediator", desk.SecondMediator, Role.Mediator),
            ("reviewer", desk.Reviewer, Role.Reviewer),
            ("admin", await desk.Site.As(Role.Admin), Role.Admin),
        ];

    // The clock is turned twice, so that each kind of "too late" and "too early" has a case.
    private static async Task<IReadOnlyList<(string Name, string Id)>> Cases(Desk d)
    {
        List<(string, string)> all = [];
        async Task Add(string name, Task<string> made) => all.Add((name, await made));
        object declined = new { reason = "not-our-duty" };
        object terminated = new { reason = "no-agreement" };
        await Add("declined long ago", Desk.Then(d.Filed(), d.Mediator, "decline", declined));
        await Add("terminated long ago", Desk.Then(d.Replied(), d.Mediator, "terminate", terminated));
        await Add("offer that lapsed", d.Offered());
        await Add("settled and due", d.Settled());
        d.Site.Clock.Turn(TimeSpan.FromDays(31));
        await Add("delivered days ago", d.Delivered());
        d.Site.Clock.Turn(TimeSpan.FromHours(73));
        await Add("filed", d.Filed());
        await Add("filed without consent", NotPassedOn(d));
        await Add("returned", Desk.Then(d.Filed(), d.Mediator, "return", new { missing = new[] { "order" } }));
        await Add("declined", Desk.Then(d.Filed(), d.Mediator, "decline", declined));
        var asked = Desk.Then(Desk.Then(d.Filed(), d.Mediator, "decline", declined), d.Claimant, "review", Why);
        await Add("review asked", asked);
        await Add("delivered", d.Delivered());
        await Add("unreached", Desk.Then(d.Delivered(), d.Mediator, "unreached", Tried(d)));
        await Add("contested", d.Contested());
        var rejected = new { decision = "reject", reason = "有订单记录" };
        await Add("contested before", Desk.Then(d.Contested(), d.Mediator, "contest/decide", rejected));
        await Add("replied", d.Replied());
        await Add("reply that does not count", Uncounted(d));
        var disputed = Desk.Then(d.Replied(), d.Claimant, "validity/contest", new { reply = 3, reason = "没有答复" });
        await Add("reply contested", disputed);
        var judged = new
        {
            reply = 3,
            valid = false,
            reason = "没有答复",
        };
        await Add("reply judged", Desk.Then(d.Replied(), d.Mediator, "validity", judged));
        await Add("offered by the respondent", d.Offered());
        await Add("offered by the claimant", Desk.Then(d.Replied(), d.Claimant, "offers", d.Offer()));
        var both = Desk.Then(d.InMediation(), d.Mediator, "offers", d.Offer());
        await Add("offered by the mediator", both);
        var once = Desk.Then(d.InMediation(), d.Mediator, "offers", d.Offer());
        await Add("accepted by one", Desk.Then(once, d.Claimant, "offers/1/accept"));
        await Add("in mediation", d.InMediation());
        await Add("suspended", Desk.Then(d.InMediation(), d.Mediator, "suspend", new { ground = "testing" }));
        await Add("settled", d.Settled());
        var refused = new { refusedInWriting = true, text = "他们回信说不退了" };
        await Add("not performed", Desk.Then(d.Settled(), d.Claimant, "not-performed", refused));
        var early = Desk.Then(d.Settled(), d.Claimant, "not-performed", refused);
        await Add("found performed", Desk.Then(early, d.Mediator, "performance/found", Why));
        await Add("terminated", Desk.Then(d.Delivered(), d.Mediator, "terminate", terminated));
        await Add("nobody told", Untold(d));
        await Add("withdrawn", Desk.Then(d.Filed(), d.Claimant, "withdraw"));
        await Add("withdrawn after delivery", Desk.Then(d.Replied(), d.Claimant, "withdraw"));
        await Add("closed", Desk.Then(d.Replied(), d.Mediator, "close"));
        var excluded = new { ground = "abuse", reason = "重复滥诉" };
        await Add("excluded", Desk.Then(d.Delivered(), d.Reviewer, "exclude", excluded));
        var held = new { ground = "litigation", reason = "法院调取材料" };
        await Add("held", Desk.Then(d.Delivered(), d.Reviewer, "hold", held));
        await Add("shop on a platform", OnPlatform(d));
        await Add("seller asked", Desk.Then(OnPlatform(d), d.Claimant, "seller/ask"));
        var named = Desk.Then(OnPlatform(d), d.Claimant, "seller/ask");
        var seller = new { name = "杭州某商行", contact = "杭州市某路1号" };
        await Add("seller named", Desk.Then(named, d.PlatformDesk, "seller", seller));
        await Add("merchant's complaint", Filed(d.Merchant, d.MerchantBody()));
        return all;
    }

    private static async Task<string> Filed(HttpClient who, object body) =>
        (await who.PostJson("/api/v1/complaints", body).Json(201)).GetProperty("id").GetString()!;

    private static object Tried(Desk d) =>
        new { attempts = new[] { new { at = d.Site.Clock.GetUtcNow(), way = "phone" } } };

    private static Task<string> NotPassedOn(Desk d)
    {
        var consents = new
        {
            passOn = false,
            publish = false,
            call = false,
        };
        return Filed(d.Claimant, d.Body("consents", consents));
    }

    private static Task<string> Uncounted(Desk d) =>
        Desk.Then(d.Delivered(), d.Merchant, "reply", new { text = "收到" });

    private static Task<string> Untold(Desk d)
    {
        var body = d.Body("respondent", new { name = "无人小店" });
        var ended = new { reason = "party-absent" };
        return Desk.Then(Desk.Then(d.Filed(body), d.Mediator, "deliver"), d.Mediator, "terminate", ended);
    }

    private static async Task<string> OnPlatform(Desk d)
    {
        var body = d.Body(d.Platform);
        body["shop"] = new { name = (await MerchantDirectory.Find(d.Site.Store, d.Shop, Ct))!.Name };
        return await Desk.Then(d.Filed(body), d.Mediator, "deliver");
    }

    /// <summary>The same events under another id, number and public id.</summary>
    private static async Task<string> Copy(Site site, string original)
    {
        var (store, id) = (site.Store, Guid.CreateVersion7());
        var story =
            from one in await store.ReadStory(ComplaintBook.Instance, Guid.Parse(original), Ct)
            let happened = one.Event switch
            {
                ComplaintEvent.Filed e => e with { Number = $"9{id:N}"[..14] },
                ComplaintEvent.Delivered e => e with { PublicId = $"{id:N}" },
                _ => one.Event,
            }
            select new Stamped<ComplaintEvent>(happened, one.At, one.Author);
        var fresh = new Loaded<Complaint>(id, 0, 0, null);
        var change = store.Change(ComplaintBook.Instance, fresh, [.. story], store.Keys.Create());
        (await store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        return $"{id:D}";
    }

    /// <summary>Whether one of the valid bodies is taken, and what was said last.</summary>
    private static async Task<(bool IsOpen, string Said)> Try(HttpClient who, string id, Verb verb, JsonElement shown)
    {
        var last = "no body fits";
        foreach (var (n, body) in Bodies(verb, shown))
        {
            var path = CaseVerbs.PathOf(verb).Replace("{n}", $"{n}");
            using var answer = await who.PostJson(Desk.At(id, path), body);
            if (answer.IsSuccessStatusCode)
                return (true, "taken");
            last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}";
            ((int)answer.StatusCode).ShouldBeOneOf([403, 404, 409], last);
        }
        return (false, last);
    }

    /// <summary>
    /// Valid bodies of a verb. Of several offers, replies and persons to be told one has to do: which of them is the
    /// choice of whoever acts, and what is said of a wrong choice has its own tests (EveryDoor, Three, Replies).
    /// </summary>
    private static IEnumerable<(int No, object? Body)> Bodies(Verb verb, JsonElement shown)
    {
        var offers = Enumerable.Range(1, Math.Max(1, shown.GetProperty("offers").GetArrayLength()));
        var numbers = Enumerable.Range(1, shown.GetProperty("version").GetInt32());
        var dueBy = DateTimeOffset.Parse("2027-06-01T10:00:00+08:00", null);
        return verb switch
        {
            Verb.AcceptOffer or Verb.RejectOffer => offers.Select(n => (n, (object?)null)),
            Verb.ContestValidity => numbers.Select(reply => (0, (object?)new { reply, reason = "不同意" })),
            Verb.DecideValidity => from reply in numbers
            from valid in (bool[])[true, false]
            select (
                0,
                (object?)
                    new
                    {
                        reply,
                        valid,
                        reason = "经核实",
                    }
            ),
            Verb.TellTermination => ((string[])["claimant", "respondent"]).Select(party =>
                (0, (object?)new { party, way = "phone" })
            ),
            _ => [(0, BodyOf(verb, dueBy))],
        };
    }

    private static object? BodyOf(Verb verb, DateTimeOffset dueBy) =>
        verb switch
        {
            Verb.Return => new { missing = new[] { "order" } },
            Verb.Resubmit or Verb.Supplement => new { text = "补充:发票找到了" },
            Verb.Decline => new { reason = "not-our-duty" },
            Verb.Unreached => new { attempts = new[] { new { at = "2026-10-01T10:00:00+08:00", way = "phone" } } },
            Verb.Contest => new { ground = "wrong-company", note = "不是我们" },
            Verb.DecideContest => new { decision = "reject", reason = "有订单记录" },
            Verb.Reply or Verb.Message or Verb.ShowPerformance => Long,
            Verb.Offer => new
            {
                terms = "全额退款并承担运费",
                amount = "129.90",
                dueBy,
            },
            Verb.NotPerformed => new { refusedInWriting = true, text = "他们回信说不退了" },
            Verb.Suspend => new { ground = "testing" },
            Verb.Terminate => new { reason = "no-agreement" },
            Verb.Review or Verb.FindPerformed or Verb.LiftHold or Verb.Include => Why,
            Verb.DecideReview => new { decision = "uphold", reason = "理由充分" },
            Verb.Score => new { satisfaction = 8 },
            Verb.Exclude => new { ground = "abuse", reason = "重复滥诉" },
            Verb.ChangeConsents => new
            {
                passOn = false,
                publish = false,
                call = false,
            },
            Verb.Hold => new { ground = "litigation", reason = "法院调取材料" },
            Verb.NameSeller => new { name = "杭州某商行", contact = "杭州市某路1号" },
            _ => null,
        };
}
