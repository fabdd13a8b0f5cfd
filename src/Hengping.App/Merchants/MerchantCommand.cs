using System.CommandLine;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary><c>hengping merchant add --name N --sector S …</c>: prints the id.</summary>
public static class MerchantCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var name = new Option<string>("--name") { Required = true, Description = "名称 / name" };
        var sector = new Option<string>("--sector") { Required = true, Description = "行业代码 / sector code" };
        var uscc = new Option<string?>("--uscc") { Description = "统一社会信用代码" };
        var phone = new Option<string?>("--phone") { Description = "售后电话 / after-sales phone" };
        var email = new Option<string?>("--email") { Description = "售后邮箱 / after-sales e-mail" };
        var enrolled = new Option<bool>("--enrolled") { Description = "已入驻 / takes part" };
        var platform = new Option<bool>("--platform") { Description = "平台 / others sell on it" };
        var add = new Command("add", "登记商家，打印 ID / add a merchant, print its id")
        {
            name,
            sector,
            uscc,
            phone,
            email,
            enrolled,
            platform,
        };
        add.OnStore(
            async (store, parsed, ct) =>
            {
                var entry = new NewMerchant(
                    parsed.GetValue(name)!,
                    parsed.GetValue(sector)!,
                    "staff",
                    parsed.GetValue(enrolled)
                )
                {
                    Contact = new AfterSalesContact(parsed.GetValue(phone), parsed.GetValue(email)),
                    Uscc = parsed.GetValue(uscc),
                    IsPlatform = parsed.GetValue(platform),
                };
                var (id, change, refusal) = MerchantDirectory.Add(store, entry, "cli", store.Now);
                if (refusal is not null)
                    throw new Refused(refusal);
                if (await store.Append(new Commit([change!]), ct) is not Outcome.Done)
                    throw new Refused(Merchant.NameTaken);
                Console.Out.WriteLine(id.ToString("D"));
                return 0;
            }
        );
        return new Command("merchant", "商家 / merchants") { add };
    }
}
