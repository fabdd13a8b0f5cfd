using System.Net.Http.Json;
using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Hengping.Tests.Importing;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>
/// After an erasure nothing is left to try her number on: no word of hers in any byte, and no print of it under any key
/// that lives.
/// </summary>
public sealed class PrintsAtRest
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<IReadOnlyList<Guid>> Holding(Store store, int[] codes)
    {
        var (sql, held) = TextIndex.For(store).Holding(codes);
        return store.Query<Guid>(sql, new { held }, Ct);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_word_and_no_print_of_an_erased_person_is_left(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("某某家电");
        await Canary.Knock(site);
        var her = await site.As(Role.Claimant, phone: Canary.Phone, name: Canary.Name);
        var mediator = await site.As(Role.Mediator);
        var account = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, Canary.Phone, Ct))!.Value;
        await MailConfirmed(site, her);
        var (id, report) = await Spoke(site, her, shop);
        await mediator.PostJson($"/api/v1/complaints/{id}/deliver").Json();
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        await Canary.Knock(site);
        await site.Visitor().Send("/signin?as=mail", "MailCode", ("email", Canary.Mail));
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        var early = Path.Combine(site.Place.Data, "early.backup");
        await Backup.Write(site.Store, early, null, Ct);
        var found = new BlindCodes(site.Store.Keys).Of("貔貅");
        (await Holding(site.Store, found)).ShouldHaveSingleItem();

        var prints = Canary.PrintsOf(site.Store.Keys.Prints, account, shop);
        var before = await Canary.Dump(site);
        before.SaysNone(Canary.Words);
        before.Where(one => one.Where.StartsWith("events.")).ToList().SaysNone(prints);
        before.Where(one => one.Where == early).ToList().SaysNone(prints);
        var codes = found.Select(InIndex).ToArray();
        if (engine == Db.Sqlite)
            before.Says(codes[0]);
        var order = $"{account:N}|{shop:N}|{Canary.Order}";
        before.Says(site.Store.Keys.Fingerprint(ComplaintPurposes.Order, order));
        before.Says(AccountDesk.PhonePrint(site.Store, Canary.Phone));
        before.Says(MailWay.PrintOf(site.Store, Canary.Mail));

        (await Erasure.Erase(site.Store, account, "request", "cli", Ct)).Refusal.ShouldBeNull();
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        await site.Store.Wipe(Ct);

        var after = await Canary.Dump(site);
        after.SaysNone(Canary.Words);
        after.SaysNone(prints);
        if (engine == Db.Sqlite)
            after.SaysNone(codes);
        (await Holding(site.Store, found)).ShouldBeEmpty();
        (await Outbox.Newest(site.Store, 50, Ct)).ShouldAllBe(letter => letter.To != Canary.Phone);
        foreach (var path in new[] { $"/api/v1/complaints/{id}", $"/api/v1/complaints/{id}/events", report })
            (await (await mediator.GetAsync(path, Ct)).Content.ReadAsStringAsync(Ct)).ShouldNotContainAny(Canary.Words);
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await Canary.Dump(site)).SaysNone(prints);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Staff_and_merchants_people_leave_no_print_of_name_or_login(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("某某家电");
        foreach (var role in new[] { Role.Mediator, Role.Merchant })
        {
            var profile = new Profile(Canary.Name, Canary.Phone, Canary.Mail, Canary.Login);
            AccountEvent password = new AccountEvent.PasswordSet { Hash = SignIn.HashPassword("four unrelated words") };
            var merchant = role == Role.Merchant ? shop : (Guid?)null;
            var opened = await AccountDesk.Open(site.Store, role, profile, merchant, "cli", [password], Ct);
            var account = opened.Event!.Id;
            (await SignIn.WithPassword(site.Store, Canary.Login, "wrong", Ct)).Refusal.ShouldBe(SignIn.WrongPassword);
            DeviceOf known = _ => "ab12";
            var there = await SignIn.WithPassword(site.Store, Canary.Login, "wrong", Ct, known);
            there.Refusal.ShouldBe(SignIn.WrongPassword);
            await Canary.Knock(site);
            var prints = Canary.PrintsOf(site.Store.Keys.Prints, account, shop);
            (await Canary.Dump(site)).Says(AccountDesk.LoginPrint(site.Store, Canary.Login));

            (await Erasure.Erase(site.Store, account, "request", "cli", Ct)).Refusal.ShouldBeNull();
            await site.Store.Wipe(Ct);

            var after = await Canary.Dump(site);
            after.SaysNone(Canary.Words);
            after.SaysNone(prints);
            site.Clock.Turn(TimeSpan.FromMinutes(2));
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whom_a_source_names_is_counted_by_an_id_that_tells_nothing(Db engine)
    {
        await using var site = await Site.Start(engine);
        using var files = new SourceFixture();
        const string Head = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n";
        string Row(int no, string who) =>
            $"{no},{who},路灯,2019/1/{no} 10:00,路灯不亮已经三天,已修好,2019/1/{no + 1} 9:00\n";
        var path = files.Write("a.csv", Head + Row(1, Canary.Name) + Row(2, "别人") + Row(3, Canary.Name));
        (await ImportRunTests.Import(site.Store, path, "tipdm")).Imported.ShouldBe(3);
        var more = files.Write("b.csv", Head + Row(4, Canary.Name));
        await ImportRunTests.Import(site.Store, more, "tipdm");

        (await Claimants(site.Store)).ShouldBe(2, "counted over rows and runs");
        var prints = Canary.PrintsOf(site.Store.Keys.Prints, Guid.Empty, Guid.Empty);
        var before = await Canary.Dump(site);
        before.SaysNone(Canary.Words);
        before.Where(one => one.Where.StartsWith("events.")).ToList().SaysNone(prints);
        before.Says(site.Store.Keys.Fingerprint(ComplaintPurposes.ImportClaimant, $"tipdm:{Canary.Name}"));

        await Rotation.Run(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        await ImportRunTests.Import(site.Store, files.Write("c.csv", Head + Row(5, Canary.Name)), "tipdm");
        (await Claimants(site.Store)).ShouldBe(2, "also after the keys were rotated");
        foreach (var id in await site.Store.Query<Guid>("select id from complaints", null, Ct))
            await Retention.Erase(site.Store, id, "age", Ct);
        await site.Store.Wipe(Ct);
        (await Canary.Dump(site)).SaysNone(Canary.PrintsOf(site.Store.Keys.Prints, Guid.Empty, Guid.Empty));
        (await Claimants(site.Store)).ShouldBe(2, "what ratings need stays");
    }

    // The end of the word that the full-text index keeps for a code: its beginning may be shared with the one before.
    private static string InIndex(int code) =>
        string.Concat(code.ToString("x8", null)[3..].Select(h => (char)('a' + Convert.ToInt32($"{h}", 16))));

    private static async Task<long> Claimants(Store store) =>
        await store.First<long>("select count(distinct claimant) from complaints", null, Ct);

    private static async Task MailConfirmed(Site site, HttpClient her)
    {
        var page = await site.Browsing(her);
        await page.Send("/me", "Correct", ("name", Canary.Name), ("email", Canary.Mail));
        await page.Send("/me", "MailCode");
        var code = (await Outbox.Newest(site.Store, 10, Ct)).First(one => one.To == Canary.Mail).Values["code"];
        await site.Appends(["account.mailConfirmed"], () => page.Send("/me", "MailConfirm", ("code", code)));
    }

    private static async Task<(string Case, string Report)> Spoke(Site site, HttpClient her, Guid shop)
    {
        byte[] paper = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes(Canary.Story)];
        var evidence = await her.Upload(paper, $"{Canary.Name}.pdf", "application/pdf").Json(201);
        using var filing = new HttpRequestMessage(HttpMethod.Post, "/api/v1/complaints")
        {
            Content = JsonContent.Create(
                new
                {
                    kind = "consumer",
                    respondent = new { id = shop },
                    orderNo = Canary.Order,
                    sector = "general-retail",
                    problem = "quality",
                    story = Canary.Story,
                    demands = new[] { "refund" },
                    evidence = new[] { evidence.GetProperty("id").GetGuid() },
                    contact = new
                    {
                        name = Canary.Name,
                        phone = Canary.Phone,
                        email = Canary.Mail,
                    },
                    consents = new
                    {
                        passOn = true,
                        publish = false,
                        call = false,
                    },
                    liabilityAccepted = true,
                    channel = "web",
                }
            ),
        };
        filing.Headers.Add("Idempotency-Key", "canary-1");
        var filed = await her.SendAsync(filing, Ct).Json(201);
        var body = Reporting.Named(shop);
        body["text"] = Canary.Report;
        body["contact"] = new { name = Canary.Name, phone = Canary.Phone };
        var (report, _) = await Reporting.Filed(site, her, body);
        return (filed.GetProperty("id").GetString()!, Reporting.At(report));
    }
}
