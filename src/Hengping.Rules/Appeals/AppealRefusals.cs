namespace Hengping.Rules.Appeals;

/// <summary>Why an appeal is not taken, sent or decided.</summary>
public sealed partial record Appeal
{
    /// <summary>After six months.</summary>
    public static readonly Refusal TooLate = new(
        "appeal.too-late",
        "申诉期限已过：告知之日起7日内可以申诉，有理由的最长6个月；仍可以向市场监管部门反映或者起诉",
        "The time to appeal is over: 7 days from when you were told, with a reason up to 6 months. You can still turn "
            + "to the market regulator or to court"
    );

    /// <summary>After seven days, without a word why.</summary>
    public static readonly Refusal NeedsReason = new(
        "appeal.late-reason",
        "已超过7日，请写明为什么现在才申诉；写明后照常处理",
        "The 7 days are over: say why the appeal comes now, and it is handled like any other"
    );

    /// <summary>Nothing is written.</summary>
    public static readonly Refusal Empty = new(
        "appeal.empty",
        "申诉还没有内容，请至少写一条",
        "The appeal says nothing yet: write at least one statement"
    );

    /// <summary>It comes back as it was.</summary>
    public static readonly Refusal Unchanged = new(
        "appeal.unchanged",
        "与退回前完全相同；请补充退回时列出的部分",
        "This is what was sent before: add the parts that were named when it was sent back"
    );

    /// <summary>It was sent back once.</summary>
    public static readonly Refusal RefusedBefore = new(
        "appeal.refused-before",
        "已经退回过一次，现在应当作出决定",
        "It was sent back once already; now it is to be decided"
    );

    /// <summary>A refusal names a part that this appeal has not.</summary>
    public static readonly Refusal NotAsked = new(
        "appeal.section",
        "这类申诉没有这一部分",
        "An appeal of this kind has no such part"
    );

    /// <summary>A second extension.</summary>
    public static readonly Refusal ExtendedBefore = new(
        "appeal.extended",
        "已经延长过一次",
        "It was extended once already"
    );

    /// <summary>Four eyes.</summary>
    public static readonly Refusal OwnDecision = new(
        "appeal.own-decision",
        "原决定由您作出或签发，申诉要由别人决定",
        "You took or signed what is appealed against; somebody else decides the appeal"
    );

    /// <summary>Nobody here is free to decide.</summary>
    public static readonly Refusal NeedsSecond = new(
        "appeal.needs-second",
        "这里只有您能复核，而原决定由您作出；请管理员指定一位外部决定人，在此之前不能决定",
        "You are the only reviewer here and took the decision yourself; an admin has to name somebody from outside, "
            + "and until then it is not decided"
    );

    /// <summary>Somebody here is free to decide.</summary>
    public static readonly Refusal NoSecondNeeded = new(
        "appeal.no-second",
        "还有没参与原决定的复核人员，不需要外部决定人",
        "A reviewer who did not take the decision is here; nobody from outside is needed"
    );

    /// <summary>Of a report it is all or nothing.</summary>
    public static readonly Refusal NotInPart = new(
        "appeal.not-in-part",
        "对举报的申诉只有维持或者撤销，没有部分支持",
        "An appeal about a report is upheld or overturned; there is nothing in between"
    );

    /// <summary>In part, and nothing is other than it was.</summary>
    public static readonly Refusal NothingChanges = new(
        "appeal.nothing-changes",
        "部分支持要写明改变什么：新的结束日、金额或者范围",
        "Granted in part: say what changes, a new last day, sum or scope"
    );

    /// <summary>Code of <see cref="LookFirst"/>.</summary>
    public const string LookFirstCode = "appeal.look";

    /// <summary>All of a decision is right, and nothing was decided: whoever asked to be asked looks it over.</summary>
    public static readonly Refusal LookFirst = new(
        LookFirstCode,
        "还没有决定。请看一遍，再确认",
        "Nothing is decided yet: look it over, then confirm"
    );

    /// <summary>Its time has not come.</summary>
    public static readonly Refusal NotYet = new("appeal.not-yet", "时间还没到", "Its time has not come");

    /// <summary>No check says worse, or somebody looked.</summary>
    public static readonly Refusal NothingToLookAt = new(
        "appeal.nothing-to-look-at",
        "没有需要人工处理的效果核对",
        "No check of effect waits for somebody"
    );

    /// <summary>Another appeal against the same is under way, or was decided.</summary>
    public static readonly Refusal Exists = new(
        "appeal.exists",
        "对这项决定已经有一件申诉；一项决定只申诉一次，可以在原申诉中修改或补充",
        "There is an appeal against this already; a decision is appealed against once, and you can change or add to "
            + "that appeal"
    );

    /// <summary>Nobody can read it any more.</summary>
    public static readonly Refusal Gone = new(
        "appeal.gone",
        "该申诉已按规定删除或封存",
        "This appeal was erased or locked"
    );
}
