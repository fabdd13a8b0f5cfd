using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>A frozen list: what is published, printed and verified.</summary>
/// <param name="LogPosition">The log's head when it was computed.</param>
/// <param name="Version">1; a correction is the next one.</param>
/// <param name="Reason">Why it was corrected.</param>
/// <param name="Digest">Over the rating columns of every base case.</param>
/// <param name="CasesDigest">Over those of every case in the file, the excluded ones too.</param>
/// <param name="CasesFile">SHA-256 of the case file's bytes, its descriptive columns included.</param>
/// <param name="PreviousHash">Hash of the list published before this one; null for the first.</param>
public sealed record PublishedList(
    RatingList List,
    long LogPosition,
    int Version,
    string? Reason,
    string Digest,
    string CasesDigest,
    string CasesFile,
    string? PreviousHash
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
        var live = new PublishedList(list, logPosition, 0, null, "", "", "", null);
        return Encoding.UTF8.GetString(Write(live));
    }

    private static ReadOnlySpan<byte> Write(PublishedList published)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        var list = published.List;
        json.WriteStartObject();
        json.WriteString("period", list.Period);
        json.WriteString("sector", list.Sector);
        json.WriteString("side", list.Side == Side.Consumer ? "consumer" : "merchant");
        json.WriteString("policy", list.Policy.Version);
        json.WriteString("unscored", list.Policy.Unscored == Unscored.Zero ? "zero" : "rescale");
        json.WriteString("asOf", CaseFile.Write(list.AsOf));
        json.WriteNumber("logPosition", published.LogPosition);
        json.WriteNumber("version", published.Version);
        json.WriteString("reason", published.Reason);
        WriteBasis(json, list.Basis, published);
        json.WriteStartArray("rows");
        foreach (var row in list.Rows)
            WriteRow(json, row);
        json.WriteEndArray();
        json.WriteString("digest", NullIfEmpty(published.Digest));
        json.WriteString("previousHash", published.PreviousHash);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteBasis(Utf8JsonWriter json, ListBasis basis, PublishedList published)
    {
        json.WriteStartObject("cases");
        json.WriteNumber("base", basis.Base);
        json.WriteNumber("pending", basis.Pending);
        json.WriteNumber("excluded", basis.Excluded);
        json.WriteStartObject("touched");
        json.WriteNumber("validity", basis.TouchedValidity);
        json.WriteNumber("exclusion", basis.TouchedExclusion);
        json.WriteNumber("contest", basis.TouchedContest);
        json.WriteEndObject();
        json.WriteStartArray("tooFewClaimants");
        foreach (var merchant in basis.TooFewClaimants)
            json.WriteStringValue(merchant);
        json.WriteEndArray();
        json.WriteString("digest", NullIfEmpty(published.CasesDigest));
        json.WriteString("file", NullIfEmpty(published.CasesFile));
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, RatingRow row)
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
        json.WriteEndObject();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>A grade as programs read it.</summary>
    public static string Word(Grade grade) => JsonNamingPolicy.CamelCase.ConvertName(grade.ToString());
}
