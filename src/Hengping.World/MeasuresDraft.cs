using Hengping.Rules.Measures;
using Hengping.Rules.RuleRegister;

namespace Hengping.World;

/// <content>A measure from its script: whom it concerns, and the clause of that day.</content>
public sealed partial class Measures
{
    private MeasureDraft? DraftOf(MeasureScript script, DateOnly factsOn, DateOnly day)
    {
        var (topic, clause) = MeasuresOfWorld.ClauseOf(script.Reason, script.Kind);
        var (rule, _, text) = rules.First(r => r.Topic == topic);
        if (text.Citable(factsOn) is not { } version || version.Wording.Clauses.All(c => c.No != clause))
            return null;
        var whom = Whom(script);
        if (whom is null)
            return null;
        var isMoney = MeasureKinds.IsMoney(script.Kind);
        var isFlag = script.Kind == MeasureKind.Flagged;
        var isClosing = script.Kind == MeasureKind.ShopClosed;
        var words = new MeasureWords(
            script.Facts,
            script.Scope,
            script.Until,
            isFlag ? "近三十天品质退货率" : null,
            isFlag ? "不高于 3%" : null,
            isMoney ? "违规处理规则：没有做到承诺或者售假的，向买家赔付。" : null,
            isMoney ? "按涉及订单逐单计算，清单随本决定书一并送达。" : null,
            isClosing ? "已付款未发货的订单七日内全额退款；已发货的照常签收和售后。" : null,
            isClosing ? "保证金扣除未了结的赔付后，三十日内退还。" : null,
            script.Notice,
            script.Notice is null ? null : "某文化创意有限公司",
            script.Notice is null ? null : "ip@example.com"
        );
        return new MeasureDraft(
            script.Kind,
            whom,
            new MeasureTarget(script.Target, null, null, script.Title.Length > 0 ? script.Title : null),
            script.Reason,
            new ClauseRef(rule, version.No, clause),
            factsOn,
            words
        )
        {
            Source = script.Source,
            DetectedByMachine = script.ByMachine,
            Automation = script.Automation,
            IsUrgent = script.IsUrgent,
            EndsOn = script.Days is { } days ? day.AddDays(days) : null,
            Amount = script.Amount,
            Cause = script.Cause,
        };
    }

    private MeasureAddressee? Whom(MeasureScript script)
    {
        if (script.Target != TargetKind.Account)
        {
            var shop = chance.Pick(market.Merchants.Where(m => !m.Platform).ToList());
            addressee = $"merchant:{shop.Person:D}";
            return new MeasureAddressee(true, shop.Id);
        }
        var known = market.Cases.Where(c => c.Claimant is not null && c.FiledAt < now).ToList();
        if (known.Count == 0)
            return null;
        var person = chance.Pick(known).Claimant!.Id;
        addressee = $"claimant:{person:D}";
        return new MeasureAddressee(false, person);
    }
}
