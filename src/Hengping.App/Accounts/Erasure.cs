using System.CommandLine;
using System.Text.Json.Serialization;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;

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

    private const int GroundLengthMax = 100;

    /// <summary>No ground is given for erasing before the term ends.</summary>
    public static readonly Refusal NoGround = new(
        "erase.ground",
        $"请写明提前删除的依据（1–{GroundLengthMax} 字）",
        $"Give the ground for erasing before the term ends, in 1–{GroundLengthMax} characters"
    );

    /// <summary>No such person.</summary>
    public static readonly Refusal Unknown = new("erase.unknown", "没有这个人", "No such person");

    /// <summary>An open case needs these data.</summary>
    public static readonly Refusal OpenCases = new(
        "erase.open-cases",
        "还有未办结的投诉；请先撤回或等待办结",
        "There are open complaints; withdraw them or wait until they are closed"
    );

    /// <summary>More than one account has this phone or mail address; none is erased.</summary>
    public static Refusal Several(string which) =>
        new(
            "erase.several",
            $"有多个账户使用它，请用账户 ID 指明要删除哪一个：{which}",
            $"Several accounts have it; name the one to erase by its id: {which}"
        );

    /// <summary>What the command says of a lock.</summary>
    private sealed record LockedPerson(Guid Person, bool Locked, DateOnly ErasesOn);

    /// <summary>
    /// <c>hengping erase --person ID [--now GROUND]</c> (the account's id, or a phone number). With a ground it erases
    /// although a legal term still runs.
    /// </summary>
    public static Command Create()
    {
        var person = new Option<string>("--person")
        {
            Required = true,
            Description = "账户 ID、手机号或邮箱 / account id, phone or mail address",
        };
        var ground = new Option<string?>("--now")
        {
            Description =
                "不等保存期满，写明依据（勿写姓名） / erase before the term of retention ends; the ground, naming nobody",
        };
        var command = new Command(
            "erase",
            "删除此人：保存期内先锁定，期满销毁密钥 / lock a person, or destroy their keys"
        )
        {
            person,
            ground,
        };
        command.OnStore(
            async (store, parsed, ct) =>
            {
                var wanted = parsed.GetValue(person)!;
                if (await Find(store, wanted, ct) is not { } id)
                    return await WithoutAccount(store, wanted, parsed.GetValue(Cli.Json), ct);
                if (await HasOpen(store, id, ct))
                    throw new Refused(OpenCases);
                var result = parsed.GetValue(ground) is { } because
                    ? await Erase(store, id, GroundOf(because), author: "cli", ct)
                    : await Leave(store, id, YearsHere(), author: "cli", ct);
                if (result.Refusal is { } no)
                    throw new Refused(no);
                if (result.Event!.Fault is not null)
                    throw new Refused(Unfinished);
                await store.Wipe(ct);
                Tell(result.Event!, parsed.GetValue(Cli.Json));
                return 0;
            }
        );
        return command;
    }

    // Somebody who asked for a code once, or whose account was erased before.
    private static async Task<int> WithoutAccount(Store store, string wanted, bool isJson, CancellationToken ct)
    {
        var traces = await Traces.RemoveOf(store, wanted, ct);
        if (traces == 0)
            throw new Refused(Unknown);
        await store.Wipe(ct);
        if (isJson)
            Cli.Print(new { traces });
        else
            Cli.Say($"没有账户；已删除验证码和短信 {traces} 条 / no account; removed {traces} codes and messages");
        return 0;
    }

    private static string GroundOf(string because) =>
        PlainText.Line(because) is { Length: > 0 and <= GroundLengthMax } line ? line : throw new Refused(NoGround);

    // As the site reads it: a term that was made longer there holds here.
    private static int YearsHere() =>
        ErasureByAge.YearsOf(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    private static void Tell(Result gone, bool isJson)
    {
        if (gone.ErasesOn is { } day && isJson)
            Cli.Print(new LockedPerson(gone.Person, Locked: true, Shanghai.DayOf(day)));
        else if (gone.ErasesOn is { } until)
            Cli.Say(
                $"已锁定 {gone.Person:D}，只存储，{Shanghai.DayOf(until):yyyy-MM-dd} 删除"
                    + " / locked: stored only, and erased on that day"
            );
        else if (isJson)
            Cli.Print(gone);
        else
            Cli.Say(
                $"已删除 {gone.Person:D}：案件 {gone.Cases}，举报 {gone.Reports}，证据 {gone.Evidence}，消息 {gone.Messages}"
                    + " / erased: person, cases, reports, pieces of evidence, messages"
            );
    }

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

    /// <summary>
    /// An account by id, by phone or by a mail address that opens it, whatever its role; erased ones by id only.
    /// </summary>
    private static async Task<Guid?> Find(Store store, string wanted, CancellationToken ct)
    {
        var isId = Guid.TryParse(wanted, out var id);
        var isMail = wanted.Contains('@', StringComparison.Ordinal);
        // What is no number has no print: without digits all of them would be one.
        var phone = isId || isMail ? null : PhoneNumber.Normalise(wanted);
        var args = new
        {
            id,
            phone = phone is null ? "" : AccountDesk.PhonePrint(store, phone),
            mail = isMail ? MailWay.PrintOf(store, wanted) : "",
        };
        var rows = await store.Query<(Guid Id, string Role)>(
            """
            select id as Id, role as Role from accounts
            where id = @id or (phone_print = @phone and @phone <> '') or (mail_print = @mail and @mail <> '')
            order by id
            """,
            args,
            ct
        );
        return rows.Count switch
        {
            0 => null,
            1 => rows[0].Id,
            // Which of them asked nobody knows here, and what is erased does not come back.
            _ => throw new Refused(Several(string.Join(", ", rows.Select(row => $"{row.Id:D} ({row.Role})")))),
        };
    }
}
