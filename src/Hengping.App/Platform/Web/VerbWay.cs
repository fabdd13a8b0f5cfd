using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>A body with nothing in it.</summary>
public sealed record Nothing;

/// <summary>Something a caller has opened to act on it.</summary>
public interface IOpened
{
    /// <summary>What is wrong with what was sent, by field.</summary>
    FieldFaults Faults { get; }
}

/// <summary>What a door does: judge fields into <see cref="IOpened.Faults"/>, then let the rule decide.</summary>
public delegate ValueTask<Decided<TEvent>> Decide<in TOpened, in TBody, TEvent>(
    TOpened opened,
    TBody body,
    CancellationToken ct
)
    where TEvent : class;

/// <summary>
/// The way of a verb, whatever room it is of: open what the address names, ask whose it is, read the body, let the rule
/// decide, append once, answer. Checks stand in the contract's order: 401 and 403 (the route), 404, 403 (your role, but
/// not your side of this), 400, 409. A key sent twice does a thing once.
/// </summary>
public sealed class VerbWay<TOpened, TEvent>
    where TOpened : class, IOpened
    where TEvent : class
{
    /// <summary>Opens what the address names for the caller; null where it is unknown or none of theirs.</summary>
    public required Func<HttpContext, Caller, Task<TOpened?>> Open { get; init; }

    /// <summary>What else the address names is not there, whatever the body says; null where all of it is.</summary>
    public Func<HttpContext, TOpened, Refusal?>? NotThere { get; init; }

    /// <summary>What a body names is opened too.</summary>
    public Func<HttpContext, TOpened, object, Task<TOpened>>? With { get; init; }

    /// <summary>What a caller is to it and can do now: a "no" because of where it stands is told by it.</summary>
    public Func<TOpened, Hearer>? Told { get; init; }

    /// <summary>Appends what happened and answers.</summary>
    public required Func<HttpContext, TOpened, TEvent, Task<IResult>> Save { get; init; }

    /// <summary>Makes the first answer whole again for a key sent twice, where not all of it may be kept.</summary>
    public Func<HttpContext, Idempotent, Task<IResult>>? Again { get; init; }

    /// <summary>Refusals that say "there is no such thing": 404 as for the stream itself.</summary>
    public IReadOnlyList<Refusal> Unknown { get; init; } = [];

    /// <summary>Puts a verb on its address.</summary>
    /// <param name="notTheirs">Why it is not the caller's side of it, or not there; null where it is.</param>
    public RouteHandlerBuilder Map<TBody>(
        IEndpointRouteBuilder routes,
        string path,
        IReadOnlyList<Role> roles,
        Func<TOpened, Refusal?>? notTheirs,
        Decide<TOpened, TBody, TEvent> decide
    )
        where TBody : class, new() =>
        routes
            .MapPost(path, (HttpContext http, Caller caller) => Enter(http, caller, notTheirs, decide))
            .Accepts<TBody>(isOptional: true, "application/json")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(roles)
            .AnsweredOnce(Again);

    /// <summary>The whole way for one caller.</summary>
    public async Task<IResult> Enter<TBody>(
        HttpContext http,
        Caller caller,
        Func<TOpened, Refusal?>? notTheirs,
        Decide<TOpened, TBody, TEvent> decide
    )
        where TBody : class, new()
    {
        if (await Open(http, caller) is not { } opened)
            return Answers.NotFound;
        if (notTheirs?.Invoke(opened) is { } never)
            return Say(never, StatusCodes.Status403Forbidden);
        if (NotThere?.Invoke(http, opened) is { } none)
            return Say(none, StatusCodes.Status404NotFound);
        var (body, instead) = await Body.Read<TBody>(http, http.RequestAborted);
        if (instead is not null)
            return instead;
        if (With is not null)
            opened = await With(http, opened, body);
        var decided = await decide(opened, body, http.RequestAborted);
        if (!opened.Faults.None)
            return Problems.Fields(opened.Faults.All);
        return decided.Refusal is { } no
            ? Say(Told is null ? no : no.ToldTo(() => Told(opened)), StatusCodes.Status409Conflict)
            : await Save(http, opened, decided.Event!);
    }

    private IResult Say(Refusal refusal, int status) =>
        refusal.AsProblem(Unknown.Contains(refusal) ? StatusCodes.Status404NotFound : status);
}

/// <summary>The number in an address, as of an offer or a template.</summary>
public static class Numbered
{
    /// <summary>The <c>{n}</c> of the address; null where there is none.</summary>
    public static int? Of(HttpContext http) =>
        int.TryParse(
            http.Request.RouteValues["n"]?.ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var no
        )
            ? no
            : null;
}

/// <summary>What doors of all rooms answer after a verb.</summary>
public static class Answers
{
    /// <summary>Unknown or not yours.</summary>
    public static IResult NotFound => Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);

    /// <summary>The HTTP answer to what became of a commit.</summary>
    public static IResult After(Outcome outcome, IResult done) =>
        outcome is Outcome.Done ? done : Idempotency.Replay(outcome) ?? Problems.Raced.AsProblem();

    /// <summary>Appends, and answers with what is to be shown; under the caller's key, if there is one.</summary>
    public static async Task<IResult> Append<T>(
        HttpContext http,
        Store store,
        IReadOnlyList<Change> changes,
        T shown,
        CancellationToken ct
    )
    {
        var (answer, once) = Idempotency.Answer(http, StatusCodes.Status200OK, shown, location: null);
        return After(await store.Append(new Commit(changes, once), ct), answer);
    }
}
