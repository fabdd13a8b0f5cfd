using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>A line of what happened to the way into an account.</summary>
/// <param name="What">The end of a text key, as <c>signedIn.passkey</c>.</param>
/// <param name="ByOther">An admin or the machine's keeper did it.</param>
public sealed record SecurityLine(DateTimeOffset At, string What, bool ByOther);

/// <summary>A passkey as its owner knows it.</summary>
public sealed record PasskeyShown(string Print, string? Name, DateTimeOffset AddedAt, DateTimeOffset? UsedAt);

/// <summary>What an account's own page reads from its story.</summary>
public static class SecurityStory
{
    private const int Lines = 12;

    // What says nothing about the way in.
    private static readonly Type[] Silent =
    [
        typeof(AccountEvent.Corrected),
        typeof(AccountEvent.TokenIssued),
        typeof(AccountEvent.DepartmentSet),
    ];

    /// <summary>The newest lines and the passkeys of an account.</summary>
    public static async Task<(IReadOnlyList<SecurityLine> Story, IReadOnlyList<PasskeyShown> Passkeys)> Of(
        Store store,
        Guid account,
        string author,
        CancellationToken ct
    )
    {
        var state = (await store.Load(AccountBook.Instance, account, ct)).State;
        var past = await store.ReadStory(AccountBook.Instance, account, ct);
        var passkeys = new List<PasskeyShown>();
        foreach (var added in past.Select(t => t.Event).OfType<AccountEvent.PasskeyAdded>())
            if (state?.Passkeys.GetValueOrDefault(added.Print) is { } fact)
                passkeys.Add(new PasskeyShown(added.Print, added.Name, fact.AddedAt, fact.UsedAt));
        var story = past.Where(t => !Silent.Contains(t.Event.GetType()))
            .Reverse()
            .Take(Lines)
            .Select(t => new SecurityLine(t.At, WordOf(t.Event), t.Author != author && t.Author != "sign-in"));
        return ([.. story], passkeys);
    }

    private static string WordOf(AccountEvent happened) =>
        happened is AccountEvent.SignedIn e
            ? "signedIn." + Words.Of(e.Way)
            : JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name);
}
