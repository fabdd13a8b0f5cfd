using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>How often one side has said something on one day (Shanghai): messages, supplements, replies, offers.
/// </summary>
public sealed record TalkOfDay(Party Side, DateOnly Day, int Count)
{
    /// <summary>The counts after a side has said something more; days before are forgotten.</summary>
    public static ImmutableArray<TalkOfDay> After(ImmutableArray<TalkOfDay> talk, Party side, DateTimeOffset at) =>
        [.. talk.Where(one => one.Side != side), new TalkOfDay(side, Shanghai.DayOf(at), CountOf(talk, side, at) + 1)];

    /// <summary>How often a side has said something today.</summary>
    public static int CountOf(ImmutableArray<TalkOfDay> talk, Party side, DateTimeOffset now) =>
        talk.FirstOrDefault(one => one.Side == side && one.Day == Shanghai.DayOf(now))?.Count ?? 0;
}

public sealed partial record Complaint
{
    /// <summary>What each side has said on its last day of saying something.</summary>
    public ImmutableArray<TalkOfDay> Talk { get; init; } = [];

    /// <summary>Who says something with an event; null where it says nothing, or says it once.</summary>
    public static Party? SpeakerOf(ComplaintEvent happened) =>
        happened switch
        {
            ComplaintEvent.MessageSent e => e.From,
            ComplaintEvent.Supplemented => Party.Claimant,
            ComplaintEvent.Replied => Party.Respondent,
            // What a joint complaint offers is counted there, by its matters.
            ComplaintEvent.OfferMade { Joint: null } e => e.By,
            _ => null,
        };
}
