using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.World;

/// <summary>The clocks of reports in the program a world plays in; all of it pure.</summary>
/// <param name="TellBy">5 working days from an instant.</param>
/// <param name="VerifyBy">15 working days from an instant; also what an extension adds.</param>
public sealed record ReportTerms(
    Func<DateTimeOffset, DateTimeOffset> TellBy,
    Func<DateTimeOffset, DateTimeOffset> VerifyBy
);

/// <summary>An event of a report with the time and author the log will hold.</summary>
public sealed record ReportStamp(ReportEvent Event, DateTimeOffset At, string Author);

/// <summary>One lived report.</summary>
/// <param name="Reporter">Whose key seals the contact; null of an anonymous one.</param>
public sealed record ReportLived(Guid Id, Guid? Reporter, IReadOnlyList<ReportStamp> Story);

/// <summary>
/// A handful of reports of the last weeks, so that the desk finds some in every status. Each is written for what it
/// tells of; whom it is about, who tells it and the hours are chance.
/// </summary>
public sealed class Reports
{
    private readonly Market market;
    private readonly ReportTerms terms;
    private readonly Chance chance;
    private readonly List<ReportStamp> story = [];
    private readonly string mediator;
    private Report? report;
    private DateTimeOffset now;

    private Reports(Market market, ReportTerms terms, int index)
    {
        this.market = market;
        this.terms = terms;
        chance = new Chance(market.Seed, "report", index);
        mediator = $"staff:{chance.Pick(market.Mediators).Id:D}";
    }

    /// <summary>What happens to a report after it came in.</summary>
    private delegate void Fate(Reports played);

    private sealed record Script(string Breach, string Kind, int DaysAgo, bool IsNamed, string Text, Fate Then);

    private static readonly Script[] Scripts =
    [
        new(
            "fake-reviews",
            "goods",
            0,
            false,
            "客服让我给五星好评返 5 元，还发来写好的评语让我复制，评价区前几页都是一样的话。",
            _ => { }
        ),
        new(
            "unsafe-goods",
            "goods",
            2,
            true,
            "给孩子买的充电玩具充电十分钟就烫手，外壳没有厂名和 3C 标志，店里还在卖同一款。",
            _ => { }
        ),
        new(
            "price-fraud",
            "goods",
            5,
            false,
            "标“原价 899，今日 299”，我留了三个月的截图，这款从来没有卖过 899。",
            p => p.Accept()
        ),
        new(
            "counterfeit",
            "goods",
            9,
            true,
            "买了两罐奶粉，批号在厂家官网查不到，客服电话说没有生产过这一批。罐子和小票都在。",
            p =>
            {
                p.Accept();
                p.Tell("请补充罐底批号的照片和购买日期。");
                p.Add("补充：批号 240611，10 月购买，两罐批号相同，罐子没有扔。");
            }
        ),
        new(
            "data-misuse",
            "service",
            24,
            false,
            "注销账户以后还能收到他们的营销短信，里面有我的姓，客服说数据“合作方还在用”。",
            p =>
            {
                p.Accept();
                p.Extend("需要向商家调取短信发送记录，对方尚未提供。");
            }
        ),
        new(
            "false-advertising",
            "goods",
            31,
            true,
            "页面写“医院推荐，三天见效”，其实是普通食品，没有任何批准文号。",
            p =>
            {
                p.Accept();
                p.Conclude(
                    ReportStatus.BreachFound,
                    ReportMeasure.Recommend,
                    null,
                    "核查页面存档，宣传用语属实且没有依据。已向商家发出整改建议，页面已修改，我们会在一个月后复查。"
                );
            }
        ),
        new(
            "food-safety",
            "goods",
            38,
            false,
            "直播间卖的自制酱料没有生产日期和许可证号，主播说是“家里做的”。",
            p =>
            {
                p.Accept();
                p.Conclude(
                    ReportStatus.BreachFound,
                    ReportMeasure.Refer,
                    "市场监督管理局",
                    "回看直播存档，商品确无标签和许可信息，线索和存档已移送。"
                );
            }
        ),
        new(
            "unfair-terms",
            "service",
            45,
            true,
            "下单页勾选的规则写着“一经支付概不退款”，不勾选就不能付款。",
            p =>
            {
                p.Accept();
                p.Conclude(
                    ReportStatus.Referred,
                    null,
                    "市场监督管理局",
                    "条款是否有效应由有权机关认定，页面存档已随案移送。"
                );
            }
        ),
        new(
            "unlicensed",
            "service",
            52,
            false,
            "听说他们没有证就在营业，具体哪家门店我不清楚。",
            p => p.Decline("report-no-lead", "没有门店、时间等可以核查的线索。知道具体情况后，欢迎重新举报。")
        ),
        new(
            "malicious-competition",
            "goods",
            60,
            false,
            "同行在我们商品下面发一样的差评，几个账号一天之内注册的。",
            p =>
            {
                p.Accept();
                p.Conclude(
                    ReportStatus.NotFound,
                    null,
                    null,
                    "核对账号、订单和发布时间，都有真实购买记录，没有发现组织发布的证据。"
                );
            }
        ),
        new(
            "counterfeit",
            "goods",
            14,
            false,
            "收到的耳机序列号在官网查不到，怀疑是假货，店里评论也有人这样说。",
            p => p.Withdraw()
        ),
    ];

