using Hengping.Rules.Complaints;

namespace Hengping.World;

/// <summary>How a case ends, and what the claimant says of it.</summary>
public sealed partial class Play
{
    private void AfterReply()
    {
        if (chance.Hits(manner.Solves))
        {
            if (chance.Hits(0.15))
                AtDesk(60, Verb.Close, (c, at) => c.Close(at));
            Score(0.46, 8, chance.Hits(0.8) ? Resolved.Yes : Resolved.Partly);
            return;
        }
        if (chance.Hits(0.35))
            Mediate(chance.Wait(14), asked: true);
        else
            Score(0.3, 3, chance.Hits(0.3) ? Resolved.Partly : Resolved.No);
    }

    private void AfterSilence()
    {
        if (chance.Hits(0.16))
            Mediate(TimeSpan.FromHours(chance.Between(75, 240)), asked: true);
        else if (chance.Hits(0.06))
            Mediate(TimeSpan.FromDays(11), asked: false);
        else
            Score(0.26, 0, Resolved.No);
    }

    private void Mediate(TimeSpan after, bool asked)
    {
        // A form does not count: who got nothing else can ask as one who got none.
        var from = Case.NotSolvedFrom!.Value - stage.Now;
        if (asked && Case.Status == Status.Delivered && after < from)
            after = from;
        var began = asked
            ? Take(after, claimant, Verb.NotSolved, (c, at) => c.CallNotSolved(house.MediationEnd(at), at))
            : AtDesk(after.TotalHours, Verb.Mediate, (c, at) => c.Mediate(house.MediationEnd(at), at));
        if (!began)
            return;
        Say(Party.Mediator, mediator, "message mediator", 18);
        if (chance.Hits(0.5))
            Say(Party.Respondent, Answerer, "message merchant", 20);
        if (plan.Problem is "quality" or "counterfeit" && chance.Hits(0.12))
        {
            AtDesk(20, Verb.Suspend, (c, at) => c.Suspend("testing", at));
            AtDesk(200, Verb.Resume, (c, at) => c.Resume(at));
        }
        if (chance.Hits(0.25 + (manner.Solves / 2)) && Offer(chance.Wait(40), Party.Respondent, Answerer, 0.8))
        {
            Settle();
            return;
        }
        if (chance.Hits(0.06) && Take(chance.Wait(20), claimant, Verb.Withdraw, (c, at) => c.Withdraw(at)))
            return;
        var reason = chance.Weigh(Market.TerminationReasons);
        var note = writer.Say("terminate note");
        AtDesk(230, Verb.Terminate, (c, at) => c.Terminate(reason, nonAcceptance: false, note, at));
        if (chance.Hits(0.7))
            AtDesk(100, Verb.Close, (c, at) => c.Close(at));
        Score(0.4, 1, Resolved.No);
    }

    private void Settle()
    {
        var due = Case.Offers[^1].DueBy;
        var offered = Case.Offers[^1].Amount;
        if (chance.Hits(0.05))
        {
            var broken = stage.Act(
                due.AddHours(chance.Between(6, 120)),
                claimant,
                Verb.NotPerformed,
                (c, at) => c.CallNotPerformed(false, null, [], house.MediationEnd(at + Policy.ProofWithin), at, Policy)
            );
            if (broken)
                AtDesk(300, Verb.Terminate, (c, at) => c.Terminate("no-agreement", nonAcceptance: false, null, at));
            Score(0.5, 1, Resolved.No);
            return;
        }
        if (chance.Hits(0.55))
            Take(chance.Wait(48), claimant, Verb.Performed, (c, at) => c.ConfirmPerformed(at));
        Score(0.52, 8, offered >= plan.Amount ? Resolved.Yes : Resolved.Partly, offered);
    }

    /// <summary>
    /// A score around a middle: those who waited longer are less content. Some score again after a while.
    /// </summary>
    private void Score(double share, int middle, Resolved resolved, decimal? recovered = null)
    {
        if (!chance.Hits(share))
            return;
        var hours = Case.FirstReply is { } reply ? (reply.At - Case.DeliveredAt!.Value).TotalHours : 240;
        var points = middle + (1.4 * chance.Bell()) - Math.Min(3, hours / 60) + 0.8;
        var satisfaction = (int)Math.Clamp(Math.Round(points), 0, 10);
        if (resolved == Resolved.Yes && plan.Problem is "refund" or "shipping" or "fraud")
            recovered ??= plan.Amount;
        var wait = middle == 0 ? TimeSpan.FromDays(chance.Between(6, 28)) : chance.Wait(30);
        if (wait > TimeSpan.FromDays(25))
            wait = TimeSpan.FromDays(25);
        if (!Judge(wait, satisfaction, resolved, recovered) || !chance.Hits(0.04))
            return;
        Judge(
            TimeSpan.FromHours(chance.Between(2, 60)),
            Math.Clamp(satisfaction + chance.Between(-2, 3), 0, 10),
            resolved,
            recovered
        );
    }

    private bool Judge(TimeSpan after, int satisfaction, Resolved resolved, decimal? recovered)
    {
        var list = satisfaction switch
        {
            >= 7 => "score high",
            >= 4 => "score middle",
            _ => Case.FirstReply is null ? "score none" : "score low",
        };
        var comment = chance.Hits(0.6) ? writer.Say(list) : null;
        var paid = resolved == Resolved.No ? null : recovered;
        return Take(
            after,
            claimant,
            Verb.Score,
            (c, at) => c.ScoreIt(satisfaction, resolved, paid, comment, at, Policy)
        );
    }
}
