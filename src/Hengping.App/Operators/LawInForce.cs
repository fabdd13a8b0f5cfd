using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Operators;

/// <summary>
/// The law as it holds for this operator: what of it is law for its kind, as far as this process knows. What asks for a
/// <see cref="Law"/> gets it from here, each time anew.
/// </summary>
public sealed class LawInForce(LawOfFiles files, CurrentOperator house)
{
    private sealed record Made(Operator? Of, Law Law);

    private Made? made;

    /// <summary>By what was last seen of the operator.</summary>
    public Law Known
    {
        get
        {
            var now = house.Known;
            var kept = Volatile.Read(ref made);
            if (kept is not null && ReferenceEquals(kept.Of, now))
                return kept.Law;
            // Whoever counts again when the calendar changes looks whether it is another one.
            var law =
                kept is null ? files.Law.With(now?.Calendars.Values ?? [])
                : ReferenceEquals(kept.Of?.Calendars, now?.Calendars) ? kept.Law
                : files.Law.With(now?.Calendars.Values ?? []);
            law = For(law, now?.Sign?.Kind);
            Volatile.Write(ref made, new Made(now, law));
            return law;
        }
    }

    /// <summary>By what the operator was at most a second ago.</summary>
    public async ValueTask<Law> Now(CancellationToken ct)
    {
        await house.Now(ct);
        return Known;
    }

    /// <summary>The law with what of it is law for a kind of operator.</summary>
    public static Law For(Law law, OperatorKind? kind) => law with { Operator = kind is { } k ? Words.Of(k) : "" };
}