    /// <summary>All of them; who reports by name has filed a complaint before, and so has an account.</summary>
    public static IReadOnlyList<ReportLived> Of(Market market, ReportTerms terms) =>
        [.. Scripts.Select((script, index) => new Reports(market, terms, index).Play(script))];

    private ReportLived Play(Script script)
    {
        var day = Shanghai.DayOf(market.End).AddDays(-script.DaysAgo);
        var came = Shanghai.StartOf(day).AddMinutes(script.DaysAgo == 0 ? 1 : chance.Between(8 * 60, 22 * 60));
        now = Report.TimeOf(!script.IsNamed, came < market.End ? came : market.End.AddMinutes(-1));
        var about = chance.Pick(market.Merchants.Where(m => Wares.Of(m.Sector).Kind == script.Kind).ToList());
        var person = script.IsNamed
            ? chance.Pick(market.Cases.Where(c => c.Claimant is not null && c.FiledAt < came).ToList()).Claimant
            : null;
        var draft = new ReportDraft(
            script.Breach,
            script.Text,
            !script.IsNamed,
            about.Name,
            person?.Name,
            person?.Phone
        )
        {
            Respondent = about.Id,
        };
        var number = CaseNumber.From(chance.Bits());
        var filed = Report.File(number, draft, person?.Id, terms.TellBy(now), terms.VerifyBy(now));
        Keep(filed, person is null ? "reporter" : $"claimant:{person.Id:D}");
        script.Then(this);
        return new ReportLived(Lot(), person?.Id, story);
    }

    private void Accept() => AtDesk(chance.Between(3, 30), r => r.Accept());

    private void Decline(string reason, string note) => AtDesk(chance.Between(20, 50), r => r.Decline(reason, note));

    private void Tell(string text) => AtDesk(chance.Between(20, 40), r => r.Tell(text));

    private void Extend(string reason) =>
        AtDesk(24 * 10, r => r.Extend(reason, terms.VerifyBy(r.VerifyBy ?? now), now));

    private void Conclude(ReportStatus outcome, ReportMeasure? measure, string? authority, string text) =>
        AtDesk(24 * chance.Between(6, 11), r => r.Conclude(outcome, measure, authority, text, ownMeasures: false));

    private void Add(string text)
    {
        now += TimeSpan.FromHours(chance.Between(2, 20));
        Take(r => r.Add(text, []), "reporter");
    }

    // Before the desk has looked.
    private void Withdraw()
    {
        now += TimeSpan.FromHours(chance.Between(1, 6));
        Take(r => r.Withdraw(), "reporter");
    }

    /// <summary>The desk acts some hours later, in office hours.</summary>
    private void AtDesk(int hours, Func<Report, Decided<ReportEvent>> decide)
    {
        var local = (now + TimeSpan.FromHours(hours)).ToOffset(Shanghai.Offset);
        if (local.Hour is < 9 or >= 18)
            local = Shanghai.StartOf(Shanghai.DayOf(local)).AddDays(local.Hour < 9 ? 0 : 1).AddMinutes(570);
        while (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            local = local.AddDays(1);
        now = local.ToUniversalTime();
        Take(decide, mediator);
    }

    // Nothing happens at or after the end of the world.
    private void Take(Func<Report, Decided<ReportEvent>> decide, string author)
    {
        if (now >= market.End)
            return;
        Keep(
            decide(report!).Event ?? throw new InvalidOperationException($"A report of the world: {report!.Status}"),
            author
        );
    }

    private void Keep(ReportEvent happened, string author)
    {
        story.Add(new ReportStamp(happened, now, author));
        report = Report.Fold(report, happened, now);
    }

    // Drawn by lot, as the program's own.
    private Guid Lot()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, chance.Bits());
        BitConverter.TryWriteBytes(bytes[8..], chance.Bits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
