namespace Hengping.Rules.Inspections;

/// <summary>
/// 转移规则 of GB/T 2828.1 clause 9: from the results of the lots so far, how the next lot of the same series is
/// inspected. A series is one maker's one model, lot after lot, each by its first submission; a lot sent again counts
/// for nothing here. Reduced inspection is left out.
/// </summary>
/// <param name="Strictness">How the next lot is inspected.</param>
/// <param name="IsStopped">检验中止: five lots rejected on tightened inspection; people decide when it goes on.</param>
public sealed record SwitchingRule(Strictness Strictness, bool IsStopped)
{
    /// <summary>Two rejected among so many lots in a row tighten.</summary>
    public const int Window = 5;

    /// <summary>Rejected lots in the window that tighten.</summary>
    public const int RejectedToTighten = 2;

    /// <summary>Lots accepted in a row on tightened inspection that lead back.</summary>
    public const int AcceptedToNormal = 5;

    /// <summary>Lots rejected in all on one stretch of tightened inspection that stop.</summary>
    public const int RejectedToStop = 5;

    /// <summary>A series begins on normal inspection.</summary>
    public static readonly SwitchingRule Start = new(Strictness.Normal, IsStopped: false);

    // On normal inspection the lots since the last rejected one, null where none is; a second within the window
    // tightens at once, so that never more than one has to be remembered.
    private int? SinceRejected { get; init; }

    /// <summary>Lots accepted in a row on tightened inspection.</summary>
    public int AcceptedInRow { get; private init; }

    /// <summary>Lots rejected on this stretch of tightened inspection.</summary>
    public int RejectedInAll { get; private init; }

    /// <summary>As the contract writes it: normal, tightened or stop.</summary>
    public string Word =>
        IsStopped ? "stop"
        : Strictness == Strictness.Normal ? "normal"
        : "tightened";

    /// <summary>The state after one more lot. A stopped series stays stopped.</summary>
    public SwitchingRule After(bool accepted)
    {
        if (IsStopped)
            return this;
        return Strictness == Strictness.Normal ? AfterNormal(accepted) : AfterTightened(accepted);
    }

    /// <summary>After the maker mended what was wrong: on tightened inspection, as if it had just begun.</summary>
    public SwitchingRule Resumed => IsStopped ? new SwitchingRule(Strictness.Tightened, IsStopped: false) : this;

    private SwitchingRule AfterNormal(bool accepted)
    {
        if (accepted)
            return this with { SinceRejected = SinceRejected + 1 };
        return SinceRejected < Window - 1
            ? new SwitchingRule(Strictness.Tightened, IsStopped: false)
            : this with
            {
                SinceRejected = 0,
            };
    }

    private SwitchingRule AfterTightened(bool accepted)
    {
        if (!accepted)
            return this with
            {
                AcceptedInRow = 0,
                RejectedInAll = RejectedInAll + 1,
                IsStopped = RejectedInAll + 1 == RejectedToStop,
            };
        return AcceptedInRow + 1 == AcceptedToNormal ? Start : this with { AcceptedInRow = AcceptedInRow + 1 };
    }

    /// <summary>Why the next lot is inspected so, for people.</summary>
    public string Zh =>
        (IsStopped, Strictness) switch
        {
            (true, _) => $"加严检验中累计 {RejectedToStop} 批不接收：中止检验，改进后由人决定恢复",
            (_, Strictness.Normal) => $"正常检验；连续不超过 {Window} 批中有 {RejectedToTighten} 批不接收即转加严",
            _ => $"加严检验：已连续接收 {AcceptedInRow} 批（满 {AcceptedToNormal} 批转正常），"
                + $"累计不接收 {RejectedInAll} 批（满 {RejectedToStop} 批中止）",
        };

    /// <summary>The same in English.</summary>
    public string En =>
        (IsStopped, Strictness) switch
        {
            (true, _) => $"{RejectedToStop} lots rejected on tightened inspection: stopped, until people let it go on",
            (_, Strictness.Normal) =>
                $"normal; {RejectedToTighten} rejected among {Window} or fewer lots in a row would tighten",
            _ => $"tightened: {AcceptedInRow} accepted in a row ({AcceptedToNormal} lead back to normal), "
                + $"{RejectedInAll} rejected in all ({RejectedToStop} stop)",
        };
}
