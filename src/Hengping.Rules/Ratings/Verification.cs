using System.Globalization;
using System.Text.Json;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>The first thing that does not hold.</summary>
/// <param name="Where">As <c>row 3 (name): index</c>, <c>digest</c>, <c>case file</c>.</param>
/// <param name="Published">What the list says.</param>
/// <param name="Recomputed">What follows from the case file.</param>
public sealed record Difference(string Where, string Published, string Recomputed);

/// <summary>Recomputes a published list from the list and its open data alone.</summary>
public static partial class Verification
{
    /// <summary>What a list says of itself, as far as its numbers are computed from it.</summary>
    private sealed record Asked(Period Period, Side Side, Policy Policy, DateTimeOffset AsOf, HashSet<Guid> TooFew);

    /// <summary>What follows from the open data.</summary>
    private sealed record Summed(MerchantTable Sums, string Digest, TableDigests? Tables = null, string All = "");

    /// <summary>A list of format 1 from its case file; null when everything holds.</summary>
    /// <param name="list">JSON as published.</param>
    /// <param name="caseFile">The case file as published.</param>
    public static Difference? Verify(string list, TextReader caseFile) =>
        Verify(list, 1, (asked, _) => SumCases(caseFile, asked));

    private static Difference? Verify(string list, int format, Func<Asked, JsonElement, Summed> sum)
    {
        try
        {
            using var document = JsonDocument.Parse(list);
            var said = PublishedList.FormatOf(document.RootElement);
            return said == format
                ? Verify(document.RootElement, format, sum)
                : new Difference("format", $"{said}", $"files of format {format}");
        }
        catch (Exception fault)
            when (fault
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or OverflowException
                        or ArgumentException
            )
        {
            return new Difference("format", fault.Message, "");
        }
    }

    private static Difference? Verify(JsonElement list, int format, Func<Asked, JsonElement, Summed> sum)
    {
        var asOf = list.GetProperty("asOf").GetDateTimeOffset();
        var side = list.GetProperty("side").GetString() switch
        {
            "consumer" => Side.Consumer,
            "merchant" => Side.Merchant,
            var other => throw new FormatException($"side {other}"),
        };
        var unscored = list.GetProperty("unscored").GetString() switch
        {
            "zero" => Unscored.Zero,
            "rescale" => Unscored.Rescale,
            var other => throw new FormatException($"unscored {other}"),
        };
        var policy = Policy.Parse(list.GetProperty("policy").GetString() ?? "", unscored);
        var period = Period.Parse(list.GetProperty("period").GetString() ?? "", asOf);
        if ((policy.Refusal ?? period.Refusal) is { } no)
            return new Difference("list", no.En, "");
        var hours = policy.Event!.Hours;
        if (period.Event!.IsMoving || asOf < period.Event.Until + hours.InPart)
            return new Difference("asOf", CaseFile.Write(asOf), $"not before the period's end + {hours.Part} h");

        var merchants = list.GetProperty("rows").EnumerateArray().Select(PublishedList.FactsOf).ToList();
        var rows = new Dictionary<Guid, RatedMerchant>();
        foreach (var merchant in merchants)
        {
            if (!rows.TryAdd(merchant.Id, merchant))
                return new Difference("rows", $"{merchant.Id} stands there twice", "once");
        }
        var tooFew = list.GetProperty("cases").GetProperty("tooFewClaimants").EnumerateArray().Select(m => m.GetGuid());
        var summed = sum(new Asked(period.Event, side, policy.Event, asOf, tooFew.ToHashSet()), list);
        var again = RatingList.Compute(
            period.Event,
            list.GetProperty("sector").GetString(),
            side,
            policy.Event,
            asOf,
            summed.Sums,
            id => rows.GetValueOrDefault(id) ?? new RatedMerchant(id, "?", "?", Enrolled: false, HasContact: false),
            format
        );
        // A sector's list has the open data of the whole: what they hold of other merchants is no matter of it.
        if (PublishedList.PartOfWhich(list) is not null)
            again = again.Part(again.Sector, row => rows.ContainsKey(row.MerchantId));
        using var expected = JsonDocument.Parse(Published(list, again, summed).ToJson());
        return Compare(list, expected.RootElement);
    }

