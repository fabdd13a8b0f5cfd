using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A row of <c>rating_cases</c>.</summary>
public sealed class CaseRow
{
    /// <summary>Columns in the order of <see cref="Values"/>.</summary>
    public static readonly string[] Columns =
    [
        "public_id",
        "complaint",
        "merchant",
        "side",
        "claimant",
        "day",
        "delivered_at",
        "replied_at",
        "reply_timely",
        "valid_reply",
        "score_milli",
        "scored_at",
        "excluded",
        "touched",
        "changed_at",
        "sector",
        "problem",
        "province",
        "amount_band",
        "resolved",
        "recovered",
        "source",
    ];

    public string PublicId { get; set; } = "";
    public Guid Complaint { get; set; }
    public Guid Merchant { get; set; }
    public string Side { get; set; } = "";
    public Guid? Claimant { get; set; }
    public long Day { get; set; }
    public long DeliveredAt { get; set; }
    public long? RepliedAt { get; set; }
    public bool? ReplyTimely { get; set; }
    public bool ValidReply { get; set; }
    public long? ScoreMilli { get; set; }
    public long? ScoredAt { get; set; }
    public string? Excluded { get; set; }
    public long Touched { get; set; }
    public long ChangedAt { get; set; }
    public string? Sector { get; set; }
    public string? Problem { get; set; }
    public string? Province { get; set; }
    public string? AmountBand { get; set; }
    public string? Resolved { get; set; }
    public string? Recovered { get; set; }
    public string? Source { get; set; }

    /// <summary>Values in the order of <see cref="Columns"/>.</summary>
    public object?[] Values() =>
        [
            PublicId,
            Complaint,
            Merchant,
            Side,
            Claimant,
            Day,
            DeliveredAt,
            RepliedAt,
            ReplyTimely,
            ValidReply,
            ScoreMilli,
            ScoredAt,
            Excluded,
            Touched,
            ChangedAt,
            Sector,
            Problem,
            Province,
            AmountBand,
            Resolved,
            Recovered,
            Source,
        ];

    /// <summary>The row of a case.</summary>
    /// <param name="changedAt">Its last event that ratings hear.</param>
    public static CaseRow Of(Guid complaint, RatingCase one, CaseWords words, DateTimeOffset changedAt) =>
        new()
        {
            PublicId = one.PublicId,
            Complaint = complaint,
            Merchant = one.Merchant,
            Side = SideWord(one.Side),
            Claimant = one.Claimant,
            Day = Shanghai.DayOf(one.DeliveredAt).DayNumber - DayZero,
            DeliveredAt = one.DeliveredAt.ToUnixTimeMilliseconds(),
            RepliedAt = one.RepliedAt?.ToUnixTimeMilliseconds(),
            ReplyTimely = one.ReplyTimely,
            ValidReply = one.ValidReply,
            ScoreMilli = one.ScoreMilli,
            ScoredAt = one.ScoredAt?.ToUnixTimeMilliseconds(),
            Excluded = one.Excluded,
            Touched = (long)one.Touched,
            ChangedAt = changedAt.ToUnixTimeMilliseconds(),
            Sector = words.Sector,
            Problem = words.Problem,
            Province = words.Province,
            AmountBand = words.AmountBand,
            Resolved = words.Resolved,
            Recovered = words.Recovered,
            Source = words.Source,
        };

    /// <summary>The case, under the merchant it counts for.</summary>
    public RatingCase ToCase(Guid merchant) =>
        new()
        {
            PublicId = PublicId,
            Merchant = merchant,
            Side = SideWord(Rules.Complaints.Side.Merchant) == Side ? Rules.Complaints.Side.Merchant : default,
            Claimant = Claimant,
            DeliveredAt = Instant(DeliveredAt),
            RepliedAt = RepliedAt is { } replied ? Instant(replied) : null,
            ReplyTimely = ReplyTimely,
            ValidReply = ValidReply,
            ScoreMilli = (int?)ScoreMilli,
            ScoredAt = ScoredAt is { } scored ? Instant(scored) : null,
            Excluded = Excluded,
            Touched = (Touches)Touched,
        };

    /// <summary>Its descriptive columns.</summary>
    public CaseWords Words => new(Sector, Problem, Province, AmountBand, Resolved, Recovered, Source);

    /// <summary>1970-01-01: day numbers in tables count from it.</summary>
    public static readonly int DayZero = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>A side as tables and JSON write it.</summary>
    public static string SideWord(Side side) => side == Rules.Complaints.Side.Consumer ? "consumer" : "merchant";

    private static DateTimeOffset Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
