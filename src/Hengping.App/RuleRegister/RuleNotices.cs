using System.Globalization;
using Dapper;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// Tells every merchant that takes part what changes in the rules: opinions are asked for, a change is announced, or
/// it does not come after all. What is announced within half an hour is told in one message, in the merchant's
/// language, by mail where there is an address: an SMS to all of them would use up what others wait for.
/// </summary>
public sealed class RuleNotices(Store store, SiteAddress site, ILogger<RuleNotices> log) : Job(log)
{
    /// <summary>How long it waits for what else is announced.</summary>
    internal static readonly TimeSpan GatheredFor = TimeSpan.FromMinutes(30);

    private const int PageSize = 200;

    // The rest stands where the link leads.
    private const int LinesMax = 5;
    private const int WordsMax = 80;

    /// <summary>What changes, from when, until when one can speak or leave, and where the difference stands.</summary>
    public static readonly Wording Told = new(
        "rules-change",
        "【{operator}】{operator}通知入驻商家：平台规则有变动。{what}全部变动：{link} 。联系我们：{contact}",
        "[{operator}] {operator} to all merchants: platform rules are about to change. {what} All of it: {link} . "
            + "Reach us: {contact}"
    );

    private sealed record News(Guid Rule, long Version, string Became);

    private sealed record Change(Guid Id, RuleVersion Version, RuleVersion? Before, RuleTurn? Turn, RuleStatus Became);

    /// <inheritdoc/>
    public override string Name => "rule-notices";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await RunDue(ct);

