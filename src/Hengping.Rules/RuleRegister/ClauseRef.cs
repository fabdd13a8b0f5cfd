namespace Hengping.Rules.RuleRegister;

/// <summary>条款引用: the clause of a version by which a measure stands.</summary>
/// <param name="Clause">Its number, as <c>3.2</c>.</param>
public sealed record ClauseRef(Guid Rule, int Version, string Clause)
{
    /// <summary>Where everybody reads it; it stays when later versions come.</summary>
    public string Address => $"/rules/{Rule:D}?version={Version}#c-{Clause}";
}

/// <summary>条款: one numbered clause in both languages, markup and all.</summary>
/// <param name="No">As <c>3.2</c>; what stands before the first clause is <c>0</c>.</param>
/// <param name="Zh">Empty where a text of before the register has only the other language.</param>
public sealed record RuleClause(string No, string Zh, string En);
