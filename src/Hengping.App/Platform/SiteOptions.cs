namespace Hengping.App.Platform;

/// <summary>What <c>serve</c> and the tests ask for.</summary>
/// <param name="Urls">Addresses to bind; port 0 picks a free one.</param>
/// <param name="Demo">A generated market, and sign-in by role.</param>
/// <param name="Clock">Time; tests turn it.</param>
/// <param name="Settings">Configuration that wins over files and environment, as <c>Limits:TokenPerSecond</c>.</param>
public sealed record SiteOptions(
    StorePlace Place,
    string Urls,
    bool Demo = false,
    TimeProvider? Clock = null,
    IReadOnlyDictionary<string, string?>? Settings = null
);

/// <summary>Whether the site may be called ready; the demo fills its store first.</summary>
public sealed class Readiness
{
    /// <summary>What is waited for, or null when ready.</summary>
    public string? Waiting { get; set; }
}
