using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>
/// The open data of a list of format 2: four tables that have nothing in common but the merchant, so that nobody finds
/// a single person's score in them. Each is a multiset: a header, then its rows sorted by code unit, one line feed
/// after every line, UTF-8; cells are written as in <see cref="CaseFile"/>.
/// </summary>
/// <param name="Answers">Every delivered case: what became of it and when, without its score.</param>
/// <param name="Scores">Every score a listed merchant's numbers are made of.</param>
/// <param name="Described">What cases were about, without a merchant; what fewer than five share is left empty.</param>
/// <param name="Outcomes">What claimants said of it, counted by merchant from five answers on.</param>
public sealed record OpenTables(byte[] Answers, byte[] Scores, byte[] Described, byte[] Outcomes)
{
    /// <summary>Fewer than so many are not counted or described.</summary>
    public const int Few = 5;

    /// <summary>Columns of <see cref="Answers"/>.</summary>
    public const string AnswersHeader = "merchantId,deliveredAt,repliedAt,replyTimely,validReply,excluded";

    /// <summary>Columns of <see cref="Scores"/>.</summary>
    public const string ScoresHeader = "merchantId,score";

    /// <summary>Columns of <see cref="Described"/>.</summary>
    public const string DescribedHeader = "sector,problem,province,amountBand,source";

    /// <summary>Columns of <see cref="Outcomes"/>.</summary>
    public const string OutcomesHeader = "merchantId,yes,partly,no,recovered";

    /// <summary>Names and bytes, in the order they are hashed and packed in.</summary>
    public IEnumerable<(string Name, byte[] Bytes)> Files =>
        [("answers.csv", Answers), ("scores.csv", Scores), ("described.csv", Described), ("outcomes.csv", Outcomes)];

    /// <summary>The list's <c>digest</c>: SHA-256 over the bytes of answers.csv and, after them, scores.csv.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Answers);
        hash.AppendData(Scores);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Makes the four tables.</summary>
    /// <param name="cases">All delivered cases of the list.</param>
    /// <param name="printed">Scores that the list may print, by merchant.</param>
    public static OpenTables Of(
        IReadOnlyList<(RatingCase Case, CaseWords Words)> cases,
        IEnumerable<(Guid Merchant, ShownWord Word)> printed
    )
    {
        var told = printed.Where(one => one.Word.ScoreMilli >= 0).ToList();
        return new OpenTables(
            Table(AnswersHeader, cases.Select(c => AnswerLine(c.Case))),
            Table(ScoresHeader, told.Select(one => $"{one.Merchant:D},{CaseFile.Score(one.Word.ScoreMilli)}")),
            Table(DescribedHeader, Descriptions(cases.Select(c => c.Words))),
            Table(
                OutcomesHeader,
                told.GroupBy(one => one.Merchant, one => one.Word).Select(OutcomeLine).OfType<string>()
            )
        );
    }

    /// <summary>A row of <see cref="Answers"/>.</summary>
    public static string AnswerLine(RatingCase one)
    {
        var line = new StringBuilder(120).Append(one.Merchant.ToString("D"));
        line.Append(',').Append(CaseFile.Write(one.DeliveredAt));
        line.Append(',').Append(one.RepliedAt is { } replied ? CaseFile.Write(replied) : "");
        line.Append(',').Append(CaseFile.Flag(one.ReplyTimely)).Append(',').Append(CaseFile.Flag(one.ValidReply));
        return line.Append(',').Cell(Csv.Harmless(one.Excluded)).ToString();
    }

    private static byte[] Table(string header, IEnumerable<string> rows)
    {
        var sorted = rows.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        var text = new StringBuilder(header).Append('\n');
        foreach (var row in sorted)
            text.Append(row).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// A row a case; what fewer than five rows share loses its last word, again and again, until five share it or
    /// nothing is left.
    /// </summary>
    private static List<string> Descriptions(IEnumerable<CaseWords> all)
    {
        // What says most of a person goes first: where it lives, how much it was, and where the import came from.
        var rows = all.Select(w => new[] { w.Sector, w.Problem, w.AmountBand, w.Source, w.Province }).ToList();
        var lines = new List<string>(rows.Count);
        for (var words = rows.Count == 0 ? 0 : rows[0].Length; rows.Count > 0; words--)
        {
            var few = new List<string?[]>();
            foreach (var alike in rows.GroupBy(row => string.Join('\n', row.Take(words))))
            {
                var shared = alike.ToList();
                if (words > 0 && shared.Count < Few)
                    few.AddRange(shared);
                else
                    lines.AddRange(Enumerable.Repeat(Description(shared[0].AsSpan(0, words)), shared.Count));
            }
            rows = few;
        }
        return lines;
    }

    private static string Description(ReadOnlySpan<string?> words)
    {
        var cells = new string?[5];
        words.CopyTo(cells);
        var line = new StringBuilder(60);
        foreach (var (i, at) in (ReadOnlySpan<(int, int)>)[(0, 0), (1, 1), (2, 4), (3, 2), (4, 3)])
            (i == 0 ? line : line.Append(',')).Cell(Csv.Harmless(cells[at]));
        return line.ToString();
    }

    private static string? OutcomeLine(IGrouping<Guid, ShownWord> told)
    {
        int Of(Resolved word) => told.Count(one => one.Resolved == word);
        var (yes, partly, no) = (Of(Resolved.Yes), Of(Resolved.Partly), Of(Resolved.No));
        if (yes + partly + no < Few)
            return null;
        var recovered = told.Where(one => one.Resolved is not null).Sum(one => one.RecoveredCents) / 100m;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{told.Key:D},{yes},{partly},{no},{recovered.ToString("0.00", CultureInfo.InvariantCulture)}"
        );
    }
}
