namespace Hengping.Rules.Measures;

/// <summary>The "no" of measures.</summary>
public sealed partial record Measure
{
    /// <summary>It is another side's to do.</summary>
    public static readonly Refusal NotYours = new(
        "measure.not-yours",
        "这一步不由您来做",
        "This step is not yours to take"
    );

    /// <summary>Nothing can be read or written any more.</summary>
    public static readonly Refusal Gone = new(
        "measure.erased",
        "该措施的内容已清除",
        "What this measure said was erased"
    );

    /// <summary>Two people.</summary>
    public static readonly Refusal FourEyes = new(
        "measure.four-eyes",
        "重大措施和自动作出的措施由提出人以外的审核员签署",
        "A heavy measure, and one that a machine decided, is signed by another person than proposed it"
    );

    /// <summary>Overdue.</summary>
    public static readonly Refusal ForTheAdmin = new(
        "measure.for-the-admin",
        "该紧急措施24小时内无人签署，已转管理员，由管理员签署或撤下",
        "Nobody signed this urgent measure within 24 hours; it is the admin's now to sign or to drop"
    );

    /// <summary>The addressee has the word.</summary>
    public static readonly Refusal StillToAnswer = new(
        "measure.still-to-answer",
        "已预告的措施要等对方陈述，或陈述期满后才能签署",
        "An announced measure is signed after the addressee answered or the time to answer is over"
    );

    /// <summary>Its end comes before it begins.</summary>
    public static readonly Refusal EndsBefore = new(
        "measure.ends-before",
        "结束日期已过或早于开始日期，请撤下后重新提出",
        "It would end before it begins; drop it and propose it again"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AlreadyAnswered = new(
        "measure.answered",
        "您已作过陈述，等待审核员决定",
        "You have answered already; a reviewer decides now"
    );

    /// <summary>The three days are over.</summary>
    public static readonly Refusal TooLateToAnswer = new(
        "measure.answer-late",
        "陈述期已满；措施如被签署，您可以申诉",
        "The time to answer is over; if the measure is signed you can appeal"
    );

    /// <summary>Somebody is on their way.</summary>
    public static readonly Refusal AlreadyAsked = new(
        "measure.human-asked",
        "您已要求人工处理，审核员会在期限内答复",
        "You have asked for a human; a reviewer answers within the time shown"
    );

    /// <summary>Nobody asked.</summary>
    public static readonly Refusal NotAsked = new(
        "measure.human-not-asked",
        "没有待答复的人工处理要求",
        "Nobody waits for a human here"
    );

    /// <summary>A machine alone may not, after somebody asked for a human.</summary>
    public static readonly Refusal HumanFirst = new(
        "measure.human-first",
        "对方已要求人工处理，在答复之前不能再自动作出措施；请由人工决定",
        "The addressee asked for a human; until they have an answer no machine decides alone. Let a person decide"
    );

    /// <summary>Not of that path.</summary>
    public static readonly Refusal NotIpNotice = new(
        "measure.not-ip",
        "只有因知识产权通知采取的措施才适用声明程序；其他措施请申诉",
        "A statement belongs to measures after an IP notice; against others, appeal"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AlreadyStated = new(
        "measure.stated",
        "声明已转送权利人，十五日内权利人未投诉或起诉即解除",
        "Your statement was passed on; without a suit within 15 days the measure is lifted"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AlreadySued = new(
        "measure.sued",
        "已登记权利人投诉或起诉",
        "That the holder of the right went on is recorded already"
    );

    /// <summary>No statement, no term.</summary>
    public static readonly Refusal NothingStated = new(
        "measure.not-stated",
        "商家尚未提交声明，无需登记",
        "The shop has stated nothing yet; there is nothing to record"
    );

    /// <summary>Nothing to appeal against.</summary>
    public static readonly Refusal NotInEffect = new(
        "measure.not-in-effect",
        "该措施尚未生效，请先作陈述；生效后可以申诉",
        "It is not in effect yet: answer it now, and appeal once it is"
    );

    /// <summary>One at a time.</summary>
    public static readonly Refusal AlreadyAppealed = new(
        "measure.appealed",
        "该措施已有申诉在处理",
        "An appeal against it is being decided"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AppealDecided = new(
        "measure.appeal-decided",
        "对该措施的申诉已经决定，一项决定只申诉一次",
        "The appeal against it was decided; a decision is appealed against once"
    );

    /// <summary>Nothing to end.</summary>
    public static readonly Refusal NoAppeal = new(
        "measure.no-appeal",
        "该措施没有这件申诉在处理",
        "No such appeal against it is being decided"
    );

    /// <summary>Nobody judges their own decision.</summary>
    public static readonly Refusal DecidedItYourself = new(
        "measure.decided-yourself",
        "提出或签署该措施的人不能决定对它的申诉",
        "Whoever proposed or signed a measure does not decide the appeal against it"
    );

    /// <summary>Nobody is worse off for having appealed.</summary>
    public static readonly Refusal NeverHarder = new(
        "measure.never-harder",
        "申诉不能使措施更重：期限只能缩短，金额只能减少",
        "An appeal makes nothing harder: the end can only come earlier, the sum only be smaller"
    );

    /// <summary>It would be as it was.</summary>
    public static readonly Refusal NothingChanged = new(
        "measure.nothing-changed",
        "与现在的期限、金额相同，没有改变；请写明改变什么，或者作出维持的决定",
        "This is its end and its sum as they are: say what changes, or uphold it"
    );

    /// <summary>Nothing would be left of it.</summary>
    public static readonly Refusal NothingLeft = new(
        "measure.nothing-left",
        "金额减到0就是全部退回，请作出撤销的决定",
        "A sum of 0 gives all of it back: overturn it"
    );

    /// <summary>Code of <see cref="LookFirst"/>.</summary>
    public const string LookFirstCode = "measure.look";

    /// <summary>All of it is right, and nothing was done: whoever asked to be asked looks it over.</summary>
    public static readonly Refusal LookFirst = new(
        LookFirstCode,
        "还没有作出。请核对一遍，再确认",
        "Nothing is done yet: look it over, then confirm"
    );

    /// <summary>The rule was another then.</summary>
    public static readonly Refusal ClauseNotInForce = new(
        "measure.clause-not-in-force",
        "该条款在事实发生之日没有生效，不能作为依据；请选择当日有效的条款",
        "This clause was not in force on the day of the facts and cannot be relied on; choose one that was"
    );
}
