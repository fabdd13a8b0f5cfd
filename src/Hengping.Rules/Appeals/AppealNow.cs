using Hengping.Rules.Clocks;

namespace Hengping.Rules.Appeals;

/// <summary>What a "no" of an appeal is told from.</summary>
public sealed partial record Appeal
{
    /// <summary>When it came to its status.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>Somebody who hears a "no": what they are to it, and what they can do now.</summary>
    public Hearer ToSide(AppealSide side, Guid account, bool isFree, DateTimeOffset now) =>
        new(NameOf(side), [.. Can(side, account, isFree).Select(AppealLife.Word)], now);

    private static string NameOf(AppealSide side) => side == AppealSide.Appellant ? "appellant" : "";

    private Stood StoodFor(AppealVerb verb)
    {
        var name = AppealLife.Name(Status);
        (string, string) did = Status switch
        {
            AppealStatus.Draft => ("开始写这件申诉", "began this appeal"),
            AppealStatus.Submitted => ("提交，正在等决定", "sent it, and it waits for a decision"),
            AppealStatus.Refused => ("退回补充", "sent it back for what is missing"),
            AppealStatus.Upheld => ("决定维持原决定", "upheld the decision"),
            AppealStatus.Partly => ("决定部分支持", "granted it in part"),
            AppealStatus.Overturned => ("决定撤销原决定", "overturned the decision"),
            AppealStatus.Withdrawn => ("撤回", "withdrew it"),
            _ => ("因逾期未提交而结束", "ended it, for it was not sent in time"),
        };
        (AppealSide side, (string, string) who) = Status switch
        {
            AppealStatus.Draft or AppealStatus.Submitted or AppealStatus.Withdrawn => (
                AppealSide.Appellant,
                ("申诉人", "The appellant")
            ),
            AppealStatus.Lapsed => (AppealSide.None, ("系统", "The clock")),
            _ => (AppealSide.None, ("复核人员", "A reviewer")),
        };
        return new(
            ($"该申诉{name.Zh}", $"This appeal: {name.En}"),
            AppealLife.Word(verb),
            new Came(NameOf(side), who, did, MovedAt)
        );
    }
}
