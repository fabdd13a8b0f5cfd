using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>
/// Columns after the rating columns: what a reader may want to group by. No person, no text of a person.
/// </summary>
/// <param name="AmountBand">Code of the taxonomy's band.</param>
/// <param name="Recovered">CNY.</param>
/// <param name="Source">Where an import comes from; null for our own.</param>
public sealed record CaseWords(
    string? Sector = null,
    string? Problem = null,
    string? Province = null,
    string? AmountBand = null,
    string? Resolved = null,
    string? Recovered = null,
    string? Source = null
);

/// <summary>
/// The case file of a list of format 1, which told each case with its score; <see cref="OpenTables"/> took its place.
/// It still verifies its list, and is shown to staff alone: CSV, UTF-8, lines ended by one line feed, a header, rows
/// in the order of publicId (by code unit). Instants are <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, flags <c>true</c> or
/// <c>false</c>, scores without trailing zeros, absent values empty. The nine rating columns come first and alone go
/// into the digests.
/// </summary>
public static class CaseFile
{
    /// <summary>The rating columns, in order.</summary>
    public const string RatingHeader =
        "publicId,merchantId,deliveredAt,repliedAt,replyTimely,validReply,score,scoredAt,excluded";

    /// <summary>All columns.</summary>
    public const string Header =
        RatingHeader + ",sector,problem,province,amountBand,resolved,amountRecovered,source,touched";

    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>One row without its line feed.</summary>
    public static string Line(RatingCase one, CaseWords words)
    {
        var line = RatingCells(new StringBuilder(200), one);
        foreach (
            var word in (ReadOnlySpan<string?>)
                [
                    words.Sector,
                    words.Problem,
                    words.Province,
                    words.AmountBand,
                    words.Resolved,
                    words.Recovered,
                    words.Source,
                ]
        )
            line.Append(',').Cell(Csv.Harmless(word));
        return line.Append(',').Append(Touched(one.Touched)).ToString();
    }

    /// <summary>The nine rating columns of a row.</summary>
    public static string RatingLine(RatingCase one) => RatingCells(new StringBuilder(160), one).ToString();

