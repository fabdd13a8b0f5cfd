using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>SHA-256 of each of the <see cref="OpenTables"/>.</summary>
public sealed record TableDigests(string Answers, string Scores, string Described, string Outcomes)
{
    /// <summary>Hashes them.</summary>
    public static TableDigests Of(OpenTables tables) =>
        new(Sha(tables.Answers), Sha(tables.Scores), Sha(tables.Described), Sha(tables.Outcomes));

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A frozen list: what is published, printed and verified.</summary>
/// <param name="LogPosition">The log's head when it was computed.</param>
/// <param name="Version">1; a correction is the next one.</param>
/// <param name="Reason">Why it was corrected.</param>
/// <param name="Digest">Over answers.csv and scores.csv; in format 1 over the rating columns of base cases.</param>
/// <param name="CasesFile">SHA-256 of the packed tables; in format 1 of the case file.</param>
/// <param name="PreviousHash">Hash of the list published before this one; null for the first.</param>
/// <param name="Tables">SHA-256 of each table; null in format 1.</param>
/// <param name="CasesDigest">Format 1: over the rating columns of all its cases, the excluded ones too.</param>
/// <param name="PartOf">Hash of the list over all sectors that this one is a part of, with the same open data.</param>
public sealed record PublishedList(
    RatingList List,
    long LogPosition,
    int Version,
    string? Reason,
    string Digest,
    string CasesFile,
    string? PreviousHash,
    TableDigests? Tables = null,
    string CasesDigest = "",
    string? PartOf = null
)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// One line of JSON. Its last member, <c>hash</c>, is the SHA-256 of the line without that member
    /// (without <c>,"hash":"…"</c>), so that anyone can check it with a text editor and sha256sum.
    /// </summary>
    public string ToJson()
    {
        var body = Encoding.UTF8.GetString(Write(this));
        return WithHash(body);
    }

