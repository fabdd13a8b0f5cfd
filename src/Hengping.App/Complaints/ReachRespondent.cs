using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>未有效处理 and 催办: what the desk does while a respondent is silent.</summary>
public static class ReachRespondent
{
    private const int AttemptsMax = 50;

    /// <summary>The attempts so far.</summary>
    public sealed record UnreachedRequest(Tried[]? Attempts = null)
    {
        public UnreachedRequest()
            : this(Attempts: null) { }
    }

    /// <summary>One try: when, and by phone, email, post or online.</summary>
    public sealed record Tried(string? At, string? Way);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<UnreachedRequest>(Verb.Unreached, Unreached);
        complaints.MapVerb(Verb.Chase, opened => opened.Case.Chase(opened.Now));
    }

    private static ValueTask<Decided<ComplaintEvent>> Unreached(
        Opened opened,
        UnreachedRequest body,
        CancellationToken ct
    )
    {
        var faults = opened.Faults;
        var tried = body.Attempts ?? [];
        faults.If(tried.Length == 0, "attempts", Fault.Required);
        faults.If(tried.Length > AttemptsMax, "attempts", Fault.TooMany(AttemptsMax));
        var attempts = new List<Attempt>();
        foreach (var (one, i) in tried.Take(AttemptsMax).Select((one, i) => (one, i)))
        {
            var at = faults.Instant($"attempts[{i}].at", one?.At) ?? opened.Now;
            faults.If(at > opened.Now, $"attempts[{i}].at", Fault.InTheFuture);
            var way = faults.Word(
                $"attempts[{i}].way",
                one?.Way,
                ("phone", "phone"),
                ("email", "email"),
                ("e-mail", "email"),
                ("post", "post"),
                ("online", "online")
            );
            attempts.Add(new Attempt(at, way));
        }
        return ValueTask.FromResult(opened.Case.MarkUnreached(attempts, opened.Now));
    }
}
