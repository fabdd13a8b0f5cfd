using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Ratings;

/// <summary>A row of <c>rating_cases</c>.</summary>
public sealed class CaseRow
{
    /// <summary>The table, and what each column holds of a row.</summary>
    public static readonly Table<CaseRow> Table = new(
        "rating_cases",
        ["public_id"],
        [
            ("public_id", Text, r => r.PublicId),
            ("complaint", ColumnType.Guid, r => r.Complaint),
            ("merchant", ColumnType.Guid, r => r.Merchant),
            ("side", Text, r => r.Side),
            ("claimant", ColumnType.Guid, r => r.Claimant),
            ("day", Long, r => r.Day),
            ("delivered_at", Long, r => r.DeliveredAt),
            ("replied_at", Long, r => r.RepliedAt),
            ("reply_timely", Bool, r => r.ReplyTimely),
            ("valid_reply", Bool, r => r.ValidReply),
            ("score_milli", Long, r => r.ScoreMilli),
            ("scored_at", Long, r => r.ScoredAt),
            ("excluded", Text, r => r.Excluded),
            ("touched", Long, r => r.Touched),
            ("changed_at", Long, r => r.ChangedAt),
            ("sector", Text, r => r.Sector),
            ("problem", Text, r => r.Problem),
            ("province", Text, r => r.Province),
            ("amount_band", Text, r => r.AmountBand),
            ("resolved", Text, r => r.Resolved),
            ("recovered", Text, r => r.Recovered),
            ("source", Text, r => r.Source),
        ]
    );

    /// <summary>SQL: all columns.</summary>
    public static readonly string Columns = string.Join(", ", Table.Columns.Select(column => column.Name));

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

    /// <summary>That both say the same.</summary>
    public static bool Same(CaseRow one, CaseRow other) =>
        Array.TrueForAll(Table.Cells, c => Equals(c.Of(one), c.Of(other)));

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
