using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

// The last look before a decision is told.
public sealed partial class AppealPage
{
    /// <summary>A decision with no fault was sent: it is looked over before it goes.</summary>
    public bool IsLooking { get; private set; }

    private StatementVerdict Chosen(PlanStatement statement) =>
        new(statement.No, Typed($"accepted-{statement.No}") == "true", Typed($"why-{statement.No}") ?? "");

    /// <summary>What a decision does, and whom it is told.</summary>
    public LastLook Look
    {
        get
        {
            var (kind, outcome, who) = (Words.Of(Appeal.Target.Kind), Typed("outcome"), Who ?? "");
            return new LastLook(Texts.T("appeal.decide.sure"))
            {
                Sent = LastLook.Typed(Request.Form),
                IsGrave = true,
                Follows =
                [
                    Texts.T($"appeal.choose.{kind}.{outcome}"),
                    .. outcome == "partly" ? Changes() : [],
                    .. Appeal.Statements.Count > 0
                        ? [Texts.T("appeal.sure.statements", Accepted, Declined)]
                        : Array.Empty<string>(),
                    Texts.T("appeal.sure.told", who),
                    Texts.T(outcome == "overturned" ? "appeal.sure.over" : "appeal.sure.once"),
                ],
                Said = [Typed("reason") ?? ""],
            };
        }
    }

    private int Accepted => Appeal.Statements.Count(one => Chosen(one).Accepted);
    private int Declined => Appeal.Statements.Count - Accepted;

    private IEnumerable<string> Changes()
    {
        var colon = Texts.Pick("：", ": ");
        if (Typed("endsOn") is { Length: > 0 } day)
            yield return Texts.T("appeal.change.end") + colon + Say.Typed(day);
        if (Typed("amount") is { Length: > 0 } sum)
            yield return Texts.T("appeal.change.amount") + colon + sum;
        if (Typed("scope") is { Length: > 0 } scope)
            yield return Texts.T("appeal.change.scope") + colon + scope;
    }
}
