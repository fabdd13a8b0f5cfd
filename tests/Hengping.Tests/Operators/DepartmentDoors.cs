using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Admin;
using Hengping.App.Operators;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>部门: routing by rule, the page that sets it, and the desk that shows one's own first.</summary>
public sealed partial class DepartmentDoors
{
    private const string Page = "/admin/departments";

    private static readonly HashSet<string> Known = ["refund", "quality", "fraud"];
    private static readonly Department Refunds = new(
        "refunds",
        "退款组",
        "Refunds",
        ["refund", "fraud"],
        TakesRest: false
    );
    private static readonly Department Goods = new("goods", "质量组", "Goods", ["quality", "fraud"], TakesRest: false);
    private static readonly Department Rest = new("rest", "综合组", "General", [], TakesRest: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_first_that_takes_a_problem_gets_it_and_the_rest_goes_to_whom_takes_it()
    {
        Department[] all = [Rest, Refunds, Goods];
        string Of(string problem) => Departments.Of(all, problem)!.Code;
        (Of("refund"), Of("fraud"), Of("quality"), Of("gone")).ShouldBe(("refunds", "refunds", "goods", "rest"));
        Departments.Of([Goods, Refunds], "fraud")!.Code.ShouldBe("goods", "order matters");
        Departments.Of([Refunds], "quality").ShouldBeNull();
        Departments.Of([], "refund").ShouldBeNull();
    }

    [Fact]
    public void What_the_queue_asks_for_is_what_the_rule_says()
    {
        Department[][] lists =
        [
            [Rest, Refunds, Goods],
            [Goods, Refunds],
            [Refunds],
            [Rest],
            [Goods with { TakesRest = true }, Refunds],
        ];
        string[] problems = ["refund", "fraud", "quality", "gone"];
        foreach (var all in lists)
        foreach (var code in all.Select(d => (string?)d.Code).Append(all.Any(d => d.TakesRest) ? all[0].Code : null))
        {
            var (listed, isAllBut) = Departments.ProblemsOf(all, code);
            foreach (var problem in problems)
                (listed.Contains(problem) != isAllBut).ShouldBe(Departments.Of(all, problem)?.Code == code);
        }
    }

    private static DepartmentDraft Draft(Department one, string? place = null) =>
        new(one.Code, one.NameZh, one.NameEn, one.Problems, one.TakesRest, place, IsRemoved: false);

    [Fact]
    public void Drafts_are_ordered_blank_and_removed_ones_are_none()
    {
        var faults = new FieldFaults();
        DepartmentDraft[] drafts =
        [
            Draft(Goods, "2"),
            new(null, " ", null, null, false, "1", false),
            Draft(Rest) with
            {
                IsRemoved = true,
            },
            Draft(Refunds, "1"),
        ];
        Departments.Check(drafts, Known, faults).Select(d => d.Code).ShouldBe(["refunds", "goods"]);
        faults.None.ShouldBeTrue();
    }

    [Theory]
    [InlineData("code", "All", "department.code")]
    [InlineData("code", "all", "department.code")]
    [InlineData("code", "a", "department.code")]
    [InlineData("code", "goods", "department.twice")]
    [InlineData("nameZh", "", "field.required")]
    [InlineData("nameEn", "", "field.required")]
    [InlineData("problems", "", "department.takes-nothing")]
    [InlineData("problems", "nonsense", "field.unknown")]
    [InlineData("rest", "", "department.one-rest")]
    public void A_wrong_draft_is_refused_beside_its_field(string field, string typed, string code)
    {
        var draft = Draft(Refunds);
        draft = field switch
        {
            "code" => draft with { Code = typed },
            "nameZh" => draft with { NameZh = typed },
            "nameEn" => draft with { NameEn = typed },
            "problems" => draft with { Problems = typed.Length == 0 ? [] : [typed] },
            _ => draft with { TakesRest = true },
        };
        var faults = new FieldFaults();
        Departments.Check([Draft(Goods), Draft(Rest), draft], Known, faults);
        faults.All[$"departments[2].{(field == "rest" ? "problems" : field)}"].Code.ShouldBe(code);
    }

    private static (string, string?)[] Row(int at, string code, string problem, bool takesRest = false) =>
        [
            ($"departments[{at}].code", code),
            ($"departments[{at}].nameZh", code + "组"),
            ($"departments[{at}].nameEn", code + " group"),
            ($"departments[{at}].problems", problem),
            ($"departments[{at}].takesRest", takesRest ? "true" : "false"),
            ($"departments[{at}].place", $"{at}"),
        ];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Staff_see_their_own_queue_first_and_a_removed_department_leaves_its_cases_to_the_rest(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var admin = await site.Browsing(await site.As(Role.Admin, name: "周主任"));
        var mediator = await site.Browsing(desk.Mediator);
        var other = await site.Browsing(desk.SecondMediator);
        string refund = await File(desk, "refund");
        string quality = await File(desk, "quality");
        (await Numbers(mediator, "/desk")).ShouldBe([refund, quality], ignoreOrder: true);

        (string, string?)[] three =
        [
            .. Row(0, "money", "refund"),
            .. Row(1, "goods", "quality"),
            .. Row(2, "rest", "", true),
        ];
        await site.Appends(["operator.departmentsSet"], () => admin.Send(Page, "", three));
        await site.Appends([], () => admin.Send(Page, "", three));
        (await Numbers(mediator, "/desk")).ShouldBe([refund, quality], true, "who belongs to none sees all");

        var me = await site.Store.First<Guid>(
            "select id from accounts where role = 'mediator' order by opened_at, id limit 1",
            null,
            Ct
        );
        (string, string?)[] into = [("id", $"{me}"), ("department", "goods")];
        await site.Appends(["account.departmentSet"], () => admin.Send("/admin/staff", "Department", into));
        var unknown = await admin.Send("/admin/staff", "Department", ("id", $"{me}"), ("department", "moon"));
        unknown.Status.ShouldBe(409);
        (await admin.GetStringAsync("/admin/staff", Ct)).ShouldContain("goods组");

        (await Numbers(mediator, "/desk")).ShouldBe([quality]);
        (await Numbers(mediator, "/desk?department=all")).ShouldBe([refund, quality], ignoreOrder: true);
        (await Numbers(mediator, "/desk?department=money")).ShouldBe([refund]);
        (await Numbers(mediator, "/desk?department=rest")).ShouldBeEmpty();
        (await Numbers(mediator, $"/desk?q={refund}")).ShouldBe([refund], "who searches finds it wherever it stands");
        (await Numbers(mediator, $"/desk?q={refund}&department=goods")).ShouldBe([refund], "as its form sends it");
        (await Numbers(other, "/desk")).ShouldBe([refund, quality], ignoreOrder: true);
        var page = WebUtility.HtmlDecode(await mediator.GetStringAsync("/desk?lang=en", Ct));
        page.ShouldContain("Mine: goods group");
        page.ShouldContain(quality + " · goods group");

        (string, string?)[] without = [.. three, ("departments[1].isRemoved", "true")];
        await site.Appends(["operator.departmentsSet"], () => admin.Send(Page, "", without));
        (await Numbers(mediator, "/desk?department=rest")).ShouldBe([quality]);
        (await Numbers(mediator, "/desk")).ShouldBe([refund, quality], true, "its people see all again");
    }

    private static async Task<string> File(Desk desk, string problem)
    {
        var body = desk.Body();
        body["problem"] = problem;
        return (await desk.Claimant.PostJson("/api/v1/complaints", body).Json(201)).GetProperty("number").GetString()!;
    }

    private static async Task<string[]> Numbers(HttpClient who, string path) =>
        [.. RowNumber().Matches(await who.GetStringAsync(path, Ct)).Select(match => match.Groups[1].Value)];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Only_admins_set_them_and_set_up_can(Db engine)
    {
        await using var site = await Site.Start(engine);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        var form = SetupTests.Answers(key).Select(pair => (pair.Key, (string?)pair.Value));
        (string, string?)[] typed = [.. form, .. Row(0, "money", "refund", true)];
        (await site.Visitor().Send("/setup?key=" + key, "", typed)).Location.ShouldBe("/admin");
        (await CurrentOperator.Load(site.Store, Ct))!.Departments.ShouldHaveSingleItem().Code.ShouldBe("money");

        var shop = await site.Merchant("一家店");
        foreach (var role in Enum.GetValues<Role>().Except([Role.Admin]))
        {
            var person = await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null));
            (await site.Appends([], () => person.Send(Page, "", Row(0, "money", "refund")))).Status.ShouldBe(403);
        }
        (await site.Visitor().Send(Page, "", Row(0, "money", "refund"))).Location.ShouldNotBeNull();
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await admin.PostAsync(Page, null, Ct)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var no = await site.Appends([], () => admin.Send(Page, "", Row(0, "Money", "refund")));
        no.Status.ShouldBe(400);
        no.Body.ShouldContain("id=\"f-departments[0]-code-fault\"");
    }

    [GeneratedRegex("<tr data-number=\"([^\"]+)\"")]
    private static partial Regex RowNumber();
}
