using Hengping.App.Design;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>Which published lists a decision about this case would touch: told before it is taken.</summary>
public sealed partial class CaseRoomPage
{
    private static readonly Verb[] Touching = [Verb.Exclude, Verb.Include, Verb.DecideValidity, Verb.DecideContest];

    /// <summary>In a sentence; null where no published list holds the case.</summary>
    public string? ListsTouched { get; private set; }

    private async Task LookAtLists()
    {
        if (Reader != Party.Mediator || Case.DeliveredAt is null || !Touching.Any(May))
            return;
        var lists = await PublishedHolding.Of(Store, Id, Case.Side, Ct);
        if (lists.Count == 0)
            return;
        var named = lists.Select(list =>
            Texts.T("later.decide.one", Periods.Name(list.Period, Now), Say.Count(list.Version))
        );
        ListsTouched = Texts.T("later.decide", string.Join(Texts.T("say.list"), named));
    }
}
