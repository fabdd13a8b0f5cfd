namespace Hengping.Tests.Complaints;

/// <summary>From the reply to the end, and the score.</summary>
public sealed partial class EveryDoor
{
    private static readonly Row[] Settling =
    [
        new("not-performed", Settled, Claimant, _ => Refused, "notPerformedSaid", "settled", Replied, WrongState),
        new(
            "performance",
            NotPerformedSaid,
            Merchant,
            _ => new { text = "11月3日已转账" },
            "performanceShown",
            "settled",
            InMediation,
            "complaint.nothing-to-show"
        ),
        new(
            "performance/found",
            NotPerformedSaid,
            Mediator,
            _ => new { reason = "有转账凭证" },
            "performanceFound",
            "settled",
            Settled,
            "complaint.nothing-broken"
        ),
        new("review", Declined, Claimant, _ => Why, "reviewAsked", "declined", ReviewAsked, "complaint.review-once"),
        new(
            "review/decide",
            ReviewAsked,
            d => d.SecondMediator,
            _ => new { decision = "reopen", reason = "有新材料" },
            "reviewDecided",
            "filed",
            Declined,
            "complaint.no-review"
        ),
        new("offers", Delivered, Merchant, d => d.Offer(), "offerMade", "replied", Settled, WrongState),
        new("offers", Replied, Mediator, d => d.Offer(), "offerMade", "replied", Filed, WrongState),
        new(
            "offers/1/accept",
            d => d.Offered(),
            Claimant,
            Empty,
            "offerAccepted",
            "settled",
            d => Desk.Then(d.Offered(), d.Claimant, "offers/1/reject"),
            "offer.closed"
        ),
        new(
            "offers/1/reject",
            d => d.Offered(),
            Claimant,
            Empty,
            "offerRejected",
            "replied",
            d => Desk.Then(d.Delivered(), d.Claimant, "offers", d.Offer()),
            "offer.own"
        ),
        new("mediate", Delivered, Mediator, Empty, "mediationBegan", "inMediation", Filed, WrongState),
        new(
            "suspend",
            InMediation,
            Mediator,
            _ => new { ground = "appraisal" },
            "suspended",
            "inMediation",
            Suspended,
            "complaint.suspended"
        ),
        new("resume", Suspended, Mediator, Empty, "resumed", "inMediation", InMediation, "complaint.not-suspended"),
        new(
            "terminate",
            InMediation,
            Mediator,
            _ => new { reason = "no-agreement" },
            "terminated",
            "terminated",
            Filed,
            WrongState
        ),
        new(
            "told",
            Untold,
            Mediator,
            _ => new { party = "respondent", way = "post" },
            "terminationTold",
            "terminated",
            Filed,
            "complaint.told-before"
        ),
        new("withdraw", Filed, Claimant, Empty, "withdrawn", "withdrawn", Settled, WrongState),
        new("close", Replied, Mediator, Empty, "closed", "closed", Filed, WrongState),
        new(
            "score",
            Delivered,
            Claimant,
            _ => new
            {
                satisfaction = 7,
                resolved = "partly",
                amountRecovered = "50",
            },
            "scored",
            "delivered",
            Filed,
            "complaint.never-delivered"
        ),
        new(
            "exclude",
            Delivered,
            d => d.Reviewer,
            _ => new { ground = "abuse", reason = "重复滥诉" },
            "excluded",
            "delivered",
            Excluded,
            "complaint.already-excluded"
        ),
        new(
            "include",
            Excluded,
            d => d.Reviewer,
            _ => new { reason = "查实应当计入" },
            "included",
            "delivered",
            Delivered,
            "complaint.not-excluded"
        ),
        new(
            "validity",
            Acknowledged,
            Mediator,
            _ => new
            {
                reply = 3,
                valid = true,
                reason = "附有退款凭证",
            },
            "validityDecided",
            "replied",
            Delivered,
            "complaint.no-such-reply"
        ),
        new(
            "validity/contest",
            d => d.Offered(),
            Claimant,
            _ => new { reply = 3, reason = "没有说什么时候退" },
            "validityContested",
            "replied",
            Acknowledged,
            "complaint.validity-same"
        ),
        new(
            "validity/contest",
            Acknowledged,
            Merchant,
            _ => new { reply = 3, reason = "退款凭证在附件里" },
            "validityContested",
            "delivered",
            d => d.Offered(),
            "complaint.validity-same"
        ),
        new(
            "consents",
            Filed,
            Claimant,
            _ => new { passOn = true, publish = true },
            "consentsChanged",
            "filed",
            Declined,
            "complaint.consent-after-end"
        ),
        new("seller/ask", OnPlatform, Claimant, Empty, "sellerAsked", "delivered", Delivered, "complaint.no-platform"),
        new(
            "seller",
            SellerAsked,
            d => d.PlatformDesk,
            _ => new { name = "杭州某某商行", contact = "杭州市文三路1号 0571-88886666" },
            "sellerNamed",
            "delivered",
            OnPlatform,
            "complaint.seller-not-asked"
        ),
        new("hold", Declined, Reviewer, _ => Hold, "holdPlaced", "declined", Held, "complaint.already-held"),
        new("hold/lift", Held, Reviewer, _ => Why, "holdLifted", "delivered", Delivered, "complaint.not-held"),
    ];
}
