using Hengping.Rules.Fields;

namespace Hengping.Rules.Reports;

/// <summary>A report as typed.</summary>
/// <param name="Name">Only where it is not anonymous.</param>
public sealed record ReportDraft(
    string? Breach,
    string? Text,
    bool IsAnonymous,
    string? RespondentName = null,
    string? Name = null,
    string? Phone = null
)
{
    /// <summary>Number of an ended report of theirs to which it adds.</summary>
    public string? Earlier { get; init; }

    /// <summary>The entry it is about, where the directory has one.</summary>
    public Guid? Respondent { get; init; }

    /// <summary>What the reporter brought beforehand.</summary>
    public IReadOnlyList<Guid> Evidence { get; init; } = [];

    /// <summary>Where that comes from.</summary>
    public FileOrigin? Origin { get; init; }
}

/// <summary>How a report comes in, and why it cannot be changed.</summary>
public sealed partial record Report
{
    /// <summary>Characters of a report, as of a complaint's story.</summary>
    public const int TextMin = 10;

    /// <summary>At most.</summary>
    public const int TextMax = 5_000;

    /// <summary>Pieces of evidence, those that come later included.</summary>
    public const int EvidenceMax = 20;

    /// <summary>The one extension was used.</summary>
    public static readonly Refusal AlreadyExtended = new(
        "report.extended",
        "核查期限只能延长一次，已经延长过",
        "A verification is extended once only, and this one was"
    );

    /// <summary>The term is over.</summary>
    public static Refusal TooLateToExtend(DateOnly last) =>
        new(
            "report.extension-late",
            $"核查期限{last:yyyy-MM-dd}已过，不能再延长，请作出结论",
            $"The term was over on {last:yyyy-MM-dd} and cannot be extended; conclude now"
        );

    /// <summary>Only a marketplace acts on its own ground.</summary>
    public static readonly Refusal NotYourPower = new(
        "report.not-your-power",
        "只有电商平台运营方可以自行处置；请选择建议或移送",
        "Only a marketplace takes measures of its own; recommend or refer"
    );

    /// <summary>Too many files.</summary>
    public static readonly Refusal TooMuchEvidence = new(
        "report.too-much-evidence",
        $"一件举报最多 {EvidenceMax} 个文件",
        $"A report holds at most {EvidenceMax} files"
    );

    /// <summary>Nothing can be read or written any more.</summary>
    public static readonly Refusal Gone = new(
        "report.erased",
        "该举报的内容已清除",
        "What this report said was erased"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AlreadyWithdrawn = new(
        "report.withdrawn",
        "这件举报您已撤回；已受理的仍会核查完",
        "You withdrew this report; what was taken up is verified all the same"
    );

    /// <summary>A hold is in force.</summary>
    public static readonly Refusal AlreadyHeld = new(
        "report.already-held",
        "已在依法保全中，可以解除保全",
        "It is under a legal hold already; the hold can be lifted"
    );

    /// <summary>No hold is in force.</summary>
    public static readonly Refusal NotHeld = new(
        "report.not-held",
        "没有保全，无需解除",
        "It is under no legal hold; there is nothing to lift"
    );

    /// <summary>Files of somebody who did not sign in come with number and code.</summary>
    public static readonly Refusal EvidenceLater = new(
        "report.evidence-later",
        "匿名或未登录的举报，请在提交后凭编号和查询码补充文件",
        "Without name or sign-in, add files afterwards with number and code"
    );

    /// <summary>Not erased until the hold is lifted.</summary>
    public static Refusal OnHold(string number) =>
        new(
            "report.on-hold",
            $"举报{number}依法保全中，解除保全之前不能删除其材料和举报人资料",
            $"Report {number} is under a legal hold; until it is lifted, neither it nor its reporter is erased"
        );

    /// <summary>Judges what was typed; what comes back is clean.</summary>
    /// <param name="field">What stands before the names of fields, as <c>report.</c> within a complaint.</param>
    public static ReportDraft Check(
        ReportDraft draft,
        IReadOnlySet<string> breaches,
        FieldFaults faults,
        string field = ""
    )
    {
        var breach = faults.Code(field + "breach", draft.Breach, breaches);
        var text = faults.Text(field + "text", draft.Text, TextMin, TextMax);
        if (draft.IsAnonymous)
            return new ReportDraft(breach, text, IsAnonymous: true, draft.RespondentName);
        var name = PlainText.Name(draft.Name) ?? "";
        faults.If(!PersonName.IsPlausible(name), "contact.name", Fault.Name);
        var phone = PhoneNumber.Normalise(draft.Phone);
        faults.If(phone is null, "contact.phone", Fault.Phone);
        return new ReportDraft(breach, text, IsAnonymous: false, draft.RespondentName, name, phone);
    }

    /// <summary>It comes in.</summary>
    /// <param name="draft">Checked.</param>
    /// <param name="reporter">The account of whoever reports under their own name; never of an anonymous one.</param>
    public static ReportEvent.Filed File(
        string number,
        ReportDraft draft,
        Guid? reporter,
        DateTimeOffset? tellBy,
        DateTimeOffset? verifyBy
    )
    {
        if (draft.IsAnonymous && reporter is not null)
            throw new ArgumentException("An anonymous report names no account.", nameof(reporter));
        var contact = draft.IsAnonymous ? null : new ReportContact(draft.Name!, draft.Phone!);
        return new ReportEvent.Filed(
            number,
            draft.IsAnonymous,
            draft.Breach!,
            draft.Respondent,
            reporter,
            draft.Evidence,
            draft.IsAnonymous ? null : tellBy,
            verifyBy
        )
        {
            Earlier = draft.Earlier,
            Story = new ReportStory(draft.Text!, draft.RespondentName),
            Origin = OriginOf(draft.Evidence, draft.Origin),
            Contact = reporter is null ? contact : null,
            PersonContact = reporter is null ? null : contact,
        };
    }
}