    /// <summary>Tells what has waited long enough; to how many.</summary>
    public async Task<long> RunDue(CancellationToken ct)
    {
        if (await Batch(ct) is not { } batch)
            return 0;
        var (changes, told) = (await Changes(batch, ct), 0L);
        for (var (after, isMore) = (Guid.Empty, changes.Count > 0); isMore; )
        {
            var page = await store.Query<Guid>(
                """
                select id from merchants where enrolled and merged_into is null and id > @after
                order by id limit @size
                """,
                new { after, size = PageSize },
                ct
            );
            told += await Tell(page, changes, batch, ct);
            (after, isMore) = (page.Count == 0 ? after : page[^1], page.Count == PageSize);
        }
        await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "update rule_news set told = @yes where batch = @batch",
                    new { yes = true, batch },
                    transaction
                ),
            ct
        );
        return told;
    }

    // Fixed before anybody is told: a round that broke off goes on with the same, and tells nobody twice.
    private Task<long?> Batch(CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                Task<long?> Of(string what) =>
                    db.ExecuteScalarAsync<long?>($"select {what} from rule_news where not told", null, transaction);

                if (await Of("min(batch)") is { } begun)
                    return begun;
                if (!(await Of("min(heard_at)") <= (store.Now - GatheredFor).ToUnixTimeMilliseconds()))
                    return null;
                var last = await Of("max(position)");
                await db.ExecuteAsync("update rule_news set batch = @last where not told", new { last }, transaction);
                return last;
            },
            ct
        );

    // What became of each version last; what was taken back before anybody heard of it is no news.
    private async Task<IReadOnlyList<Change>> Changes(long batch, CancellationToken ct)
    {
        var news = await store.Query<News>(
            """
            select n.rule as Rule, n.version as Version, n.became as Became from rule_news n
            where n.batch = @batch and not exists (
                select 1 from rule_news l
                where l.batch = @batch and l.rule = n.rule and l.version = n.version and l.position > n.position)
              and (n.became <> 'withdrawn' or exists (
                select 1 from rule_news b where b.rule = n.rule and b.version = n.version and b.told))
            order by n.position
            """,
            new { batch },
            ct
        );
        var (changes, today) = (new List<Change>(), Shanghai.DayOf(store.Now));
        foreach (var one in news)
        {
            if ((await store.Load(RuleBook.Instance, one.Rule, ct)).State is not { } rule)
                continue;
            var version = rule.Find((int)one.Version)!;
            if (!version.IsTechnical)
                changes.Add(
                    new Change(
                        one.Rule,
                        version,
                        rule.Before(version, today),
                        rule.TurnOf(version, today, unanswered: 0),
                        Words.Parse<RuleStatus>(one.Became)!.Value
                    )
                );
        }
        return changes;
    }

    private async Task<int> Tell(
        IReadOnlyList<Guid> merchants,
        IReadOnlyList<Change> changes,
        long batch,
        CancellationToken ct
    )
    {
        var messages = new List<Message>();
        var contact = (await CurrentOperator.Load(store, ct))?.Sign?.Contact ?? site.LinkTo("/");
        foreach (var merchant in merchants)
        {
            var reached = await MerchantDirectory.ContactOf(store, merchant, ct);
            if ((Some(reached?.Email) ?? Some(reached?.Phone)) is not { } to)
                continue;
            var head = await Letterhead.Of(store, [merchant], ct);
            var isEnglish = head.Language == "en";
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["what"] = string.Join(isEnglish ? " " : "", changes.Take(LinesMax).Select(c => Line(c, isEnglish))),
                ["link"] = site.LinkTo("/rules"),
                ["contact"] = contact,
            };
            messages.Add(
                head.On(
                    new Message(
                        $"rules:{batch}:{merchant:N}",
                        Some(reached?.Email) is null ? Channel.Sms : Channel.Email,
                        Told,
                        to,
                        values,
                        KeySlot: await AccountDesk.PersonKey(store, merchant, ct)
                    )
                )
            );
        }
        return await store.Write(
            async (db, transaction) =>
            {
                foreach (var message in messages)
                    await Outbox.Put(store, message, db, transaction);
                return messages.Count;
            },
            ct
        );
        static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }

    private string Line(Change change, bool isEnglish)
    {
        var wording = change.Version.Wording;
        var (title, what, why) = isEnglish
            ? (wording.TitleEn, wording.ChangeEn, wording.ReasonEn)
            : (wording.TitleZh, wording.ChangeZh, wording.ReasonZh);
        var clauses = change.Before is null ? [] : PlatformRule.ChangedClauses(change.Before, change.Version);
        // A round that comes late may find the days over: then what was announced is told all the same.
        var key = change.Became switch
        {
            RuleStatus.Consultation => "rule.told.consultation",
            RuleStatus.Notice => change.Before is null ? "rule.told.first" : "rule.told.notice",
            _ => "rule.told.withdrawn",
        };
        var from = change.Version.InForceOn;
        var until = change.Became == RuleStatus.Notice ? from?.AddDays(-1) : change.Version.ConsultationUntil;
        return Said(
            key,
            title,
            Short(change.Version.WithdrawnFor ?? what)
                + (clauses.Count == 0 ? "" : Said("rule.told.clauses", string.Join(isEnglish ? ", " : "、", clauses))),
            Dated(change.Turn?.By ?? until, isEnglish),
            Dated(from, isEnglish),
            site.LinkTo(
                change.Before is null || change.Became == RuleStatus.Notice
                    ? $"/rules/{change.Id:D}?version={change.Version.No}"
                    : $"/rules/{change.Id:D}/changes?to={change.Version.No}"
            ),
            why is null ? "" : Said("rule.told.why", Short(why)),
            change.Version.No,
            change.Before?.No ?? 0
        );
        string Said(string text, params object[] values) =>
            string.Format(CultureInfo.InvariantCulture, Texts.All[text][isEnglish ? 1 : 0], values);
    }

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries)).Trim().TrimEnd('。', '.');
        return line.Length <= WordsMax ? line : line[..WordsMax] + "…";
    }

    private static string Dated(DateOnly? day, bool isEnglish) =>
        day?.ToString(isEnglish ? "d MMM yyyy" : "yyyy年M月d日", CultureInfo.InvariantCulture) ?? "";
}
