using System.Text.Json.Nodes;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>What of a person's is gone in one room.</summary>
/// <param name="What">A word for it in the result, as <c>cases</c>.</param>
/// <param name="Slots">The keys to destroy.</param>
public sealed record Gone(string What, int Count, IReadOnlyList<long> Slots)
{
    /// <summary>The streams that were erased; other rooms may keep something about these alone.</summary>
    public IReadOnlyList<Guid> Streams { get; init; } = [];
}

/// <summary>How a person leaves.</summary>
/// <param name="Because">request, age, or the ground an operator named.</param>
/// <param name="ErasesOn">The law keeps what is theirs so long: it is locked, and erased then. Null: it is erased now.
/// </param>
public sealed record Leaving(string Because, DateTimeOffset? ErasesOn = null)
{
    /// <summary>锁定: stored, and nothing else (个人信息保护法 art. 47).</summary>
    public bool IsLock => ErasesOn is not null;
}

/// <summary>How somebody leaves who is known by a phone number alone.</summary>
/// <param name="KeptYears">How long what has ended is kept: locked till then. Null: it is erased now.</param>
public sealed record PhoneLeaving(string Phone, string Because, int? KeptYears);

/// <summary>What was erased or locked of theirs.</summary>
/// <param name="ErasesOn">The last of what is locked is erased then; null where nothing is.</param>
public sealed record PhoneErased(int Count, DateTimeOffset? ErasesOn)
{
    /// <summary>Both together.</summary>
    public static PhoneErased operator +(PhoneErased a, PhoneErased b) =>
        new(a.Count + b.Count, a.ErasesOn > b.ErasesOn ? a.ErasesOn : b.ErasesOn ?? a.ErasesOn);
}

/// <summary>
/// What a room keeps about persons. Erasing walks over all rooms three times: what happened is recorded in one commit,
/// then every key that the records free is asked for and destroyed, then what lies open beside the log is removed. Each
/// may be done twice, or by two at once. Locking is the same walk: the keys are shut and not destroyed, so that
/// whatever reads as erased after an erasure reads so after a lock.
/// </summary>
public interface IHoldsPersons
{
    /// <summary>SQL about <c>a.id</c>, an erased or locked person: something of theirs has no record of that yet, and
    /// nothing forbids one. Empty where that can't be.</summary>
    string LeftSql(bool isLock) => "";

    /// <summary>When the last legal term ends by which something of theirs is kept; null where there is none.</summary>
    /// <param name="years">How long what has ended is kept.</param>
    Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Something of theirs still goes on and needs their data.</summary>
    Task<bool> Needs(Store store, Guid person, CancellationToken ct) => Task.FromResult(false);

    /// <summary>
    /// What records that all of it is erased or locked, and why some of it may not be: that some is held keeps the
    /// others from nothing.
    /// </summary>
    Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Erase(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    ) => Task.FromResult<(IReadOnlyList<Change>, Refusal?)>(([], null));

    /// <summary>Erases or locks what somebody left here under their phone number without having an account.</summary>
    /// <exception cref="Refused">Some of it is held, and all of it stays.</exception>
    Task<PhoneErased> EraseOf(Store store, PhoneLeaving how, string author, CancellationToken ct) =>
        Task.FromResult(new PhoneErased(0, ErasesOn: null));

    /// <summary>The keys of what is recorded as erased, or as locked, asked before any goes.</summary>
    Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Gone>>([]);

    /// <summary>The keys of what is kept here about erased, or locked, streams of other rooms alone.</summary>
    Task<IReadOnlyList<long>> KeysAround(Store store, IReadOnlyList<Guid> erased, bool isLock, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<long>>([]);

    /// <summary>Removes what lies open beside the log; how many messages went with it.</summary>
    /// <param name="erased">The person's erased streams, of all rooms.</param>
    Task<int> Forget(Store store, Guid person, IReadOnlyList<Guid> erased, CancellationToken ct) => Task.FromResult(0);

    /// <summary>Adds what is kept about the caller to the file of everything about them.</summary>
    Task Export(Store store, Caller person, JsonObject all, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What erasing is in every room that has a stream for each thing.</summary>
public static class Erasing
{
    /// <summary>The changes that record the erasure of each of these streams; why not, where one is held.</summary>
    /// <param name="erase">Null where the stream is erased already.</param>
    public static async Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Each<TState, TEvent>(
        Store store,
        Book<TState, TEvent> book,
        IReadOnlyList<Guid> streams,
        string author,
        Func<TState, Decided<TEvent>?> erase,
        CancellationToken ct
    )
        where TState : class
        where TEvent : class
    {
        var (changes, held) = (new List<Change>(), (Refusal?)null);
        foreach (var id in streams)
        {
            var loaded = await store.Load(book, id, ct);
            if (loaded.State is not { } state || erase(state) is not { } erased)
                continue;
            if (erased.Event is { } happened)
                changes.Add(store.Change(book, loaded, store.Now, author, [happened]));
            held ??= erased.Refusal;
        }
        return (changes, held);
    }
}
