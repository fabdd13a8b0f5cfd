using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>A refusal that ends a command: one clear line on stderr, exit status 1.</summary>
public sealed class Refused(Refusal refusal) : Exception(refusal.En)
{
    /// <summary>A refusal that a command words on the spot.</summary>
    public Refused(string code, string zh, string en)
        : this(new Refusal(code, zh, en)) { }

    /// <summary>The refusal.</summary>
    public Refusal Refusal { get; } = refusal;
}
