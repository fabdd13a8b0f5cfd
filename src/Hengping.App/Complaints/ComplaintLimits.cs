using System.Collections.Concurrent;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// How much anybody files and says in a day (Shanghai): the log keeps every word for ever, and an act in a case costs
/// as much as the case is long. Configuration section <c>Complaints</c>; these are the defaults, 0 is without a limit.
/// </summary>
public sealed class ComplaintLimits
{
    /// <summary>Where they are set.</summary>
    public const string Section = "Complaints";

    /// <summary>Complaints of one account.</summary>
    public int FilingsPerDay { get; init; } = 30;

    /// <summary>What one side says in one case: messages, supplements, replies, offers; and to all of a joint one.
    /// </summary>
    public int MessagesPerDay { get; init; } = 50;

    /// <summary>The day's filings are used up: 429.</summary>
    public static readonly Refusal FiledEnough = new(
        "complaint.filed-enough",
        "您今天提交的投诉已达上限，请明天再提交；已提交的不受影响",
        "You have filed all that one day takes; come back tomorrow. What was filed before is kept"
    );

    /// <summary>The day's messages are used up: 429.</summary>
    public static readonly Refusal SaidEnough = new(
        "complaint.said-enough",
        "您这一方今天在这里发送的内容已达上限，请明天再发；已发送的不受影响",
        "Your side has said as much here as one day takes; come back tomorrow. What was said before is kept"
    );

    private sealed record Count(DateTimeOffset At, DateOnly Day, long Filed);

    // Counted anew after this: what other nodes take counts from then on.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);
    private const int AccountsMax = 20_000;
    private readonly ConcurrentDictionary<Guid, Count> counted = new();

    /// <summary>
    /// A refusal where the account has filed enough today, always counted anew before it is given. Many at once may be
    /// some more.
    /// </summary>
    public async ValueTask<Refusal?> OnFiling(Store store, Guid account, CancellationToken ct)
    {
        if (FilingsPerDay <= 0)
            return null;
        var now = store.Now;
        var day = Shanghai.DayOf(now);
        if (
            counted.TryGetValue(account, out var last)
            && last.Day == day
            && (now - last.At).Duration() < Remembered
            && last.Filed < FilingsPerDay
        )
            return null;
        var filed = await FiledToday(store, account, day, ct);
        if (counted.Count >= AccountsMax)
            counted.Clear();
        counted[account] = new Count(now, day, filed);
        return filed >= FilingsPerDay ? Tomorrow(FiledEnough, now) : null;
    }

    /// <summary>The account has filed one more.</summary>
    public void Filed(Guid account)
    {
        if (counted.TryGetValue(account, out var last))
            counted.TryUpdate(account, last with { Filed = last.Filed + 1 }, last);
    }

    private async Task<long> FiledToday(Store store, Guid account, DateOnly day, CancellationToken ct) =>
        await store.First<long>(
            """
            select count(*) from (
              select 1 as One from complaints where claimant = @account and filed_at >= @since limit @max) today
            """,
            new
            {
                account,
                since = Shanghai.StartOf(day).ToUnixTimeMilliseconds(),
                max = FilingsPerDay,
            },
            ct
        );

    /// <summary>A refusal where a side has said enough today, before it says something more.</summary>
    public Refusal? OnSaying(Complaint complaint, ComplaintEvent happened, DateTimeOffset now) =>
        Complaint.SpeakerOf(happened) is { } side ? OnSaying(TalkOfDay.CountOf(complaint.Talk, side, now), now) : null;

    /// <summary>The same in a joint complaint.</summary>
    public Refusal? OnSaying(Joint joint, JointEvent happened, DateTimeOffset now) =>
        happened is JointEvent.Said said ? OnSaying(TalkOfDay.CountOf(joint.Talk, said.From, now), now) : null;

    private Refusal? OnSaying(int said, DateTimeOffset now) =>
        MessagesPerDay > 0 && said >= MessagesPerDay ? Tomorrow(SaidEnough, now) : null;

    private static Refusal Tomorrow(Refusal refusal, DateTimeOffset now) =>
        refusal with
        {
            Wait = Shanghai.StartOf(Shanghai.DayOf(now).AddDays(1)) - now,
        };
}