    /// <summary>The hash of a list as JSON, its own <c>hash</c> member left out; white space does not matter.</summary>
    public static string HashOf(JsonElement list)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            foreach (var member in list.EnumerateObject())
            {
                if (!member.NameEquals("hash"))
                    member.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static string WithHash(string body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        return $"{body[..^1]},\"hash\":\"{hash}\"}}";
    }

    /// <summary>A live list: the same members, not frozen, so without digest and hash.</summary>
    public static string LiveJson(RatingList list, long logPosition)
    {
        var live = new PublishedList(list, logPosition, 0, null, "", "", null);
        return Encoding.UTF8.GetString(Write(live));
    }

    private static ReadOnlySpan<byte> Write(PublishedList published)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        var list = published.List;
        json.WriteStartObject();
        if (list.Format > 1)
            json.WriteNumber("format", list.Format);
        json.WriteString("period", list.Period);
        json.WriteString("sector", list.Sector);
        json.WriteString("side", list.Side == Side.Consumer ? "consumer" : "merchant");
        json.WriteString("policy", list.Policy.Version);
        json.WriteString("unscored", list.Policy.Unscored == Unscored.Zero ? "zero" : "rescale");
        json.WriteString("asOf", CaseFile.Write(list.AsOf));
        json.WriteNumber("logPosition", published.LogPosition);
        json.WriteNumber("version", published.Version);
        json.WriteString("reason", published.Reason);
        WriteBasis(json, published);
        json.WriteStartArray("rows");
        foreach (var row in list.Rows)
            WriteRow(json, row, list.Format > 1 && published.Digest.Length > 0);
        json.WriteEndArray();
        json.WriteString("digest", NullIfEmpty(published.Digest));
        json.WriteString("previousHash", published.PreviousHash);
        if (published.PartOf is { } whole)
            json.WriteString("partOf", whole);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>Which format a list as JSON has.</summary>
    public static int FormatOf(JsonElement list) =>
        list.TryGetProperty("format", out var format) ? format.GetInt32() : 1;

    /// <summary>What a row says of its merchant besides the numbers.</summary>
    public static RatedMerchant FactsOf(JsonElement row) =>
        new(
            row.GetProperty("merchantId").GetGuid(),
            row.GetProperty("merchant").GetString() ?? "",
            row.GetProperty("sector").GetString() ?? "",
            row.GetProperty("enrolled").GetBoolean(),
            !Says(row, "noContact"),
            Says(row, "scoresWait")
        );

    /// <summary>Cases a human decision touched, as a list or a row of it says; null where it does not.</summary>
    public static TouchedCases? TouchedOf(JsonElement said) =>
        said.TryGetProperty("touched", out var touched) && touched.ValueKind == JsonValueKind.Object
            ? new TouchedCases(
                touched.GetProperty("validity").GetInt64(),
                touched.GetProperty("exclusion").GetInt64(),
                touched.GetProperty("contest").GetInt64()
            )
            : null;

    /// <summary>The list over all sectors that a list is a part of; null where it is a list of its own.</summary>
    public static string? PartOfWhich(JsonElement list) =>
        list.TryGetProperty("partOf", out var whole) ? whole.GetString() : null;

    private static bool Says(JsonElement row, string note) =>
        row.GetProperty("notes").EnumerateArray().Any(n => n.ValueEquals(note));

    private static void WriteBasis(Utf8JsonWriter json, PublishedList published)
    {
        var basis = published.List.Basis;
        json.WriteStartObject("cases");
        json.WriteNumber("base", basis.Base);
        json.WriteNumber("pending", basis.Pending);
        if (basis.Excluded is { } excluded)
            json.WriteNumber("excluded", excluded);
        else
            json.WriteNull("excluded");
        WriteTouched(json, basis.Touched);
        json.WriteStartArray("tooFewClaimants");
        foreach (var merchant in basis.TooFewClaimants)
            json.WriteStringValue(merchant);
        json.WriteEndArray();
        if (published.List.Format == 1)
            json.WriteString("digest", NullIfEmpty(published.CasesDigest));
        else
            WriteTables(json, published.Tables);
        json.WriteString("file", NullIfEmpty(published.CasesFile));
        json.WriteEndObject();
    }

    private static void WriteTables(Utf8JsonWriter json, TableDigests? tables)
    {
        json.WriteString("answers", tables?.Answers);
        json.WriteString("scores", tables?.Scores);
        json.WriteString("described", tables?.Described);
        json.WriteString("outcomes", tables?.Outcomes);
    }

    private static void WriteTouched(Utf8JsonWriter json, TouchedCases? touched)
    {
        if (touched is null)
        {
            json.WriteNull("touched");
            return;
        }
        json.WriteStartObject("touched");
        json.WriteNumber("validity", touched.Validity);
        json.WriteNumber("exclusion", touched.Exclusion);
        json.WriteNumber("contest", touched.Contest);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, RatingRow row, bool isFrozen)
    {
        json.WriteStartObject();
        if (row.Rank is { } rank)
            json.WriteNumber("rank", rank);
        else
            json.WriteNull("rank");
        json.WriteString("merchantId", row.MerchantId);
        json.WriteString("merchant", row.Merchant);
        json.WriteString("sector", row.Sector);
        json.WriteBoolean("enrolled", row.Enrolled);
        json.WriteNumber("valid", row.Valid);
        json.WriteNumber("pending", row.Pending);
        json.WriteNumber("replied", row.Replied);
        json.WriteNumber("scored", row.Scored);
        json.WriteNumber("replyRate", row.ReplyRate);
        json.WriteNumber("timeliness", row.Timeliness);
        json.WriteNumber("satisfaction", row.Satisfaction);
        json.WriteNumber("index", row.Index);
        json.WriteString("grade", Word(row.Grade));
        json.WriteStartArray("interval");
        json.WriteNumberValue(row.Interval[0]);
        json.WriteNumberValue(row.Interval[1]);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in row.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        if (row.WithoutScores is { } without)
            json.WriteNumber("withoutScores", without);
        // Lists published before had neither; a live one changes by five cases at least and tells no single decision.
        if (isFrozen && row is { Excluded: { } excluded, Touched: { } touched })
        {
            json.WriteNumber("excluded", excluded);
            WriteTouched(json, touched);
        }
        json.WriteEndObject();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>A grade as programs read it.</summary>
    public static string Word(Grade grade) => JsonNamingPolicy.CamelCase.ConvertName(grade.ToString());
}
