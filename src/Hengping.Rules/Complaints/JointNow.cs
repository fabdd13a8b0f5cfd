using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>What the "no"s of a joint complaint are told from. Nobody learns which of the others said no.</summary>
public sealed partial record Joint
{
    /// <summary>What somebody can do, by the word of its address: "agree", "messages".</summary>
    public static (string Zh, string En) Doing(string word) =>
        word switch
        {
            "confirm" => ("确认为同一争议", "confirm that it is one dispute"),
            "invite" => ("邀请其他投诉", "invite other complaints"),
            "join" => ("参加", "take part"),
            "leave" => ("退出", "leave it"),
            "representatives" => ("推选代表人", "choose representatives"),
            "waive" => ("提议放弃投诉请求", "propose to drop it"),
            "settle" => ("提出和解方案", "make an offer to all"),
            _ => ("留言", "write a message"),
        };

    private static Refusal Closed(JointMatter matter)
    {
        Came came = matter switch
        {
            { State: MatterState.Carried, ClosedAt: { } at } => new(
                "",
                ("全体投诉人", "Everybody concerned"),
                ("同意", "agreed"),
                at
            ),
            { State: MatterState.Refused, ClosedAt: { } at } => new(
                "",
                ("一位投诉人", "One of the claimants"),
                ("不同意", "said no"),
                at
            ),
            _ => new("", ("这个事项", "This matter"), ("过期", "expired"), matter.ExpiresAt),
        };
        return MatterClosed with
        {
            Stood = new(
                ("这个事项已有结果或已过期", "This matter is decided or has expired"),
                ("再表示同意或不同意", "answer it any more"),
                came
            ),
        };
    }

    private Refusal NotTwice() =>
        ConfirmedBefore with
        {
            Stood = new(
                ("已确认为同一争议", "It is confirmed as one dispute already"),
                ("再次确认", "confirm it again"),
                new Came(
                    "",
                    ("调解员", "A mediator"),
                    ConfirmedAt is null
                        ? ("作为同一争议提出", "proposed it as one dispute")
                        : ("确认为同一争议", "confirmed it as one dispute"),
                    ConfirmedAt ?? ProposedAt
                )
            ),
        };
}
