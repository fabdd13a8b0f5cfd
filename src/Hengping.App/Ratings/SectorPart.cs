using System.Text.Json;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// The list of a sector in a published list over all sectors. It follows from that list alone, byte for byte, so it is
/// frozen with it and corrected with it, and it needs no open data of its own: the rows have the same numbers, only
/// their ranks are new (<c>docs/decisions/0028</c>).
/// </summary>
internal static class SectorPart
{
    private const string Reason = "随全部行业的榜单一并冻结 / frozen with the list over all sectors";

    /// <summary>The part, as if it had been published with the whole.</summary>
    /// <param name="asked">With its sector.</param>
    /// <param name="before">Versions the sector had as a list of its own, frozen before.</param>
    public static ListEvent.Published Of(ListEvent.Published whole, ListRequest asked, int before)
    {
        var json = Json(whole.Json, asked, before);
        using var document = JsonDocument.Parse(json);
        var part = document.RootElement;
        return whole with
        {
            Sector = asked.Sector,
            Version = part.GetProperty("version").GetInt32(),
            Reason = part.GetProperty("reason").GetString(),
            Hash = part.GetProperty("hash").GetString()!,
            Json = json,
        };
    }

    /// <summary>The part as JSON, from the whole as JSON.</summary>
    public static string Json(string whole, ListRequest asked, int before)
    {
        using var document = JsonDocument.Parse(whole);
        var list = document.RootElement;
        var cases = list.GetProperty("cases");
        string Of(JsonElement from, string name) =>
            from.TryGetProperty(name, out var said) ? said.GetString() ?? "" : "";
        var reason = list.GetProperty("reason").GetString() ?? (before > 0 ? Reason : null);
        return new PublishedList(
            Published.Read(whole, asked).Part(asked.Sector, row => RatedMerchants.IsOf(row.Sector, asked.Sector!)),
            list.GetProperty("logPosition").GetInt64(),
            list.GetProperty("version").GetInt32() + before,
            reason,
            Of(list, "digest"),
            Of(cases, "file"),
            list.GetProperty("previousHash").GetString(),
            new TableDigests(Of(cases, "answers"), Of(cases, "scores"), Of(cases, "described"), Of(cases, "outcomes")),
            Of(cases, "digest"),
            PartOf: Of(list, "hash")
        ).ToJson();
    }

    /// <summary>Whether a part is what the whole says of its sector; null where it is.</summary>
    public static Difference? Compare(string part, string whole)
    {
        using var document = JsonDocument.Parse(part);
        using var all = JsonDocument.Parse(whole);
        var (said, list) = (document.RootElement, all.RootElement);
        var (partOf, hash) = (PublishedList.PartOfWhich(said) ?? "", PublishedList.HashOf(list));
        if (partOf != hash)
            return new Difference("partOf", partOf, hash);
        var unscored = said.GetProperty("unscored").GetString() == "rescale" ? Unscored.Rescale : Unscored.Zero;
        var asked = ListRequest.Parse(
            said.GetProperty("period").GetString()!,
            said.GetProperty("sector").GetString(),
            said.GetProperty("side").GetString(),
            said.GetProperty("policy").GetString(),
            unscored,
            said.GetProperty("asOf").GetDateTimeOffset()
        );
        if (asked.Refusal is { } no)
            return new Difference("partOf", no.En, "");
        var before = said.GetProperty("version").GetInt32() - list.GetProperty("version").GetInt32();
        using var again = JsonDocument.Parse(Json(whole, asked.Event!, before));
        var expected = again.RootElement.GetProperty("hash").GetString() ?? "";
        var given = PublishedList.HashOf(said);
        return given == expected ? null : new Difference("partOf: what the whole says of the sector", given, expected);
    }
}