    /// <summary>How an instant is written.</summary>
    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);

    /// <summary>How a score is written: thousandths without trailing zeros.</summary>
    public static string Score(int milli) => (milli / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private static StringBuilder RatingCells(StringBuilder to, RatingCase one)
    {
        to.Cell(one.PublicId).Append(',').Append(one.Merchant.ToString("D")).Append(',').Append(Write(one.DeliveredAt));
        to.Append(',').Append(one.RepliedAt is { } replied ? Write(replied) : "");
        to.Append(',').Append(Flag(one.ReplyTimely)).Append(',').Append(Flag(one.ValidReply));
        to.Append(',').Append(one.ScoreMilli is { } score ? Score(score) : "");
        to.Append(',').Append(one.ScoredAt is { } scored ? Write(scored) : "");
        return to.Append(',').Cell(Csv.Harmless(one.Excluded));
    }

    internal static string Flag(bool? flag) =>
        flag switch
        {
            true => "true",
            false => "false",
            null => "",
        };

    private static string Touched(Touches touched) =>
        touched == Touches.None
            ? ""
            : touched.ToString().ToLowerInvariant().Replace(", ", "+", StringComparison.Ordinal);

    /// <summary>Reads the rating columns back.</summary>
    /// <exception cref="FormatException">Line and column of the first thing that is not as it is written.</exception>
    public static IEnumerable<RatingCase> Read(TextReader reader, Side side) =>
        ReadAll(reader, side).Select(one => one.Case);

    /// <summary>Reads all columns back.</summary>
    /// <exception cref="FormatException">As above.</exception>
    public static IEnumerable<(RatingCase Case, CaseWords Words)> ReadAll(TextReader reader, Side side)
    {
        var number = 0;
        string? before = null;
        foreach (var cells in Csv.Read(reader))
        {
            number++;
            if (number == 1)
            {
                if (!string.Join(',', cells.Take(9)).Equals(RatingHeader, StringComparison.Ordinal))
                    throw new FormatException($"line 1: the first columns must be {RatingHeader}");
                continue;
            }
            var one = Parse(cells, side, number);
            if (before is not null && string.CompareOrdinal(before, one.PublicId) >= 0)
                throw new FormatException($"line {number}: publicId {one.PublicId} is out of order or there twice");
            before = one.PublicId;
            yield return (one, WordsOf(cells));
        }
        if (number == 0)
            throw new FormatException("line 1: the file is empty");
    }

    private static RatingCase Parse(string[] cells, Side side, int line)
    {
        if (cells.Length < 9)
            throw new FormatException($"line {line}: {cells.Length} columns, at least 9 are needed");
        var one = new RatingCase
        {
            PublicId = cells[0],
            Merchant = Guid.TryParseExact(cells[1], "D", out var merchant) ? merchant : throw Bad(line, "merchantId"),
            Side = side,
            DeliveredAt = InstantOf(cells[2]) ?? throw Bad(line, "deliveredAt"),
            RepliedAt = InstantOf(cells[3]),
            ReplyTimely = FlagOf(cells[4]),
            ValidReply = FlagOf(cells[5]) ?? throw Bad(line, "validReply"),
            ScoreMilli = ScoreOf(cells[6]),
            ScoredAt = InstantOf(cells[7]),
            Excluded = cells[8].Length == 0 ? null : cells[8],
        };
        var again = RatingLine(one);
        var given = new StringBuilder(160);
        for (var i = 0; i < 9; i++)
            (i == 0 ? given : given.Append(',')).Cell(cells[i]);
        // Whatever cannot be read, or reads the same but is written otherwise, is a change.
        if (!given.ToString().Equals(again, StringComparison.Ordinal))
            throw new FormatException($"line {line}: is written {given}, should be {again}");
        if (one.PublicId.Length == 0)
            throw Bad(line, "publicId");
        return one;
    }

    private static CaseWords WordsOf(string[] cells)
    {
        string? Cell(int at) => at < cells.Length && cells[at].Length > 0 ? cells[at] : null;
        return new CaseWords(Cell(9), Cell(10), Cell(11), Cell(12), Cell(13), Cell(14), Cell(15));
    }

    private static FormatException Bad(int line, string column) => new($"line {line}: {column} cannot be read");

    internal static DateTimeOffset? InstantOf(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Instant,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    internal static bool? FlagOf(string text) =>
        text switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    /// <summary>A score in thousandths as it is written, or null.</summary>
    public static int? ScoreOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score)
        && score is >= 0 and <= 10
        && decimal.IsInteger(score * 1000)
            ? (int)(score * 1000)
            : null;

    /// <summary>
    /// Digests of cases given in the order of publicId: of the rating columns of the base cases alone, and of all.
    /// SHA-256, lower-case hex, over the header and the rows, each with its line feed.
    /// </summary>
    public sealed class Digests : IDisposable
    {
        private readonly IncrementalHash rated = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        /// <summary>Begins with the header.</summary>
        public Digests() => Add(RatingHeader, isBase: true);

        /// <summary>Adds a case. A pending one is no base case.</summary>
        public void Add(RatingCase one, DateTimeOffset asOf) =>
            Add(RatingLine(one), one.Excluded is null && !one.IsPending(asOf));

        private void Add(string line, bool isBase)
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            all.AppendData(bytes);
            if (isBase)
                rated.AppendData(bytes);
        }

        /// <summary>Both digests.</summary>
        public (string Base, string All) Finish() =>
            (Convert.ToHexStringLower(rated.GetHashAndReset()), Convert.ToHexStringLower(all.GetHashAndReset()));

        /// <inheritdoc/>
        public void Dispose()
        {
            rated.Dispose();
            all.Dispose();
        }
    }
}
