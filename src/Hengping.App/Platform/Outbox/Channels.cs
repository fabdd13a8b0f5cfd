namespace Hengping.App.Platform;

/// <summary>A mail server.</summary>
/// <param name="Tls">STARTTLS.</param>
/// <param name="From">An address, perhaps with a name before it.</param>
public sealed record MailSettings(string Host, int Port, bool Tls, string? User, string? Password, string? From)
{
    private const int PortOfSubmission = 587;

    /// <summary>As the configuration says; null where it says nothing.</summary>
    public static MailSettings? Of(IConfigurationSection smtp) =>
        smtp["Host"] is { Length: > 0 } host
            ? new(
                host,
                smtp.GetValue("Port", PortOfSubmission),
                smtp.GetValue("Tls", defaultValue: true),
                smtp["User"],
                smtp["Password"],
                smtp["From"]
            )
            : null;
}

/// <summary>
/// The ways out of the house as they are at this moment: what configuration says wins; what was set up later at a page
/// takes what is left. Read again for each round, so that a change on any node is used within seconds.
/// </summary>
public sealed class Channels(
    IReadOnlyList<ISender> fixedOnes,
    Func<CancellationToken, ValueTask<IReadOnlyList<ISender>>>? setUp = null
)
{
    /// <summary>The configuration, or the demo, takes this channel: a page cannot change it.</summary>
    public bool IsFixed(Channel channel) => fixedOnes.Any(sender => sender.Takes(channel));

    /// <summary>Whoever sends now; of two for a channel the first.</summary>
    public async ValueTask<IReadOnlyList<ISender>> Now(CancellationToken ct) =>
        setUp is null || Enum.GetValues<Channel>().All(IsFixed) ? fixedOnes : [.. fixedOnes, .. await setUp(ct)];

    /// <summary>Who sends on a channel now, or null.</summary>
    public async ValueTask<ISender?> Of(Channel channel, CancellationToken ct) =>
        (await Now(ct)).FirstOrDefault(sender => sender.Takes(channel));
}
