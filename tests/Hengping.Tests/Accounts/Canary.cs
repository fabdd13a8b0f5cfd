using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>A person none of whose words stands anywhere else, and the prints that could be made of them.</summary>
internal static class Canary
{
    public const string Phone = "13977778888";
    public const string Name = "纪晚晴";
    public const string Mail = "wanqing.canary@example.org";
    public const string Order = "CANARY-ORDER-4711";
    public const string Story = "墨绿貔貅摆件寄来就裂成两半,送到翠湖路九十七弄,客服一味推诿";
    public const string Report = "这家店的貔貅摆件全是贴牌货,仓库在翠湖路";
    public const string Login = "canary.login";

    public static readonly string[] Words =
    [
        Phone,
        Name,
        Mail,
        Order,
        Login,
        "貔貅",
        "翠湖路",
        Mail.ToUpperInvariant(),
        Login.ToUpperInvariant(),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every print of hers under every key of a set, as hex.</summary>
    public static IReadOnlyList<string> PrintsOf(Prints prints, Guid account, Guid respondent)
    {
        string[] values =
        [
            .. Words,
            $"{account:N}|{respondent:N}|{Order}",
            $"tipdm:{Name}",
            prints.Of(Purposes.Phone, Phone),
            prints.Of(AccountPurposes.Mail, Mail.ToUpperInvariant()),
        ];
        string[] counted = ["codes-hour", "codes-day", "tries-day"];
        return
        [
            .. from purpose in Rooms.House.Purposes
            from value in values.Concat(values.SelectMany(value => counted.Select(what => $"{what}:{value}")))
            select prints.Of(purpose, value),
        ];
    }

    /// <summary>Everything that lies in tables, files and the program's log, each with its place.</summary>
    public static async Task<IReadOnlyList<(string Where, string Text)>> Dump(Site site)
    {
        var all = new List<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(site.Place.Data, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes, Ct);
            all.Add((file, Encoding.UTF8.GetString(bytes.ToArray())));
        }
        var tables = site.Place.Postgres is null
            ? "select name from sqlite_master where type = 'table'"
            : "select tablename from pg_tables where schemaname = 'public'";
        foreach (var table in await site.Store.Query<string>(tables, null, Ct))
        foreach (var row in await site.Store.Query<dynamic>($"select * from {table}", null, Ct))
        foreach (var cell in (IDictionary<string, object?>)row)
            all.Add(($"{table}.{cell.Key}", Text(cell.Value)));
        all.AddRange(site.Log.All.Select(line => ("log", line)));
        return all;
    }

    private static string Text(object? cell) =>
        cell is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(cell, null) ?? "";

    public static void SaysNone(this IReadOnlyList<(string Where, string Text)> dump, IEnumerable<string> words)
    {
        foreach (var word in words)
            dump.FirstOrDefault(one => one.Text.Contains(word, StringComparison.Ordinal))
                .Where.ShouldBeNull($"{word} stands there");
    }

    public static void Says(this IReadOnlyList<(string Where, string Text)> dump, string word) =>
        dump.ShouldContain(one => one.Text.Contains(word, StringComparison.Ordinal), word);

    /// <summary>A code on its way to her: nobody has an account by this message.</summary>
    public static async Task Knock(Site site)
    {
        (await SignIn.SendCode(site.Store, Phone, "127.0.0.1", Ct)).ShouldBeNull();
        var (_, no) = await SignIn.WithCode(site.Store, Role.Claimant, Phone, "127.0.0.1", "x", null, Ct);
        no.ShouldBe(SignIn.WrongCode);
    }

    /// <summary>She comes in by a code.</summary>
    public static async Task<Caller> Enter(Store store, TurnableClock clock)
    {
        clock.Turn(TimeSpan.FromMinutes(2));
        (await SignIn.SendCode(store, Phone, "127.0.0.1", Ct)).ShouldBeNull();
        var code = (await Outbox.Newest(store, 20, Ct)).First(one => one.Values.ContainsKey("code")).Values["code"];
        var (caller, no) = await SignIn.WithCode(store, Role.Claimant, Phone, "127.0.0.1", code, Name, Ct);
        no.ShouldBeNull();
        return caller!;
    }

    /// <summary>An account as an older program wrote it: with her phone's print in the open.</summary>
    public static async Task<Guid> OpenedBefore(Store store)
    {
        var profile = new Profile(Name, Phone, Mail, Login);
        var change = AccountDesk.Opening(store, Role.Claimant, profile, null, "cli", []);
        var body = Encoding.UTF8.GetString(change.Events[0].Body);
        var old = body.Replace(
            "{\"role\":\"claimant\"",
            $"{{\"role\":\"claimant\",\"phonePrint\":\"{AccountDesk.PhonePrint(store, Phone)}\"",
            StringComparison.Ordinal
        );
        old.Length.ShouldBeGreaterThan(body.Length);
        var changed = change with { Events = [change.Events[0] with { Body = Encoding.UTF8.GetBytes(old) }] };
        (await store.Append(new Commit([changed]), Ct)).ShouldBeOfType<Outcome.Done>();
        return change.Stream;
    }

    /// <summary>Rows and claims that hold prints, in a fixed order.</summary>
    public static async Task<IReadOnlyList<string>> Rows(Store store) =>
        [
            .. await store.Query<string>(
                """
                select coalesce(phone_print, '') || ' ' || coalesce(login_print, '') || ' ' || coalesce(mail_print, '')
                from accounts order by id
                """,
                null,
                Ct
            ),
            .. await store.Query<string>(
                "select scope || ' ' || key from claims where scope <> 'complaint-number' order by scope, key",
                null,
                Ct
            ),
            .. await store.Query<string>(
                "select order_key from complaints where order_key is not null order by id",
                null,
                Ct
            ),
        ];
}
