using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Publishing;

namespace Hengping.App.Importing;

/// <summary>What the caller of an import adds to its file.</summary>
/// <param name="At">The instant of rows without dates.</param>
/// <param name="Respondent">The respondent of rows without one.</param>
/// <param name="Now">Nothing happens after it.</param>
public sealed record ImportAsk(DateTimeOffset? At, string? Respondent, DateTimeOffset Now);

/// <summary>Makes complaints of rows. Pure: the same row gives the same complaint or the same refusal.</summary>
public sealed class RowMapper
{
    private const decimal SumMax = 1_000_000_000_000m;

    private static readonly char[] Commas = [',', '\uFF0C', '、', ';', '\uFF1B'];

    private readonly Mapping mapping;
    private readonly ImportAsk ask;
    private readonly Cells cells;
    private readonly int columns;
    private readonly int thisYear;
    private readonly int dayNumbersFrom;

    public RowMapper(Mapping mapping, SourceTable table, ImportAsk ask)
    {
        this.mapping = mapping;
        this.ask = ask;
        cells = new Cells(mapping, table);
        columns = table is NdjsonTable ? -1 : table.Columns.Count;
        dayNumbersFrom = table.DayNumbersFrom;
        thisYear = ask.Now.ToOffset(TimeSpan.FromHours(8)).Year;
    }

    /// <summary>The row's own id, trimmed; empty where it has none.</summary>
    public string IdOf(SourceRow row) => cells.Id.Of(row);

    /// <summary>The complaint, or why there is none. The key is the caller's to make.</summary>
    public Decided<SourceComplaint> Map(SourceRow row, string key)
    {
        if (Unfit(row) is { } unfit)
            return unfit;
        var no = Instant(cells.Filed, row, ask.At, out var filed);
        if (no is not null)
            return no;
        no = Instant(cells.Delivered, row, cells.Delivered.IsGiven ? null : filed, out var delivered);
        if (no is not null)
            return no;
        if (delivered < filed)
            return Reject.DatesOrder(cells.Delivered.Name, cells.Filed.Name);
        var respondent = PlainText.Name(cells.Respondent.Of(row)) ?? "";
        if (respondent.Length == 0)
            respondent = PlainText.Name(ask.Respondent ?? mapping.FixedRespondent) ?? "";
        if (respondent.Length == 0)
            return Reject.NoRespondent;
        if (!Merchant.IsName(respondent))
            return Merchant.NameNeeded;
        var text = Join(row, cells.Text);
        if (text.Length > Reject.TextLimit)
            return Reject.LongText;
        if (Number(cells.Amount, row, out var amount) is { } badAmount)
            return badAmount;
        var course = new List<SourceStep>(3);
        if (Course(row, delivered, course) is { } badCourse)
            return badCourse;
        var problemWords = Words(cells.Problem, row);
        var demandWords = Words(cells.Demands, row);
        return new SourceComplaint(
            row.Line,
            key,
            respondent,
            cells.Claimant.Of(row) is { Length: > 0 } claimant ? claimant : null,
            filed,
            Masking.Mask(text),
            problemWords.Select(Problem).FirstOrDefault(code => code is not null) ?? "other",
            [.. demandWords.Select(Demand).Distinct(StringComparer.Ordinal)],
            amount,
            Tags(row, problemWords, demandWords),
            course
        );
    }

    private Refusal? Unfit(SourceRow row)
    {
        if (row.Fault is not null)
            return row.Fault;
        if (Array.TrueForAll(row.Cells, string.IsNullOrWhiteSpace))
            return Reject.Blank;
        if (Array.Exists(row.Cells, cell => cell.Length > Reject.CellLimit))
            return Reject.HugeCell;
        if (Array.Exists(row.Cells, cell => cell.Contains('\uFFFD', StringComparison.Ordinal)))
            return Reject.Bytes;
        // A separator at the end of the line adds an empty cell, and that shifts nothing.
        if (columns < 0 || row.Cells.Length == columns)
            return null;
        var extra = row.Cells.Length > columns && Array.TrueForAll(row.Cells[columns..], string.IsNullOrWhiteSpace);
        return extra ? null : Reject.Shifted(row.Cells.Length, columns);
    }

    private Refusal? Instant(Cell cell, SourceRow row, DateTimeOffset? otherwise, out DateTimeOffset at)
    {
        at = otherwise ?? default;
        var text = cell.Of(row);
        if (text.Length == 0)
            return otherwise is null ? Reject.NoDate(cell.Name) : null;
        if (!SourceDates.TryRead(text, mapping.Dates, thisYear, out at, dayNumbersFrom))
            return Reject.BadDate(cell.Name, text);
        return at > ask.Now ? Reject.FutureDate(cell.Name) : null;
    }

    private Refusal? Course(SourceRow row, DateTimeOffset delivered, List<SourceStep> course)
    {
        if (cells.Outcome.IsGiven)
            return ResultCourse(row, delivered, course);
        course.Add(new SourceStep.Delivered(delivered));
        if (cells.Replied.IsGiven)
        {
            if (cells.Replied.Of(row).Length > 0)
            {
                if (Instant(cells.Replied, row, null, out var at) is { } bad)
                    return bad;
                if (at < delivered)
                    return Reject.DatesOrder(cells.Replied.Name, Later);
                if (Answer(row, at, known: true, course) is { } no)
                    return no;
            }
        }
        else if (cells.Response.IsGiven && IsAnswer(cells.Response.Of(row)))
        {
            if (Answer(row, delivered, known: false, course) is { } no)
                return no;
        }
        var last = course[^1].At;
        if (cells.Closed.Of(row).Length > 0)
        {
            if (Instant(cells.Closed, row, null, out var closed) is { } bad)
                return bad;
            if (closed < last)
                return Reject.DatesOrder(cells.Closed.Name, Later);
            if (Number(cells.Recovered, row, out var recovered) is { } badSum)
                return badSum;
            last = closed;
            course.Add(new SourceStep.Closed(closed, null, recovered));
        }
        return Score(row, last, course);
    }

