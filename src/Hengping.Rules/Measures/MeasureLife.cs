namespace Hengping.Rules.Measures;

/// <summary>Where a measure stands.</summary>
public enum MeasureStatus
{
    /// <summary>待签署: nobody signed it yet; an urgent one is in effect all the same.</summary>
    Proposed,

    /// <summary>已预告: heavy, and told before, so that the addressee can answer.</summary>
    Announced,

    /// <summary>已通知: signed and published, and in effect only after its notice.</summary>
    Notified,

    /// <summary>生效中.</summary>
    InForce,

    /// <summary>已到期.</summary>
    Ended,

    /// <summary>已解除.</summary>
    Lifted,

    /// <summary>已撤销: an appeal was right.</summary>
    Overturned,

    /// <summary>未签署失效.</summary>
    Lapsed,

    /// <summary>不予采取.</summary>
    Dropped,
}

/// <summary>What can be done to a measure.</summary>
public enum MeasureVerb
{
    Sign,
    Drop,

    /// <summary>The addressee, to an announcement.</summary>
    Answer,
    AskHuman,

    /// <summary>A human answers who was asked for.</summary>
    Look,
    Lift,

    /// <summary>The shop's statement in the path of IP notices.</summary>
    State,

    /// <summary>The holder of the right went on.</summary>
    Sue,
    Appeal,
    Uphold,
    Overturn,
    Change,

    /// <summary>The appeal is over without a decision.</summary>
    EndAppeal,
}

/// <summary>What somebody is to a measure.</summary>
public enum MeasureSide
{
    /// <summary>Neither: the public.</summary>
    None,

    /// <summary>Whom it is addressed to.</summary>
    Addressee,

    /// <summary>A mediator: reads, and does nothing.</summary>
    Reader,

    /// <summary>A reviewer.</summary>
    Reviewer,

    /// <summary>An admin: a reviewer who has what is overdue too.</summary>
    Admin,

    /// <summary>The room of appeals.</summary>
    Appeals,
}

/// <summary>Which verb is possible where, whose it is, and the words of both.</summary>
public static class MeasureLife
{
    /// <summary>Whether a verb is possible in a status.</summary>
    public static bool Allows(MeasureStatus status, MeasureVerb verb) =>
        verb switch
        {
            MeasureVerb.Sign or MeasureVerb.Drop => status is MeasureStatus.Proposed or MeasureStatus.Announced,
            MeasureVerb.Answer => status == MeasureStatus.Announced,
            MeasureVerb.AskHuman or MeasureVerb.Look => IsOpen(status),
            MeasureVerb.Lift or MeasureVerb.Change => status is MeasureStatus.Notified or MeasureStatus.InForce,
            MeasureVerb.State or MeasureVerb.Sue => status == MeasureStatus.InForce,
            // What is over can still be found to have been wrong: money goes back, and the register says so.
            _ => status
                is MeasureStatus.Proposed
                    or MeasureStatus.Notified
                    or MeasureStatus.InForce
                    or MeasureStatus.Ended
                    or MeasureStatus.Lifted,
        };

    /// <summary>Something can still come of it.</summary>
    public static bool IsOpen(MeasureStatus status) =>
        status is MeasureStatus.Proposed or MeasureStatus.Announced or MeasureStatus.Notified or MeasureStatus.InForce;

    /// <summary>Whose verb it is.</summary>
    public static bool IsOf(MeasureVerb verb, MeasureSide side) =>
        verb switch
        {
            MeasureVerb.Answer or MeasureVerb.AskHuman or MeasureVerb.State => side == MeasureSide.Addressee,
            MeasureVerb.Appeal
            or MeasureVerb.Uphold
            or MeasureVerb.Overturn
            or MeasureVerb.Change
            or MeasureVerb.EndAppeal => side == MeasureSide.Appeals,
            _ => side is MeasureSide.Reviewer or MeasureSide.Admin,
        };

    /// <summary>A status in its public word.</summary>
    public static (string Zh, string En) Name(MeasureStatus status) =>
        status switch
        {
            MeasureStatus.Proposed => ("待签署", "Unsigned"),
            MeasureStatus.Announced => ("已预告", "Announced"),
            MeasureStatus.Notified => ("已通知", "Notice given"),
            MeasureStatus.InForce => ("生效中", "In force"),
            MeasureStatus.Ended => ("已到期", "Ended"),
            MeasureStatus.Lifted => ("已解除", "Lifted"),
            MeasureStatus.Overturned => ("已撤销", "Overturned"),
            MeasureStatus.Lapsed => ("未签署失效", "Lapsed"),
            _ => ("未采取", "Not taken"),
        };

    /// <summary>Not possible in this status.</summary>
    public static Refusal WrongState(MeasureVerb verb, MeasureStatus status)
    {
        var ((zh, en), (doZh, doEn)) = (Name(status), Word(verb));
        return new Refusal(
            "measure.wrong-state",
            $"该措施{zh}，不能{doZh}",
            $"This measure stands as {en}: it is not possible to {doEn}"
        );
    }

    /// <summary>A verb as somebody does it.</summary>
    public static (string Zh, string En) Word(MeasureVerb verb) =>
        verb switch
        {
            MeasureVerb.Sign => ("签署", "sign it"),
            MeasureVerb.Drop => ("撤下", "drop it"),
            MeasureVerb.Answer => ("再作陈述", "answer the announcement"),
            MeasureVerb.AskHuman => ("要求人工处理", "ask for a human"),
            MeasureVerb.Look => ("作人工答复", "answer as the human who was asked for"),
            MeasureVerb.Lift => ("解除", "lift it"),
            MeasureVerb.State => ("提交不侵权声明", "state that nothing is infringed"),
            MeasureVerb.Sue => ("登记权利人已投诉或起诉", "record that the holder of the right went on"),
            MeasureVerb.Appeal => ("申诉", "appeal"),
            MeasureVerb.Change => ("变更", "change it"),
            MeasureVerb.EndAppeal => ("结束申诉", "end an appeal"),
            _ => ("作出申诉决定", "decide an appeal"),
        };
}
