using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Operators;

/// <summary>A paper as it was in force from an instant on.</summary>
public sealed record PaperVersion(Paper Paper, int Version, string Zh, string En, DateTimeOffset At);

/// <summary>What the operator says of itself, as typed.</summary>
public sealed record OperatorDraft(
    OperatorKind? Kind,
    string? NameZh,
    string? NameEn,
    string? Contact,
    string? Icp,
    string? PublicSecurity,
    IReadOnlyDictionary<Paper, (string? Zh, string? En)> Papers
);

/// <summary>运营方: who runs this installation, and its papers in all their versions.</summary>
/// <param name="Sign">Null until somebody said who runs the site: an installation may begin with its staff.</param>
public sealed partial record Operator(OperatorEvent.Described? Sign = null)
{
    /// <summary>Characters of a paper; under the lower bound it can name no processing at all.</summary>
    public const int PaperMin = 50;

    /// <summary>Characters of a paper at most.</summary>
    public const int PaperMax = 20_000;

    private const int NameMax = 60;
    private const int ContactMax = 200;

    /// <summary>非经营性互联网信息服务备案管理办法 art. 13: the number stands at the foot of the first page.</summary>
    public static readonly Refusal BadIcp = new(
        "operator.icp",
        "备案号应像“京ICP备12345678号-1”",
        "Give the whole ICP number: province, ICP, digits and all that follows"
    );

    /// <summary>Not a public-security filing number.</summary>
    public static readonly Refusal BadPublicSecurity = new(
        "operator.public-security",
        "公安备案号应像“京公网安备11010802012345号”",
        "Give the whole public-security number, with its 14 digits"
    );

    /// <summary>Every version of every paper, oldest first.</summary>
    public ImmutableList<PaperVersion> Papers { get; init; } = [];

    /// <summary>标志, or null for the house's own sign.</summary>
    public Logo? Logo { get; init; }

    /// <summary>部门, in their order: the first that takes a problem gets it.</summary>
    public IReadOnlyList<Department> Departments { get; init; } = [];

    /// <summary>Staff without a second factor set one before they do anything else.</summary>
    public bool NeedsSecondFactor { get; init; }

    /// <summary>The version in force, or null where none was issued.</summary>
    public PaperVersion? InForce(Paper paper) => Papers.FindLast(version => version.Paper == paper);

    /// <summary>
    /// Judges what was typed and says what is new in it: the sign where it differs, a paper where its text does.
    /// </summary>
    public static IReadOnlyList<OperatorEvent> Describe(Operator? before, OperatorDraft draft, FieldFaults faults)
    {
        faults.If(draft.Kind is null, "kind", Fault.Required);
        var sign = new OperatorEvent.Described(
            draft.Kind ?? default,
            Needed(faults, "nameZh", draft.NameZh, NameMax),
            Needed(faults, "nameEn", draft.NameEn, NameMax),
            Needed(faults, "operatorContact", draft.Contact, ContactMax),
            Filed(faults, "icp", draft.Icp, IcpForm(), BadIcp),
            Filed(faults, "publicSecurity", draft.PublicSecurity, PublicSecurityForm(), BadPublicSecurity)
        );
        var events = new List<OperatorEvent>();
        if (sign != before?.Sign)
            events.Add(sign);
        foreach (var paper in Enum.GetValues<Paper>())
        {
            var (typedZh, typedEn) = draft.Papers.GetValueOrDefault(paper);
            var word = paper == Paper.Privacy ? "privacy" : "agreement";
            var zh = faults.Text(word + "Zh", typedZh, PaperMin, PaperMax);
            var en = faults.Text(word + "En", typedEn, PaperMin, PaperMax);
            var last = before?.InForce(paper);
            if (last?.Zh != zh || last.En != en)
                events.Add(new OperatorEvent.PaperIssued(paper, (last?.Version ?? 0) + 1, zh, en));
        }
        return events;
    }

    /// <summary>Consents with the versions of the papers they were given under.</summary>
    public Consents Under(Consents given) =>
        given with
        {
            PrivacyVersion = InForce(Paper.Privacy)?.Version,
            AgreementVersion = InForce(Paper.Agreement)?.Version,
        };

    /// <summary>The operator after an event.</summary>
    public static Operator Apply(Operator? state, OperatorEvent happened, DateTimeOffset at)
    {
        state ??= new Operator();
        return happened switch
        {
            OperatorEvent.Described sign => state with { Sign = sign },
            OperatorEvent.SecondFactorAsked e => state with { NeedsSecondFactor = e.Asked },
            OperatorEvent.PaperIssued p => state with
            {
                Papers = state.Papers.Add(new PaperVersion(p.Paper, p.Version, p.Zh, p.En, at)),
            },
            OperatorEvent.LogoSet e => state with { Logo = new Logo(e.Type, e.Content) },
            OperatorEvent.LogoDropped => state with { Logo = null },
            OperatorEvent.WordsIssued words => state with { Words = words },
            OperatorEvent.DepartmentsSet e => state with { Departments = e.Departments },
            OperatorEvent.CalendarLoaded e => state with
            {
                Calendars = state.Calendars.SetItem(e.Year, new CalendarYear(e.Year, e.Days)),
            },
            OperatorEvent.MailSet mail => state with { Mail = mail },
            OperatorEvent.MailDropped => state with { Mail = null },
            OperatorEvent.SmsSet sms => state with { Sms = sms },
            OperatorEvent.SmsDropped => state with { Sms = null },
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };
    }

    private static string Needed(FieldFaults faults, string field, string? typed, int max)
    {
        var line = faults.Line(field, typed, max);
        faults.If(line is null, field, Fault.Required);
        return line ?? "";
    }

    private static string? Filed(FieldFaults faults, string field, string? typed, Regex form, Refusal wrong)
    {
        var number = PlainText.Line(typed)?.Replace(" ", "", StringComparison.Ordinal);
        faults.If(number is not null && !form.IsMatch(number), field, wrong);
        return number;
    }

    // The characters are those of 备, 证 and 号.
    [GeneratedRegex(
        @"^\p{IsCJKUnifiedIdeographs}ICP[\u5907\u8BC1][0-9]{6,10}\u53F7(-[0-9]{1,3})?$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 500
    )]
    private static partial Regex IcpForm();

    [GeneratedRegex(
        @"^\p{IsCJKUnifiedIdeographs}\u516C\u7F51\u5B89\u5907[0-9]{14}\u53F7$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 500
    )]
    private static partial Regex PublicSecurityForm();
}
