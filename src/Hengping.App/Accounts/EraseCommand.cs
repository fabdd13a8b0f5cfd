using System.CommandLine;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;

namespace Hengping.App.Accounts;

/// <summary><c>hengping erase</c>: whom it means, and what it says of what was done.</summary>
public static class EraseCommand
{
    private const int GroundLengthMax = 100;
    private const string Author = "cli";

    /// <summary>No ground is given for erasing before the term ends.</summary>
    public static readonly Refusal NoGround = new(
        "erase.ground",
        $"请写明提前删除的依据（1–{GroundLengthMax} 字）",
        $"Give the ground for erasing before the term ends, in 1–{GroundLengthMax} characters"
    );

    /// <summary>No such person.</summary>
    public static readonly Refusal Unknown = new("erase.unknown", "没有这个人", "No such person");

    /// <summary>More than one account has this phone or mail address; none is erased.</summary>
    public static Refusal Several(string which) =>
        new(
            "erase.several",
            $"有多个账户使用它，请用账户 ID 指明要删除哪一个：{which}",
            $"Several accounts have it; name the one to erase by its id: {which}"
        );

    /// <summary>What the command says of a lock.</summary>
    private sealed record LockedPerson(Guid Person, bool Locked, DateOnly ErasesOn);

    /// <summary>What it says where there is no account.</summary>
    private sealed record WithoutAccount(int Traces, int Reports, bool? Locked, DateOnly? ErasesOn);

    /// <summary>What was done.</summary>
    /// <param name="Account">Null where there is none.</param>
    /// <param name="Left">What lay there under the phone number without an account.</param>
    /// <param name="Traces">Codes and messages, where there is no account.</param>
    internal sealed record Done(Erasure.Result? Account, PhoneErased Left, int Traces = 0);

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
                var done = await Run(
                    store,
                    parsed.GetValue(person)!,
                    parsed.GetValue(ground) is { } because ? GroundOf(because) : null,
                    YearsHere(),
                    ct
                );
                await store.Wipe(ct);
                if (done.Account is { } account)
                    Tell(account, done.Left, parsed.GetValue(Cli.Json));
                else
                    Tell(done, parsed.GetValue(Cli.Json));
                return 0;
            }
        );
        return command;
    }

    /// <summary>Erases or locks all of somebody's: an account, and what they left without one.</summary>
    /// <param name="ground">Of erasing although a term still runs.</param>
    /// <param name="years">The term: how long what has ended is kept.</param>
    internal static async Task<Done> Run(Store store, string wanted, string? ground, int years, CancellationToken ct)
    {
        var found = await Find(store, wanted, ct);
        if (found is { } open && await Erasure.HasOpen(store, open, ct))
            throw new Refused(Erasure.OpenCases);
        // Before the account: what is held there refuses all of it.
        var left = await OfPhone(store, wanted, ground, years, ct);
        if (found is not { } id)
        {
            var traces = await Traces.RemoveOf(store, wanted, ct);
            return traces + left.Count > 0 ? new Done(Account: null, left, traces) : throw new Refused(Unknown);
        }
        var result = ground is null
            ? await Erasure.Leave(store, id, years, Author, ct)
            : await Erasure.Erase(store, id, ground, Author, ct);
        if (result.Refusal is { } no)
            throw new Refused(no);
        return result.Event!.Fault is null ? new Done(result.Event, left) : throw new Refused(Erasure.Unfinished);
    }

    private static async Task<PhoneErased> OfPhone(
        Store store,
        string wanted,
        string? ground,
        int years,
        CancellationToken ct
    )
    {
        var all = new PhoneErased(0, ErasesOn: null);
        if (PhoneNumber.Normalise(wanted) is not { } phone)
            return all;
        var how = new PhoneLeaving(phone, ground ?? "request", ground is null ? years : null);
        foreach (var room in store.House.Persons)
            all += await room.EraseOf(store, how, Author, ct);
        return all;
    }

    private static string GroundOf(string because) =>
        PlainText.Line(because) is { Length: > 0 and <= GroundLengthMax } line ? line : throw new Refused(NoGround);

    // As the site reads it: a term that was made longer there holds here.
    private static int YearsHere() =>
        ErasureByAge.YearsOf(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    private static void Tell(Erasure.Result account, PhoneErased left, bool isJson)
    {
        var gone = account with { Reports = account.Reports + left.Count };
        if ((left + new PhoneErased(0, gone.ErasesOn)).ErasesOn is { } until)
        {
            var day = Shanghai.DayOf(until);
            if (isJson)
                Cli.Print(new LockedPerson(gone.Person, Locked: true, day));
            else
                Cli.Say(
                    $"已锁定 {gone.Person:D}，只存储，{day:yyyy-MM-dd} 删除 / locked: stored only, and erased on that day"
                );
        }
        else if (isJson)
            Cli.Print(gone);
        else
            Cli.Say(
                $"已删除 {gone.Person:D}：案件 {gone.Cases}，举报 {gone.Reports}，证据 {gone.Evidence}，消息 {gone.Messages}"
                    + " / erased: person, cases, reports, pieces of evidence, messages"
            );
    }

    // Somebody who asked for a code once or reported without signing in, or whose account was erased before.
    private static void Tell(Done done, bool isJson)
    {
        DateOnly? day = done.Left.ErasesOn is { } until ? Shanghai.DayOf(until) : null;
        if (isJson)
            Cli.Print(new WithoutAccount(done.Traces, done.Left.Count, day is null ? null : true, day));
        else
            Cli.Say(
                $"没有账户；已删除验证码和短信 {done.Traces} 条，举报 {done.Left.Count} 件 / no account; removed codes and "
                    + "messages, reports"
                    + (
                        day is null
                            ? ""
                            : $"；举报先锁定，{day:yyyy-MM-dd} 前删除 / reports locked, and erased by that day"
                    )
            );
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
