using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;

namespace Hengping.World;

/// <summary>Plays one case from its plan: the desk, the merchant and the claimant each act in their manner.</summary>
public sealed partial class Play
{
    private static readonly ComplaintPolicy Policy = ComplaintPolicy.Current;

    private readonly Market market;
    private readonly House house;
    private readonly CasePlan plan;
    private readonly Chance chance;
    private readonly Writer writer;
    private readonly Stage stage;
    private readonly List<EvidencePlan> evidence = [];
    private readonly string claimant;
    private readonly string mediator;
    private MerchantPlan merchant;
    private Behaviour manner;

    private Play(Market market, House house, CasePlan plan)
    {
        this.market = market;
        this.house = house;
        this.plan = plan;
        chance = new Chance(market.Seed, "life", plan.Index);
        writer = new Writer(plan, chance);
        stage = new Stage(market.End);
        claimant = plan.Seller is { } seller ? $"merchant:{seller.Person:D}" : $"claimant:{plan.Claimant!.Id:D}";
        mediator = $"staff:{chance.Pick(market.Mediators).Id:D}";
        (merchant, manner) = Meet(plan.Respondent);
    }

    /// <summary>The whole life of a case up to the end of the world.</summary>
    public static CaseLife Of(Market market, House house, CasePlan plan)
    {
        var play = new Play(market, house, plan);
        play.File();
        if (play.Screen())
            play.Handle();
        play.stage.Close();
        return new CaseLife(plan, play.stage.Story, play.stage.Case!, play.evidence);
    }

    private Complaint Case => stage.Case!;
    private string Answerer => $"merchant:{merchant.Person:D}";

    private (MerchantPlan, Behaviour) Meet(MerchantPlan who)
    {
        var year = (plan.FiledAt - market.Start) / (market.End - market.Start);
        return (who, who.Behaviour.Drift(who.Mend, year));
    }

    private void File()
    {
        if (chance.Hits(plan.FiledAt > market.End.AddDays(-45) ? 0.12 : 0.008))
            Photograph(chance.Between(1, 2));
        var filing = Filing();
        var faults = new FieldFaults();
        var clean = filing.Check(house.Codes, plan.FiledAt, Policy, faults);
        if (!faults.None)
            throw new InvalidOperationException($"Case {plan.Index}: {string.Join(", ", faults.All.Keys)}");
        var number = CaseNumber.From(chance.Bits());
        var arrival = new Arrival(number, house.ScreenBy(plan.FiledAt));
        var filed = Complaint.File(clean, arrival, Policy, ScreeningList.Shipped);
        stage.Begin(filed.Event!, plan.FiledAt, claimant);
    }

    private Filing Filing() =>
        new()
        {
            Side = plan.Seller is null ? Side.Consumer : Side.Merchant,
            Claimant = plan.Claimant?.Id ?? plan.Seller!.Person,
            ClaimantMerchant = plan.Seller?.Id,
            Respondent = plan.Respondent.Id,
            Shop = plan.Shop?.Id,
            ShopName = plan.Shop?.Name,
            OrderNo = plan.OrderNo,
            OrderedAt = plan.OrderedAt,
            Sector = plan.Respondent.Sector,
            Problem = plan.Problem,
            Amount = plan.Amount,
            Story = plan.Text,
            Demands = plan.Demands,
            ContactedMerchantAt = plan.ContactedAt,
            MerchantAnswer = plan.Answer,
            Evidence = [.. evidence.Select(e => e.Id)],
            Name = plan.Claimant?.Name ?? plan.Seller!.Keeper,
            Phone = plan.Claimant?.Phone ?? plan.Seller!.KeeperPhone,
            Province = plan.Claimant?.Province ?? "33",
            FiledFor = plan.ForChild ? FiledFor.Child : FiledFor.Self,
            Authority = plan.ForChild ? "监护人：母亲" : null,
            Consents = new Consents(PassOn: true, plan.Publish, plan.Call),
            LiabilityAccepted = true,
            Channel = plan.Channel,
        };

