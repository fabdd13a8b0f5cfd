using Hengping.Rules.Clocks;
using Hengping.Rules.Screening;

namespace Hengping.Rules.Operators;

/// <summary>运营方类型: who runs an installation. It selects which clocks are law, the headings of papers, and powers.
/// </summary>
public enum OperatorKind
{
    /// <summary>监管部门: the official form series; clocks of 令116 are law.</summary>
    Regulator,

    /// <summary>消费者组织.</summary>
    Association,

    /// <summary>第三方平台: clocks are its own promise; it recommends and refers.</summary>
    ThirdParty,

    /// <summary>电商平台: the only kind that may take down, restrict an account or change shop metrics.</summary>
    Marketplace,
}

/// <summary>What everybody who uses the site can read, in numbered versions.</summary>
public enum Paper
{
    /// <summary>隐私政策 (个人信息保护法 art. 17).</summary>
    Privacy,

    /// <summary>用户协议.</summary>
    Agreement,
}

/// <summary>What can happen to the one who runs an installation. All of it is public but what is sealed.</summary>
public abstract record OperatorEvent
{
    private OperatorEvent() { }

    /// <summary>Who runs the site, at set-up and at each change.</summary>
    /// <param name="Contact">An office's phone, mail address or address, for everybody to see.</param>
    /// <param name="Icp">ICP filing number, as the footer must show it.</param>
    /// <param name="PublicSecurity">Public-security filing number.</param>
    public sealed record Described(
        OperatorKind Kind,
        string NameZh,
        string NameEn,
        string Contact,
        string? Icp,
        string? PublicSecurity
    ) : OperatorEvent;

    /// <summary>标志: the picture beside the name, from now on.</summary>
    /// <param name="Type">Media type, by content.</param>
    /// <param name="Content">The file in base64.</param>
    public sealed record LogoSet(string Type, string Content) : OperatorEvent;

    /// <summary>The house's own sign stands beside the name again.</summary>
    public sealed record LogoDropped : OperatorEvent;

    /// <summary>Whether every member of staff must have a second factor, from now on.</summary>
    public sealed record SecondFactorAsked(bool Asked) : OperatorEvent;

    /// <summary>A new version of a paper, in force from now on.</summary>
    /// <param name="Version">From 1, without gaps.</param>
    public sealed record PaperIssued(Paper Paper, int Version, string Zh, string En) : OperatorEvent;

    /// <summary>提示词表: a new version of the list of words that send a text to a human.</summary>
    /// <param name="Version">From 2, without gaps: 1 came with the program.</param>
    /// <param name="Restores">The earlier version whose phrases these are, where it goes back to one.</param>
    public sealed record WordsIssued(int Version, IReadOnlyList<ScreeningPhrases> Entries, int? Restores = null)
        : OperatorEvent
    {
        /// <summary>Why, as the admin typed it.</summary>
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>部门: all of them in their order, from now on; none where the list is empty.</summary>
    public sealed record DepartmentsSet(IReadOnlyList<Department> Departments) : OperatorEvent;

    /// <summary>放假安排: the holidays of a year as the State Council named them; they count from now on.</summary>
    public sealed record CalendarLoaded(int Year, IReadOnlyList<NamedDay> Days) : OperatorEvent;

    /// <summary>A mail server, to send by from now on.</summary>
    /// <param name="Tls">STARTTLS.</param>
    public sealed record MailSet(string Host, int Port, bool Tls) : OperatorEvent
    {
        [Secret]
        public string? User { get; init; }

        [Secret]
        public string? Password { get; init; }

        /// <summary>An address, perhaps with a name before it.</summary>
        [Secret]
        public string? From { get; init; }
    }

    /// <summary>No mail any more, but for what configuration says.</summary>
    public sealed record MailDropped : OperatorEvent;

    /// <summary>An SMS gateway, to send by from now on.</summary>
    /// <param name="Host">The address alone: gateways hide keys in the rest.</param>
    public sealed record SmsSet(string Host) : OperatorEvent
    {
        [Secret]
        public string? Url { get; init; }

        [Secret]
        public string? Key { get; init; }
    }

    /// <summary>No SMS any more, but for what configuration says.</summary>
    public sealed record SmsDropped : OperatorEvent;
}