    private string Later => cells.Delivered.IsGiven ? cells.Delivered.Name : cells.Filed.Name;

    private bool IsAnswer(string response) =>
        response.Length > 0 && !mapping.Unanswered.Contains(response, StringComparer.OrdinalIgnoreCase);

    private Refusal? Answer(SourceRow row, DateTimeOffset at, bool known, List<SourceStep> course)
    {
        var text = Join(row, cells.Reply);
        if (text.Length > Reject.TextLimit)
            return Reject.LongText;
        bool? timely = cells.Timely.Of(row).ToUpperInvariant() switch
        {
            "" => null,
            "YES" or "TRUE" or "1" or "Y" or "是" => true,
            _ => false,
        };
        course.Add(new SourceStep.Replied(at, known, timely, text.Length == 0 ? null : Masking.Mask(text)));
        return null;
    }

    // The source says how a mediation ended and when, and nothing about what was between.
    private Refusal? ResultCourse(SourceRow row, DateTimeOffset delivered, List<SourceStep> course)
    {
        if (Instant(cells.Closed, row, null, out var closed) is { } bad)
            return bad;
        if (closed < delivered)
            return Reject.DatesOrder(cells.Closed.Name, Later);
        if (Number(cells.Recovered, row, out var recovered) is { } badSum)
            return badSum;
        var result = cells.Outcome.Of(row);
        var means = Meaning(result);
        if (means != Importing.Course.Declined)
            course.Add(new SourceStep.Delivered(delivered));
        course.AddRange(
            means switch
            {
                Importing.Course.Declined => [new SourceStep.Declined(closed)],
                Importing.Course.Excluded => [new SourceStep.Unreached(closed), new SourceStep.Excluded(closed)],
                Importing.Course.Terminated => [new SourceStep.Terminated(closed)],
                Importing.Course.Withdrawn => [ReplyAt(closed), new SourceStep.Withdrawn(closed)],
                _ => (SourceStep[])
                    [ReplyAt(closed), new SourceStep.Closed(closed, result.Length == 0 ? null : result, recovered)],
            }
        );
        return means == Importing.Course.Declined ? null : Score(row, closed, course);
    }

    private static SourceStep.Replied ReplyAt(DateTimeOffset closed) =>
        new(closed, InstantKnown: true, Timely: null, Text: null);

    private Course Meaning(string result)
    {
        if (mapping.Results.TryGetValue(result, out var means))
            return means;
        var dash = result.LastIndexOf(" - ", StringComparison.Ordinal);
        return dash >= 0 && mapping.Results.TryGetValue(result[(dash + 3)..].Trim(), out means)
            ? means
            : Importing.Course.Closed;
    }

    private Refusal? Score(SourceRow row, DateTimeOffset at, List<SourceStep> course)
    {
        var word = cells.Score.Of(row);
        if (word.Length == 0)
            return null;
        if (mapping.Scores.TryGetValue(word, out var score))
            course.Add(new SourceStep.Scored(at, score));
        else if (mapping.ScoreScale is { } scale)
        {
            if (!decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out score))
                return Reject.BadNumber(cells.Score.Name, word);
            score = decimal.Round(score * 10 / scale, 3, MidpointRounding.AwayFromZero);
            if (score is < 0 or > 10)
                return Reject.BadNumber(cells.Score.Name, word);
            course.Add(new SourceStep.Scored(at, score));
        }
        return null;
    }

    private static Refusal? Number(Cell cell, SourceRow row, out decimal? number) =>
        Sums.IsRead(cell.Of(row), out number, out _) && number is not > SumMax
            ? null
            : Reject.BadNumber(cell.Name, cell.Of(row));

    private static string Join(SourceRow row, IReadOnlyList<Cell> parts)
    {
        if (parts.Count == 1)
            return parts[0].Of(row);
        return string.Join('\n', parts.Select(part => part.Of(row)).Where(text => text.Length > 0));
    }

    private static string[] Words(Cell cell, SourceRow row)
    {
        var text = cell.Of(row);
        return text.Length == 0
            ? []
            : text.Split(Commas, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private string? Problem(string word) =>
        mapping.Problems.TryGetValue(word, out var code) ? code
        : Taxonomies.Taxonomies.Current.Codes.ConsumerProblems.Contains(word) ? word
        : null;

    private string Demand(string word) =>
        mapping.DemandWords.TryGetValue(word, out var code) ? code
        : Taxonomies.Taxonomies.Current.Codes.Demands.Contains(word) ? word
        : "other";

    private Dictionary<string, string> Tags(SourceRow row, string[] problemWords, string[] demandWords)
    {
        var tags = new Dictionary<string, string>(mapping.Marks, StringComparer.Ordinal);
        foreach (var (tag, cell) in cells.Tags)
        {
            if (cell.Of(row) is { Length: > 0 } value)
                tags[tag] = Tag(value);
        }
        if (problemWords.Length > 0)
            tags["problem"] = Tag(string.Join(',', problemWords));
        if (demandWords.Length > 0)
            tags["demands"] = Tag(string.Join(',', demandWords));
        foreach (var (tag, cell) in new[] { ("amountInFile", cells.Amount), ("recoveredInFile", cells.Recovered) })
        {
            if (Sums.IsRead(cell.Of(row), out _, out var isRounded) && isRounded)
                tags[tag] = Tag(cell.Of(row));
        }
        return tags;
    }

    private static string Tag(string value) => Masking.Mask(value.Length <= 200 ? value : value[..200]);
}
