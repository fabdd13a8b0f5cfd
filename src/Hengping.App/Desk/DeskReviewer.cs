using Hengping.App.Appeals;
using Hengping.App.Measures;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;

namespace Hengping.App.Desk;

/// <summary>
/// A reviewer's day begins with what waits for them: measures to sign and appeals to decide. The desk's own queue,
/// which is the mediators', is a choice away.
/// </summary>
public sealed partial class DeskPage
{
    private const int OwnShown = 5;

    /// <summary>Measures that wait for the reader; null for whoever is no reviewer.</summary>
    public MeasureTable? OwnMeasures { get; private set; }

    /// <summary>Appeals that wait for the reader.</summary>
    public AppealTable? OwnAppeals { get; private set; }

    /// <summary>There are more than stand here.</summary>
    public bool HasMoreOwn { get; private set; }

    /// <summary>The page as a day begins, without a choice of anything.</summary>
    private bool IsOpening => Request.Query.Keys.All(key => key is "did" or "lang");

    private async Task ReadOwn()
    {
        if (Me!.Role != Role.Reviewer || !IsOpening)
            return;
        View = "review";
        var queue = (await ListMeasures.Queue(Store, new ListMeasures.Wanted(Size: 50), Ct)).Items;
        var turns = await MeasureTurns.Of(Store, queue.Select(row => row.Id), Me, Ct);
        var measures = queue.Where(row => turns.GetValueOrDefault(row.Id)?.IsMine == true).ToList();
        var wanted = new ListAppeals.Wanted([AppealStatus.Submitted], Size: 50);
        var appeals = (await AppealsPage.Read(Store, law, Me, wanted, Ct))
            .Rows.Where(row => row.Turn?.IsMine == true)
            .ToList();
        HasMoreOwn = measures.Count > OwnShown || appeals.Count > OwnShown;
        OwnMeasures = new MeasureTable([.. measures.Take(OwnShown)], Now, turns);
        OwnAppeals = new AppealTable([.. appeals.Take(OwnShown)], Now, IsDesk: true);
    }
}