    private static PublishedList Published(JsonElement list, RatingList again, Summed summed)
    {
        var cases = list.GetProperty("cases");
        // Who decided what is no rating column; the list's hash holds these counts.
        var said = list.GetProperty("rows")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("merchantId").GetGuid());
        var basis = again.Basis with
        {
            Touched = PublishedList.TouchedOf(cases),
            Excluded = cases.GetProperty("excluded").ValueKind == JsonValueKind.Null ? null : again.Basis.Excluded,
        };
        return new PublishedList(
            again with
            {
                Basis = basis,
                Rows =
                [
                    .. again.Rows.Select(row =>
                        said.TryGetValue(row.MerchantId, out var one)
                            ? row with
                            {
                                Touched = PublishedList.TouchedOf(one),
                                // Lists said it from some day on.
                                WithoutScores = one.TryGetProperty("withoutScores", out _) ? row.WithoutScores : null,
                            }
                            : row
                    ),
                ],
            },
            list.GetProperty("logPosition").GetInt64(),
            list.GetProperty("version").GetInt32(),
            list.GetProperty("reason").GetString(),
            summed.Digest,
            cases.GetProperty("file").GetString() ?? "",
            list.GetProperty("previousHash").GetString(),
            summed.Tables,
            summed.All,
            PublishedList.PartOfWhich(list)
        );
    }

    private static Summed SumCases(TextReader caseFile, Asked asked)
    {
        using var digests = new CaseFile.Digests();
        var sums = new MerchantTable();
        var one = new CaseColumns(1);
        foreach (var read in CaseFile.Read(caseFile, asked.Side))
        {
            Check(read, asked.Period, asked.AsOf);
            digests.Add(read, asked.AsOf);
            Add(sums, one, read, asked);
        }
        var (digest, all) = digests.Finish();
        return new Summed(sums, digest, All: all);
    }

    private static void Add(MerchantTable sums, CaseColumns one, RatingCase read, Asked asked)
    {
        // The files name no claimants: merchants of too few are named in the list instead.
        one.Set(0, read, sums.IndexOf(read.Merchant), asked.TooFew.Contains(read.Merchant) ? 0 : -1);
        sums.AddCases(one, asked.Period, asked.AsOf, asked.Policy.Hours);
    }

    private static void Check(RatingCase one, Period period, DateTimeOffset asOf)
    {
        var wrong =
            !period.Holds(one.DeliveredAt) ? "was delivered outside the period"
            : one.RepliedAt < one.DeliveredAt ? "was answered before it was delivered"
            : one.RepliedAt > asOf || one.ScoredAt > asOf ? "has an instant after the as-of"
            : !one.ValidReply && (one.RepliedAt is not null || one.ReplyTimely is not null) ? "has a reply that is none"
            : one.RepliedAt is not null && one.ReplyTimely is not null ? "has an instant and a flag"
            : (one.ScoreMilli is null) != (one.ScoredAt is null) ? "has half a score"
            : null;
        if (wrong is not null)
            throw new FormatException($"case {one.PublicId} {wrong}");
    }

    /// <summary>Member by member in the order they are printed, rows by their place; the hash last.</summary>
    private static Difference? Compare(JsonElement published, JsonElement recomputed)
    {
        foreach (var member in recomputed.EnumerateObject())
        {
            if (!published.TryGetProperty(member.Name, out var said))
                return new Difference(member.Name, "absent", Short(member.Value));
            if (member.NameEquals("rows"))
            {
                if (CompareRows(said, member.Value) is { } row)
                    return row;
            }
            else if (!member.NameEquals("hash") && CompareMember(member.Name, said, member.Value) is { } other)
            {
                return other;
            }
        }
        var hash = PublishedList.HashOf(published);
        var claimed = published.GetProperty("hash").GetString() ?? "";
        return hash == claimed ? null : new Difference("hash", claimed, hash);
    }

    private static Difference? CompareMember(string name, JsonElement published, JsonElement recomputed)
    {
        if (recomputed.ValueKind != JsonValueKind.Object || published.ValueKind != JsonValueKind.Object)
            return JsonElement.DeepEquals(published, recomputed)
                ? null
                : new Difference(name, Short(published), Short(recomputed));
        foreach (var member in recomputed.EnumerateObject())
        {
            var path = $"{name}.{member.Name}";
            if (!published.TryGetProperty(member.Name, out var said))
                return new Difference(path, "absent", Short(member.Value));
            if (CompareMember(path, said, member.Value) is { } difference)
                return difference;
        }
        return null;
    }

    private static Difference? CompareRows(JsonElement published, JsonElement recomputed)
    {
        var count = Math.Min(published.GetArrayLength(), recomputed.GetArrayLength());
        for (var i = 0; i < count; i++)
        {
            foreach (var member in recomputed[i].EnumerateObject())
            {
                var said = published[i].GetProperty(member.Name);
                if (!JsonElement.DeepEquals(said, member.Value))
                    return new Difference(RowName(i, published[i], member.Name), Short(said), Short(member.Value));
            }
        }
        return published.GetArrayLength() == recomputed.GetArrayLength()
            ? null
            : new Difference(
                "rows",
                published.GetArrayLength().ToString(CultureInfo.InvariantCulture),
                recomputed.GetArrayLength().ToString(CultureInfo.InvariantCulture)
            );
    }

    private static string RowName(int i, JsonElement row, string member) =>
        $"row {i + 1} ({row.GetProperty("merchant").GetString()}): {member}";

    private static string Short(JsonElement value)
    {
        var text = value.ToString();
        return text.Length <= 120 ? text : text[..120] + "…";
    }
}
