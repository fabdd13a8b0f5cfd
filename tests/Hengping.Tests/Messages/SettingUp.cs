using System.Net;
using Hengping.App;
using Hengping.App.Admin;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>短信与邮件 at a page: tried before they are saved, sealed, used at once, and never shown again.</summary>
public sealed class SettingUp
{
    private const string Page = "/admin/ways";
    private const string Secret = "mail-secret-7731";
    private const string Key = "gateway-key-4410";
    private const string User = "outgoing-user";

    private static readonly OperatorEvent.MailSet Kept = new("smtp.example.org", 587, true)
    {
        User = User,
        Password = Secret,
        From = "desk@example.org",
    };

    private static readonly OperatorEvent.SmsSet KeptSms = new("sms.example.org")
    {
        Url = "https://sms.example.org/send",
        Key = Key,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static MailDraft Typed(OperatorEvent.MailSet set, string? password = null) =>
        new(set.Host, $"{set.Port}", set.Tls, set.User, password, set.From);

    [Theory]
    [InlineData("smtp://mail.example.org", "587", "desk@example.org", "mailHost", "ways.host")]
    [InlineData("mail.example.org", "0", "desk@example.org", "mailPort", "ways.port")]
    [InlineData("mail.example.org", "65536", "desk@example.org", "mailPort", "ways.port")]
    [InlineData("mail.example.org", "smtp", "desk@example.org", "mailPort", "ways.port")]
    [InlineData("mail.example.org", "", "", "mailFrom", "field.required")]
    [InlineData("mail.example.org", "", "desk", "mailFrom", "field.email")]
    public void A_mail_server_is_judged(string host, string port, string from, string field, string code)
    {
        var faults = new FieldFaults();
        Operator.CheckMail(null, new MailDraft(host, port, true, null, null, from), faults);
        faults.All[field].Code.ShouldBe(code);
    }

    [Fact]
    public void A_password_stays_only_where_it_goes_to_the_same_place()
    {
        var faults = new FieldFaults();
        Operator.CheckMail(Kept, Typed(Kept), faults).ShouldBe(Kept);
        Operator.CheckMail(Kept, Typed(Kept) with { From = "new@example.org" }, faults)!.Password.ShouldBe(Secret);
        faults.None.ShouldBeTrue();
        MailDraft[] elsewhere =
        [
            Typed(Kept) with
            {
                Host = "evil.example.org",
            },
            Typed(Kept) with
            {
                Port = "25",
            },
            Typed(Kept) with
            {
                Tls = false,
            },
            Typed(Kept) with
            {
                User = "other",
            },
        ];
        foreach (var draft in elsewhere)
            Code(f => Operator.CheckMail(Kept, draft, f), "mailPassword").ShouldBe("ways.secret-again");
        Code(f => Operator.CheckMail(null, Typed(Kept), f), "mailPassword").ShouldBe("field.required");
        Operator.CheckMail(Kept, Typed(Kept) with { User = "" }, new FieldFaults())!.Password.ShouldBeNull();
        Operator.CheckMail(Kept, Typed(Kept) with { Host = " " }, new FieldFaults()).ShouldBeNull();

        Operator.CheckSms(KeptSms, new SmsDraft(KeptSms.Url, ""), new FieldFaults()).ShouldBe(KeptSms);
        string Sms(string url) => Code(f => Operator.CheckSms(KeptSms, new SmsDraft(url, ""), f), "smsKey");
        Sms("https://sms.example.org/other").ShouldBe("ways.secret-again");
        string Bad(string url) => Code(f => Operator.CheckSms(null, new SmsDraft(url, "k"), f), "smsUrl");
        Bad("http://sms.example.org/send").ShouldBe("ways.https");
        Bad("https://user@sms.example.org/send").ShouldBe("ways.https");
        Bad("ftp://sms.example.org").ShouldBe("field.url");
    }

    private static string Code(Action<FieldFaults> judge, string field)
    {
        var faults = new FieldFaults();
        judge(faults);
        return faults.All[field].Code;
    }

    private static (string, string?)[] Mail(int port, string password = Secret) =>
        [
            ("mailHost", "127.0.0.1"),
            ("mailPort", $"{port}"),
            ("mailFrom", "衡平 <desk@hengping.example>"),
            ("mailTo", "zhou@example.org"),
            ("mailPassword", password),
        ];

    private static Task Queue(Site site, string once) =>
        Outbox.Put(
            site.Store,
            new Message(once, Channel.Sms, TestMessage.Says, "13912345678", new Dictionary<string, string>()),
            Ct
        );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_gateway_is_saved_sealed_used_at_once_on_every_node_and_dropped(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Site.Start(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        await Queue(site, "before");
        (string, string?)[] form = [("smsUrl", server.Url), ("smsKey", Key)];
        (await site.Appends(["operator.smsSet"], () => admin.Send(Page, "Save", form))).Location.ShouldBe(
            Page + "?did=saved"
        );
        await Eventually.Holds(() => server.Orders.Count == 1, "the gateway has an order");
        server.Orders[0].Key.ShouldBe("Bearer " + Key);
        await AtRest.NothingSays(site, Key, server.Url);
        var page = await admin.GetStringAsync(Page, Ct);
        page.ShouldContain(server.Url);
        page.ShouldNotContain(Key);

        await using var other = await Store.Open(site.Place, Rooms.House, site.Clock, Ct);
        using var there = new StoredWays(other, new CurrentOperator(other, site.Clock));
        (await there.Now(Ct)).ShouldHaveSingleItem().Takes(Channel.Sms).ShouldBeTrue();

        await site.Appends([], () => admin.Send(Page, "Save", ("smsUrl", server.Url)));
        await site.Appends(["operator.smsDropped"], () => admin.Send(Page, "Save", ("smsUrl", "")));
        await Task.Delay(TimeSpan.FromSeconds(1.2), Ct);
        (await there.Now(Ct)).ShouldBeEmpty();
        await Queue(site, "after");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Ct);
        server.Orders.Count.ShouldBe(1, "a channel nobody takes waits");
        (await Outbox.Newest(site.Store, 1, Ct)).Single().State.ShouldBe("waiting");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_mail_server_is_tried_as_typed_and_saved_with_its_user_sealed(Db engine)
    {
        await using var server = new MailServer();
        await using var site = await Site.Start(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var tried = await site.Appends([], () => admin.Send(Page, "TestMail", Mail(server.Port)));
        tried.Status.ShouldBe(200);
        WebUtility.HtmlDecode(tried.Body).ShouldContain("测试消息已发往 zhou@example.org");
        tried.Body.ShouldNotContain(Secret);
        server.Mails.ShouldHaveSingleItem().To.ShouldBe("zhou@example.org");

        server.OnRecipient = "550 no such user";
        var refused = await site.Appends([], () => admin.Send(Page + "?lang=en", "TestMail", Mail(server.Port)));
        refused.Status.ShouldBe(409);
        refused.Body.ShouldContain("code 550");
        var nobody = await admin.Send(Page, "TestMail", ("mailHost", ""), ("mailTo", "zhou"));
        nobody.Status.ShouldBe(400);
        nobody.Body.ShouldContain("id=\"f-mailhost-fault\"");
        nobody.Body.ShouldContain("id=\"f-mailto-fault\"");

        (string, string?)[] form = [("mailHost", "127.0.0.1"), ("mailPort", $"{server.Port}"), ("mailUser", User)];
        form = [.. form, ("mailPassword", Secret), ("mailFrom", "desk@hengping.example")];
        await site.Appends(["operator.mailSet"], () => admin.Send(Page, "Save", form));
        await AtRest.NothingSays(site, Secret, User, "desk@hengping.example");
        (await admin.GetStringAsync(Page, Ct)).ShouldNotContain(Secret);
        (await StoredWays.Told(site.Store, Ct))!.Mail!.Password.ShouldBe(Secret);
        (await CurrentOperator.Load(site.Store, Ct))!.Mail!.Password.ShouldBeNull();
    }

    [Fact]
    public async Task Set_up_tries_before_anything_is_saved_and_keeps_what_was_typed()
    {
        await using var server = new MailServer();
        await using var site = await Site.Start(Db.Sqlite);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        var who = site.Visitor();
        (string, string?)[] typed = [("key", key), ("nameZh", "江岸消协"), ("password", "four unrelated words")];
        (string, string?)[] mail = [.. Mail(server.Port).Where(f => f.Item1 != "mailTo"), ("email", "a@example.org")];
        var door = "/setup?key=" + key;
        var tried = await site.Appends([], () => who.Send(door, "TestMail", [.. typed, .. mail]));
        tried.Status.ShouldBe(200);
        server.Mails.ShouldHaveSingleItem().To.ShouldBe("a@example.org", "the admin, where nobody else is named");
        var page = WebUtility.HtmlDecode(tried.Body);
        page.ShouldContain("value=\"江岸消协\"");
        page.ShouldContain("密码和密钥不会回填");
        page.ShouldNotContain("four unrelated words");
        page.ShouldNotContain(Secret);
        page.ShouldNotContain("-fault\"", Case.Sensitive, "a test asks for nothing else");

        (string, string?)[] wrong = [.. mail, ("key", "0"), ("nameZh", "x")];
        (await site.Appends([], () => who.Send(door[..^1] + "0", "TestMail", wrong))).Status.ShouldBe(403);
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Configuration_wins_and_the_demo_sends_nothing()
    {
        await using var server = new MailServer();
        await using var configured = new MailServer();
        var settings = new Dictionary<string, string?>
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = $"{configured.Port}",
            ["Smtp:Tls"] = "false",
            ["Smtp:Password"] = Secret,
        };
        await using var site = await Site.Start(Db.Sqlite, now: null, settings: settings);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var page = await admin.GetStringAsync(Page + "?lang=en", Ct);
        page.ShouldContain("E-mail is set by configuration");
        page.ShouldNotContain("name=\"mailHost\"");
        page.ShouldNotContain(Secret);
        await site.Appends([], () => admin.Send(Page, "Save", Mail(server.Port)));
        (await admin.Send(Page, "TestMail", Mail(server.Port))).Status.ShouldBe(200);
        (server.Mails.Count, configured.Mails.Count).ShouldBe((0, 1));

        var stored = site.Of<StoredWays>();
        var demo = new SiteOptions(site.Place, "", Demo: true);
        var trial = new WaysTrial(new Channels([new DemoSender()]), stored, site.Of<Templates>(), demo, site.Clock);
        var form = new WaysForm
        {
            MailHost = "127.0.0.1",
            MailPort = $"{server.Port}",
            MailFrom = "desk@example.org",
            MailTo = "a@example.org",
        };
        var tried = await trial.Send(Channel.Email, form, kept: null, instead: null, new FieldFaults(), Ct);
        tried.ShouldNotBeNull().IsSent.ShouldBeFalse();
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_admins_set_and_try()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await using var server = new MailServer();
        var shop = await site.Merchant("一家店");
        foreach (var role in Enum.GetValues<Role>().Except([Role.Admin]))
        {
            var person = await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null));
            foreach (var act in new[] { "Save", "TestMail", "TestSms" })
                (await site.Appends([], () => person.Send(Page, act, Mail(server.Port)))).Status.ShouldBe(403);
        }
        (await site.Visitor().Send(Page, "TestMail", Mail(server.Port))).Location.ShouldNotBeNull();
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await admin.PostAsync(Page + "?handler=TestMail", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        server.Asked.ShouldBe(0);
    }
}
