using System.Text.Json.Serialization;
using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Accounts;

/// <summary>
/// Erasing a person: the fact is written to the log first, then every key is destroyed, then what lies open beside
/// the log goes. Killed in between, the site's next round finishes it, or the same call again. While a legal term keeps
/// something of theirs, leaving locks instead: the keys are shut, and <see cref="LockedPersons"/> erases when it ends.
/// </summary>
public static class Erasure
{
    /// <summary>What was erased.</summary>
    public sealed record Result(Guid Person, int Cases, int Evidence, int Messages, int Reports = 0)
    {
        /// <summary>Locked, and erased then; null where it is erased.</summary>
        [JsonIgnore]
        public DateTimeOffset? ErasesOn { get; init; }

        /// <summary>Counted together; what has no number of its own is not told.</summary>
        internal static Result Of(Guid person, IReadOnlyList<Gone> gone, int messages)
        {
            int Count(string what) => gone.Where(one => one.What == what).Sum(one => one.Count);
            return new Result(person, Count("cases"), Count("evidence"), messages, Count("reports"));
        }

        /// <summary>What stood in the way after the record; <see cref="ErasureRound"/> does the rest.</summary>
        [JsonIgnore]
        public Exception? Fault { get; init; }
    }

    /// <summary>Recorded, and not yet done.</summary>
    public static readonly Refusal Unfinished = new(
        "erase.unfinished",
        "删除已登记，但还没有全部完成；网站会在一小时内自动完成，也可以再次运行本命令",
        "The erasure is recorded but not all of it is done; the site finishes it within the hour, or this command again"
    );

    /// <summary>An open case needs these data.</summary>
    public static readonly Refusal OpenCases = new(
        "erase.open-cases",
        "还有未办结的投诉；请先撤回或等待办结",
        "There are open complaints; withdraw them or wait until they are closed"
    );

    /// <summary>Whether something of theirs still goes on that needs their data.</summary>
    public static async Task<bool> HasOpen(Store store, Guid person, CancellationToken ct)
    {
        foreach (var room in store.House.Persons)
            if (await room.Needs(store, person, ct))
                return true;
        return false;
    }

    /// <summary>
    /// Until when something of a person's is kept by law, and so locked if they leave now; null where nothing is. A
    /// date that was told before is kept.
    /// </summary>
    public static async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct)
    {
        if ((await store.Load(AccountBook.Instance, person, ct)).State is { ErasesOn: { } told })
            return told > store.Now ? told : null;
        DateTimeOffset? last = null;
        foreach (var room in store.House.Persons)
            if (await room.KeptUntil(store, person, years, ct) is { } until && until > (last ?? store.Now))
                last = until;
        return last;
    }

    /// <summary>A person asks to be erased: at once, or locked while the law keeps what is theirs.</summary>
    /// <param name="years">How long what has ended is kept.</param>
    public static async Task<Decided<Result>> Leave(
        Store store,
        Guid person,
        int years,
        string author,
        CancellationToken ct
    )
    {
        var until = await KeptUntil(store, person, years, ct);
        return await Take(store, person, new Leaving("request", until), author, ct);
    }

    /// <summary>Erases everything sealed for one person: profile, cases, evidence, messages.</summary>
    public static Task<Decided<Result>> Erase(
        Store store,
        Guid person,
        string because,
        string author,
        CancellationToken ct
    ) => Take(store, person, new Leaving(because), author, ct);

    private static async Task<Decided<Result>> Take(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    )
    {
        if (await Record(store, person, how, author, ct) is { } refused)
            return refused;
        try
        {
            return await ErasureRest.Finish(store, person, CancellationToken.None) with { ErasesOn = how.ErasesOn };
        }
        catch (Exception fault)
        {
            // It is recorded, and so it happens: no answer may say that nothing was kept.
            return new Result(person, 0, 0, 0) { Fault = fault, ErasesOn = how.ErasesOn };
        }
    }

    /// <summary>
    /// The person's erasure and that of what they have in every room, in one commit: a hold placed meanwhile moves its
    /// stream, and then nothing is erased.
    /// </summary>
    private static async Task<Refusal?> Record(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    )
    {
        var changes = new List<Change>();
        foreach (var room in store.House.Persons)
        {
            var (erased, held) = await room.Erase(store, person, how, author, ct);
            if (held is not null)
                return held;
            changes.AddRange(erased);
        }
        return await store.Append(new Commit(changes), ct) is Outcome.Done ? null : Problems.Raced;
    }
}
