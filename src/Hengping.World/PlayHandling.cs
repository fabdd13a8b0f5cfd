using Hengping.Rules.Complaints;

namespace Hengping.World;

/// <summary>What happens once the merchant has the case.</summary>
public sealed partial class Play
{
    private void Handle()
    {
        if (chance.Hits(manner.Contests) && !Contest())
            return;
        if (chance.Hits(0.03) && Take(chance.Wait(20), claimant, Verb.Withdraw, (c, at) => c.Withdraw(at)))
            return;
        if (chance.Hits(0.08))
            Say(Party.Claimant, claimant, "message claimant", 12);
        var answers = chance.Hits(manner.Answers);
        if (!answers && manner.Manner == Manner.Silent && chance.Hits(0.15))
            Lose();
        var settled = answers && Answer();
        if (settled)
            Settle();
        else if (answers)
            AfterReply();
        else
            AfterSilence();
        if (chance.Hits(0.008))
            Exclude();
    }

    /// <summary>The merchant says it is not its case. False when that ends it.</summary>
    private bool Contest()
    {
        var ground = chance.Pick<ContestGround>([
            ContestGround.NotOurOrder,
            ContestGround.AlreadySettled,
            ContestGround.Competitor,
        ]);
        var contested = Take(
            chance.Wait(12),
            Answerer,
            Verb.Contest,
            (c, at) => c.ContestIt(ground, writer.Say("contest note"), [], house.AnswerBy(at), at)
        );
        if (!contested)
            return true;
        var decision = chance.Weigh<ContestDecision>([
            (ContestDecision.Reject, 0.5),
            (ContestDecision.Exclude, 0.36),
            (ContestDecision.Redirect, 0.14),
        ]);
        var other = market.Merchants.FirstOrDefault(m => m.Sector == merchant.Sector && m.Id != merchant.Id);
        if (decision == ContestDecision.Redirect && (other is null || plan.Seller is not null))
            decision = ContestDecision.Reject;
        var redirected = decision == ContestDecision.Redirect;
        var decided = AtDesk(
            30,
            Verb.DecideContest,
            (c, at) =>
                c.DecideContest(decision, redirected ? other!.Id : null, PublicId(), writer.Say("contest decision"), at)
        );
        if (decided && redirected)
            (merchant, manner) = Meet(other!);
        return decided && decision != ContestDecision.Exclude;
    }

    /// <summary>The desk finds nobody there; sometimes it finds them later.</summary>
    private void Lose()
    {
        var from = stage.Now;
        Attempt[] tries =
        [
            new(from.AddDays(1).AddHours(2), "phone"),
            new(from.AddDays(3).AddHours(1), "email"),
            new(from.AddDays(6).AddHours(3), "phone"),
        ];
        stage.Act(DeskTime(from.AddDays(7)), mediator, Verb.Unreached, (c, at) => c.MarkUnreached(tries, at));
        if (Case.Status == Status.Unreached && chance.Hits(0.3))
            AtDesk(60, Verb.Deliver, (c, at) => c.Deliver(PublicId(), at));
    }

    /// <summary>The first answer, and a second where the first was a form. True when an offer was accepted.</summary>
    private bool Answer()
    {
        if (chance.Hits(manner.Offers))
            return Offer(chance.Wait(manner.MedianHours), Party.Respondent, Answerer, 0.72);
        var form = chance.Hits(manner.Forms);
        Reply(chance.Wait(manner.MedianHours), form ? "reply template" : Voice());
        if (form && chance.Hits(0.3))
            Reply(chance.Wait(60), Voice());
        if (chance.Hits(0.12))
            Say(Party.Respondent, Answerer, "message merchant", 6);
        return false;
    }

    private string Voice()
    {
        if (plan.Seller is not null)
            return "reply merchant";
        if (merchant.Platform && plan.Shop is not null && chance.Hits(0.6))
            return "reply platform";
        return manner.Manner switch
        {
            Manner.Disputer => "reply dispute",
            Manner.Slow or Manner.Silent => "reply slow",
            Manner.Settler => "reply settle",
            _ => chance.Hits(0.8) ? "reply prompt" : "reply slow",
        };
    }

    private void Reply(TimeSpan after, string list)
    {
        var text = writer.Say(list);
        var validity = ReplyValidity.Judge(text, ofRespondent: true, alike: 1);
        Guid[] none = [];
        stage.Act(ShopTime(stage.Now + after), Answerer, Verb.Reply, (c, at) => c.Reply(text, none, validity, at));
    }

    // Shops answer from 8 to 22 every day.
    private DateTimeOffset ShopTime(DateTimeOffset at)
    {
        var local = at.ToOffset(TimeSpan.FromHours(8));
        if (local.Hour is >= 8 and < 22)
            return at;
        var midnight = local.AddMinutes(-local.TimeOfDay.TotalMinutes).AddDays(local.Hour < 8 ? 0 : 1);
        return midnight.AddHours(8).AddSeconds(chance.Between(60, 7200)).ToUniversalTime();
    }

    /// <summary>Somebody proposes a sum, and the claimant answers.</summary>
    private bool Offer(TimeSpan after, Party by, string author, double accepts)
    {
        var part = chance.Hits(0.5) ? 1m : chance.Between(2, 8) / 10m;
        var amount = decimal.Round(plan.Amount * part, 2);
        var terms = writer.Offer(amount);
        var at = by == Party.Respondent ? ShopTime(stage.Now + after) : DeskTime(stage.Now + after);
        var days = chance.Between(3, 8);
        if (
            !stage.Act(
                at,
                author,
                Verb.Offer,
                (c, now) => c.Offer(by, terms, amount, now.AddDays(days + 4), now.AddDays(7), now)
            )
        )
            return false;
        var no = Case.Offers.Length;
        var wait = TimeSpan.FromHours(chance.Between(1, 90));
        if (!chance.Hits(accepts))
        {
            if (chance.Hits(0.5))
                Take(wait, claimant, Verb.RejectOffer, (c, now) => c.RejectOffer(no, Party.Claimant, now));
            return false;
        }
        var accepted = Take(wait, claimant, Verb.AcceptOffer, (c, now) => c.AcceptOffer(no, Party.Claimant, now));
        return accepted && Case.Status == Status.Settled;
    }

    private void Say(Party from, string author, string list, double medianHours)
    {
        var text = writer.Say(list);
        Take(chance.Wait(medianHours), author, Verb.Message, (c, at) => c.Message(from, text, [], at));
    }

    private void Exclude()
    {
        var text = writer.Say("exclude reason");
        var reviewer = $"staff:{market.Reviewer.Id:D}";
        stage.Act(DeskTime(stage.Now.AddDays(1)), reviewer, Verb.Exclude, (c, at) => c.Exclude("duplicate", text, at));
    }
}
