using Hengping.App.Accounts;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>A person who leaves takes what was said of them along; that a measure was taken stays countable.</summary>
public sealed class MeasuresOfPersons
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_said_of_a_person_goes_with_them(Db db)
    {
        await using var site = await Site.Start(db);
        await Reporting.Run(site, OperatorKind.Marketplace);
        var rule = await Rule(site);
        var reviewer = await site.As(Role.Reviewer);
        await site.As(Role.Claimant, phone: Sites.OwnPhone(), name: "王小明");
        var account = await site.Store.First<Guid>("select id from accounts where role = 'claimant'", null, Ct);
        var body = Down(Guid.Empty, rule)
            .With(
                ("kind", "accountWatched"),
                ("addressee", new { account }),
                ("target", new { kind = "account" }),
                ("reason", "abusiveClaims"),
                ("facts", "以曝光相要挟，向三家商家索要十倍货款，录音为证。")
            );
        var measure = await reviewer.PostJson(Where, body).Json(201);
        await reviewer.PostJson(At(measure, "sign")).Json();
        await Reporting.NowhereIn(site, "录音为证");
        await site.Appends(
            ["account.erased", "measure.erased"],
            () => Erasure.Erase(site.Store, account, "request", "cli", Ct)
        );
        var view = await reviewer.GetAsync(At(measure), Ct).Json();
        view.TryGetProperty("words", out _).ShouldBeFalse();
        await reviewer
            .PostJson(At(measure, "lift"), new { because = "other", reason = "当事人已离开。" })
            .Refused(409, "measure.erased");
    }
}