    /// <summary>The desk looks: most go on, some come back, few are refused.</summary>
    private bool Screen()
    {
        if (plan.Seller is not null)
            return Deliver(TimeSpan.FromSeconds(1), claimant);
        if (chance.Hits(0.025))
            return !Take(chance.Wait(5), claimant, Verb.Withdraw, (c, at) => c.Withdraw(at)) && Deliver();
        if (chance.Hits(0.03))
            return Refused() && Deliver();
        if (!chance.Hits(0.045))
            return Deliver();
        string[] missing = chance.Hits(0.6) ? ["order", "payment"] : ["payment"];
        AtDesk(4, Verb.Return, (c, at) => c.Return(missing, writer.Say("return note"), at, Policy));
        if (chance.Hits(0.35))
            return false;
        if (plan.FiledAt > market.End.AddDays(-45))
            Photograph(1);
        var added = evidence.Count > 0 ? (Guid[])[evidence[^1].Id] : [];
        return Take(
                chance.Wait(30),
                claimant,
                Verb.Resubmit,
                (c, at) => c.Resubmit(writer.Say("supplement"), added, house.ScreenBy(at), at)
            ) && Deliver();
    }

    private bool Refused()
    {
        var reason = chance.Weigh(Market.DeclineReasons);
        AtDesk(9, Verb.Decline, (c, at) => c.Decline(reason, writer.Say("decline note"), at));
        if (!chance.Hits(0.25))
            return false;
        var asked = Take(
            TimeSpan.FromHours(chance.Between(3, 140)),
            claimant,
            Verb.Review,
            (c, at) => c.AskReview(writer.Say("review reason"), at, Policy)
        );
        var other = market.Mediators.First(m => mediator != $"staff:{m.Id:D}");
        var reopen = chance.Hits(0.5);
        return asked
            && stage.Act(
                DeskTime(stage.Now + chance.Wait(20)),
                $"staff:{other.Id:D}",
                Verb.DecideReview,
                (c, at) =>
                    c.DecideReview(
                        reopen,
                        reopen ? "材料补充后符合受理条件" : "维持原决定，可以另行起诉",
                        house.ScreenBy(at),
                        $"staff:{other.Id:D}",
                        at
                    )
            )
            && reopen;
    }

    private bool Deliver()
    {
        var urgent = Case.Priority == Priority.P0;
        return AtDesk(urgent ? 0.5 : 5, Verb.Deliver, (c, at) => c.Deliver(PublicId(), at));
    }

    private bool Deliver(TimeSpan after, string author) =>
        Take(after, author, Verb.Deliver, (c, at) => c.Deliver(PublicId(), at));

    private string PublicId() => $"{chance.Bits():x16}{chance.Bits() >> 32:x8}";

    /// <summary>Acts <paramref name="after"/> the last event, whatever the hour.</summary>
    private bool Take(
        TimeSpan after,
        string author,
        Verb verb,
        Func<Complaint, DateTimeOffset, Rules.Decided<ComplaintEvent>> decide
    ) => stage.Act(stage.Now + after, author, verb, decide);

    /// <summary>The mediator acts in office hours, some hours after the last event.</summary>
    private bool AtDesk(
        double medianHours,
        Verb verb,
        Func<Complaint, DateTimeOffset, Rules.Decided<ComplaintEvent>> decide
    ) => stage.Act(DeskTime(stage.Now + chance.Wait(medianHours)), mediator, verb, decide);

    // Monday to Friday, 09:00 to 18:00 in Shanghai: what comes later is done the next morning.
    private DateTimeOffset DeskTime(DateTimeOffset at)
    {
        var local = at.ToOffset(TimeSpan.FromHours(8));
        if (local.Hour is < 9 or >= 18 || local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            local = local.AddMinutes(-local.TimeOfDay.TotalMinutes).AddDays(local.Hour < 9 ? 0 : 1);
            while (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                local = local.AddDays(1);
            local = local.AddHours(9).AddSeconds(chance.Between(60, 7000));
        }
        return local.ToUniversalTime();
    }

    private void Photograph(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (seed, index) = (market.Seed, (plan.Index * 10L) + evidence.Count);
            var receipt = chance.Hits(0.5);
            evidence.Add(
                new EvidencePlan(
                    chance.Id(plan.FiledAt),
                    receipt ? "付款凭证.png" : "聊天记录.png",
                    () =>
                        receipt
                            ? Pictures.Proof.Receipt(plan, new Chance(seed, "picture", index))
                            : Pictures.Proof.Talk(plan, new Chance(seed, "picture", index))
                )
            );
        }
    }
}
