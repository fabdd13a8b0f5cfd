namespace Hengping.App.RuleRegister;

/// <summary>What its doors are sent.</summary>
public static partial class WriteRules
{
    /// <summary>What a version says. Clauses follow from the texts: both languages have the same numbers.</summary>
    public sealed record TextRequest
    {
        /// <summary>Of a new rule alone: agreement, admission, listing, prohibitedGoods, returns, disputes, …</summary>
        public string? Topic { get; init; }
        public string? TitleZh { get; init; }
        public string? TitleEn { get; init; }

        /// <summary>The text in Markdown.</summary>
        public string? Zh { get; init; }
        public string? En { get; init; }

        /// <summary>What changes.</summary>
        public string? ChangeZh { get; init; }
        public string? ChangeEn { get; init; }

        /// <summary>Why.</summary>
        public string? ReasonZh { get; init; }
        public string? ReasonEn { get; init; }

        /// <summary>A version that was in force before the register knew it; somebody else confirms it.</summary>
        public RecordedRequest? Recorded { get; init; }
    }

    /// <summary>Since when, and when it was announced.</summary>
    public sealed record RecordedRequest
    {
        public string? InForceOn { get; init; }
        public string? AnnouncedOn { get; init; }
    }

    /// <summary>Last day of the consultation.</summary>
    public sealed record ConsultRequest
    {
        public string? Until { get; init; }
    }

    /// <summary>How it is announced.</summary>
    public sealed record PublishRequest
    {
        /// <summary>First day in force.</summary>
        public string? InForceOn { get; init; }

        /// <summary>manyUsers, manyChanges, majorInterests, heavyEffect: with any of them the longer notice holds.
        /// </summary>
        public string[]? Grounds { get; init; }

        /// <summary>First day of a transition; asked for with heavyEffect.</summary>
        public string? TransitionFrom { get; init; }

        /// <summary>How opinions were asked for elsewhere, where it was not here.</summary>
        public string? Asked { get; init; }
    }

    /// <summary>Which version; absent means the newest.</summary>
    public sealed record TechnicalRequest
    {
        public int? Version { get; init; }
    }

    /// <summary>Why it does not take effect.</summary>
    public sealed record WithdrawRequest
    {
        public string? Reason { get; init; }
    }
}
