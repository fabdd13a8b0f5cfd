namespace Hengping.Tests.Complaints;

/// <summary>From filing to the reply.</summary>
public sealed partial class EveryDoor
{
    private static readonly Row[] Screening =
    [
        new(
            "return",
            Filed,
            Mediator,
            _ => new { missing = new[] { "order" }, note = "请补订单号" },
            "returned",
            "returned",
            Delivered,
            WrongState
        ),
        new(
            "resubmit",
            Returned,
            Claimant,
            _ => new { text = "订单号 123" },
            "resubmitted",
            "filed",
            Filed,
            WrongState
        ),
        new(
            "supplement",
            Filed,
            Claimant,
            _ => new { text = "当天的聊天记录我也找到了" },
            "supplemented",
            "filed",
            Delivered,
            WrongState
        ),
        new(
            "decline",
            Filed,
            Mediator,
            _ => new { reason = "not-our-duty" },
            "declined",
            "declined",
            Delivered,
            WrongState
        ),
        new("deliver", Filed, Mediator, Empty, "delivered", "delivered", Delivered, WrongState),
        new("reply", Delivered, Merchant, Text, "replied", "replied", d => d.Contested(), WrongState),
        new("reply", InMediation, Merchant, Text, "replied", "inMediation", Settled, WrongState),
        new(
            "contest",
            Delivered,
            Merchant,
            _ => new { ground = "wrong-company" },
            "contested",
            "contested",
            Replied,
            WrongState
        ),
        new(
            "contest/decide",
            d => d.Contested(),
            Mediator,
            _ => new { decision = "reject", reason = "有订单" },
            "contestDecided",
            "delivered",
            Delivered,
            WrongState
        ),
        new(
            "contest/decide",
            d => d.Contested(),
            Mediator,
            d => new
            {
                decision = "redirect",
                reason = "转错",
                respondent = d.OtherShop,
            },
            "contestDecided",
            "delivered",
            Replied,
            WrongState
        ),
        new(
            "contest/decide",
            d => d.Contested(),
            Mediator,
            _ => new { decision = "exclude", reason = "查实" },
            "contestDecided",
            "declined",
            Replied,
            WrongState
        ),
        new(
            "unreached",
            Delivered,
            Mediator,
            _ => new { attempts = new[] { new { at = "2026-10-12T01:00:00Z", way = "phone" } } },
            "unreached",
            "unreached",
            Replied,
            WrongState
        ),
        new("chase", Delivered, Mediator, Empty, "chased", "delivered", Filed, WrongState),
        new(
            "messages",
            Delivered,
            Claimant,
            _ => new { text = "请尽快" },
            "messageSent",
            "delivered",
            Filed,
            WrongState
        ),
        new(
            "messages",
            Settled,
            Merchant,
            _ => new { text = "今天打款" },
            "messageSent",
            "settled",
            d => Desk.Then(d.Settled(), d.Claimant, "performed"),
            WrongState
        ),
        new(
            "not-solved",
            Replied,
            Claimant,
            Empty,
            "notSolved",
            "inMediation",
            Delivered,
            "complaint.not-solved-too-early"
        ),
        new("performed", Settled, Claimant, Empty, "performed", "closed", Replied, WrongState),
    ];
}
