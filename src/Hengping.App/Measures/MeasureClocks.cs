using Hengping.App.Clocks;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>The clocks of measures, by their names in the rulebook.</summary>
public static class MeasureClocks
{
    /// <summary>To answer an announcement.</summary>
    public const string Answer = "measure.answer";

    /// <summary>To sign an urgent one.</summary>
    public const string Signature = "measure.signature";

    /// <summary>A human looks.</summary>
    public const string Human = "measure.human";

    /// <summary>To appeal.</summary>
    public const string Appeal = "measure.appeal";

    /// <summary>To appeal with a reason.</summary>
    public const string AppealLate = "appeal.late";

    /// <summary>For the holder of the right to go to court or the authority.</summary>
    public const string Suit = "measure.suit";

    private const string Closing = "measure.closing";

    /// <summary>The terms of one that begins.</summary>
    public static MeasureTerms Of(Law law, DateTimeOffset now) =>
        new(law.Count(Answer, now)?.Due, law.Count(Signature, now)?.Due, law.Count(Human, now)?.Due);

    /// <summary>When the notice of a closing that is proposed now is over, at the latest.</summary>
    public static DateTimeOffset NoticeOver(Law law, DateTimeOffset now)
    {
        var heard = law.Count(Answer, now)?.Due ?? now;
        return law.Count(Closing, heard)?.Due ?? heard;
    }

    /// <summary>When one that is signed now begins.</summary>
    public static DateTimeOffset StartOf(Law law, Measure measure, DateTimeOffset now) =>
        measure.NeedsNotice && law.Count(Closing, now) is { } notice ? Measure.AfterNotice(notice.Due) : now;
}
