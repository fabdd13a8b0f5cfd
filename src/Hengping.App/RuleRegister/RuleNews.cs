using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// Notes that opinions are asked for, that a change is announced, or that it does not come after all;
/// <see cref="RuleNotices"/> tells it. What two people marked as technical is no change and is told to nobody.
/// </summary>
public sealed class RuleNews : Listener
{
    /// <inheritdoc/>
    public override string Name => "rule-news";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [RuleBook.Instance.Kinds];

    /// <summary>A message once sent is not sent again.</summary>
    public override bool IsRebuilt => false;

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        foreach (var stored in batch)
        {
            if (IsHistory(stored, store.Now))
                continue;
            var story = await store.ReadStory(RuleBook.Instance, stored.Stream, ct);
            var (became, version) = story[stored.Version - 1].Event switch
            {
                RuleEvent.Consulted e => (RuleStatus.Consultation, e.Version),
                RuleEvent.Published e => (RuleStatus.Notice, e.Version),
                RuleEvent.Withdrawn e => (RuleStatus.Withdrawn, e.Version),
                _ => (RuleStatus.Draft, 0),
            };
            if (version > 0)
                await db.ExecuteAsync(
                    """
                    insert into rule_news (position, rule, version, became, heard_at, batch, told)
                    values (@position, @rule, @version, @became, @now, null, @told)
                    on conflict (position) do nothing
                    """,
                    new
                    {
                        position = stored.Position,
                        rule = stored.Stream,
                        version,
                        became = Words.Of(became),
                        now = store.Now.ToUnixTimeMilliseconds(),
                        told = false,
                    },
                    transaction
                );
        }
    }

    /// <summary>Messages are never sent twice for a rebuild: what was told stays told.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;
}
