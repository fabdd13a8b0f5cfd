namespace Hengping.Rules.Appeals;

/// <summary>What a sentence does in its letter; one may do several things, and most do none.</summary>
internal enum Role
{
    /// <summary>It says what went wrong on the sender's own side.</summary>
    Cause,

    /// <summary>It says that others are why.</summary>
    Blame,

    /// <summary>It says what has been done about this case.</summary>
    Done,

    /// <summary>It says what keeps it from happening again.</summary>
    Preventive,

    /// <summary>It says the duty again, with no measure by which.</summary>
    Restated,

    /// <summary>It states a fact that a paper could show, and no paper is named for it.</summary>
    Bare,
    Sourcing,
    Listing,
    Shipping,
    Testing,
    Expiry,
    Labelling,
    Condition,

    /// <summary>It talks of something other than its heading asks.</summary>
    Astray,

    /// <summary>Of a letter's beginning: it is about a ground of safety.</summary>
    Safety,
}
