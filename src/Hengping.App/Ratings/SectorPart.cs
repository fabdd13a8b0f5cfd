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

    /// <summary>The part.</summary>
    /// <param name="asked">With its sector.</param>
    /// <param name="before">Versions the sector had as a list of its own, frozen before.</param>
    public static ListEvent.Published Of(ListEvent.Published whole, ListRequest asked, int before)
    {
        using var document = JsonDocument.Parse(whole.Json);
        var list = document.RootElement;
        var cases = list.GetProperty("cases");
        var part = Published
            .Read(whole.Json, asked)
            .Part(asked.Sector, row => RatedMerchants.IsOf(row.Sector, asked.Sector!));
        var version = whole.Version + before;
        var reason = whole.Reason ?? (before > 0 ? Reason : null);
        string? Of(JsonElement from, string name) =>
            from.TryGetProperty(name, out var said) ? said.GetString() : null;
        var json = new PublishedList(
            part,
            list.GetProperty("logPosition").GetInt64(),
            version,
            reason,
            Of(list, "digest")!,
            whole.CaseFile,
            whole.PreviousHash,
            new TableDigests(
                Of(cases, "answers") ?? "",
                Of(cases, "scores") ?? "",
                Of(cases, "described") ?? "",
                Of(cases, "outcomes") ?? ""
            ),
            Of(cases, "digest") ?? "",
            PartOf: whole.Hash
        ).ToJson();
        using var stamped = JsonDocument.Parse(json);
        return whole with
        {
            Sector = asked.Sector,
            Version = version,
            Reason = reason,
            Hash = stamped.RootElement.GetProperty("hash").GetString()!,
            Json = json,
        };
    }
}
