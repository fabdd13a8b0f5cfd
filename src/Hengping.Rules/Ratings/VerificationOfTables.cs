using System.Text;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>Open data of format 2 as it was given.</summary>
/// <param name="Described">Null where it is not at hand: it is in no number.</param>
/// <param name="Outcomes">Null likewise.</param>
/// <param name="File">SHA-256 of the packed file; null where the tables lay unpacked.</param>
public sealed record GivenTables(byte[] Answers, byte[] Scores, byte[]? Described, byte[]? Outcomes, string? File);

/// <content>Lists of format 2.</content>
public static partial class Verification
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A list of format 2 from its tables; null when everything holds.</summary>
    /// <param name="list">JSON as published.</param>
    public static Difference? Verify(string list, GivenTables given)
    {
        var differs = Verify(list, 2, (asked, said) => SumTables(given, asked, said));
        if (differs is not null || given.File is null)
            return differs;
        using var document = System.Text.Json.JsonDocument.Parse(list);
        var file = document.RootElement.GetProperty("cases").GetProperty("file").GetString() ?? "";
        return file == given.File ? null : new Difference("cases.file", file, given.File);
    }

    private static Summed SumTables(GivenTables given, Asked asked, System.Text.Json.JsonElement list)
    {
        var sums = new MerchantTable();
        var one = new CaseColumns(1);
        foreach (var (line, cells) in Rows("answers.csv", OpenTables.AnswersHeader, given.Answers))
        {
            var read = AnswerOf(cells, asked.Side, line);
            Check(read, asked.Period, asked.AsOf);
            Add(sums, one, read, asked);
        }
        var known = new HashSet<Guid>();
        for (var i = 0; i < sums.Count; i++)
            known.Add(sums.IdOf(i));
        foreach (var (line, cells) in Rows("scores.csv", OpenTables.ScoresHeader, given.Scores))
        {
            var merchant = Guid.TryParseExact(cells[0], "D", out var id) && known.Contains(id) ? id : Guid.Empty;
            if (CaseFile.ScoreOf(cells[1]) is not { } score || merchant == Guid.Empty)
                throw new FormatException($"scores.csv line {line} cannot be read");
            sums[sums.IndexOf(merchant)].AddScore(score);
            if (CaseFile.Score(score) != cells[1])
                throw new FormatException($"scores.csv line {line} should be {CaseFile.Score(score)}");
        }
        for (var i = 0; i < sums.Count; i++)
        {
            if (sums[i].Scored > (RatingList.IsListed(sums, i) ? sums[i].Valid : 0))
                throw new FormatException($"scores.csv has more scores of {sums.IdOf(i)} than cases that count");
        }
        var said = list.GetProperty("cases");
        var tables = new TableDigests(
            TableDigests.Sha(given.Answers),
            TableDigests.Sha(given.Scores),
            given.Described is { } described
                ? TableDigests.Sha(described)
                : said.GetProperty("described").GetString() ?? "",
            given.Outcomes is { } outcomes ? TableDigests.Sha(outcomes) : said.GetProperty("outcomes").GetString() ?? ""
        );
        return new Summed(sums, new OpenTables(given.Answers, given.Scores, [], []).Digest(), tables);
    }

    /// <summary>Rows of a table, which must be in order and written as we write them.</summary>
    private static IEnumerable<(int Line, string[] Cells)> Rows(string name, string header, byte[] table)
    {
        var text = Strict.GetString(table);
        if (!text.StartsWith(header + "\n", StringComparison.Ordinal) || !text.EndsWith('\n'))
            throw new FormatException($"{name} must begin with {header} and end with a line feed");
        var columns = header.Count(c => c == ',') + 1;
        var line = 1;
        var before = "";
        using var reader = new StringReader(text[(header.Length + 1)..]);
        foreach (var cells in Csv.Read(reader))
        {
            line++;
            if (cells.Length != columns)
                throw new FormatException($"{name} line {line}: {cells.Length} columns, {columns} are needed");
            var written = new StringBuilder();
            foreach (var (i, cell) in cells.Index())
                (i == 0 ? written : written.Append(',')).Cell(cell);
            var row = written.ToString();
            if (string.CompareOrdinal(before, row) > 0)
                throw new FormatException($"{name} line {line} is out of order");
            before = row;
            yield return (line, cells);
        }
    }

    private static RatingCase AnswerOf(string[] cells, Side side, int line)
    {
        FormatException Bad(string column) => new($"answers.csv line {line}: {column} cannot be read");
        var one = new RatingCase
        {
            PublicId = $"of line {line}",
            Merchant = Guid.TryParseExact(cells[0], "D", out var merchant) ? merchant : throw Bad("merchantId"),
            Side = side,
            DeliveredAt = CaseFile.InstantOf(cells[1]) ?? throw Bad("deliveredAt"),
            RepliedAt = CaseFile.InstantOf(cells[2]),
            ReplyTimely = CaseFile.FlagOf(cells[3]),
            ValidReply = CaseFile.FlagOf(cells[4]) ?? throw Bad("validReply"),
            Excluded = cells[5].Length == 0 ? null : cells[5],
        };
        var given = new StringBuilder();
        foreach (var (i, cell) in cells.Index())
            (i == 0 ? given : given.Append(',')).Cell(cell);
        var again = OpenTables.AnswerLine(one);
        // Whatever cannot be read, or reads the same but is written otherwise, is a change.
        return given.Equals(again.AsSpan())
            ? one
            : throw new FormatException($"answers.csv line {line}: is written {given}, should be {again}");
    }
}
