using System.Text.Json.Nodes;
using Hengping.App.Platform;

namespace Hengping.App.Evidence;

/// <summary>
/// The files a person brought, or that came into what is theirs: they go where nobody else uses them.
/// </summary>
public sealed class EvidencePersons : IHoldsPersons
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var theirs = store
            .House.Evidence.Select(room => room.OfPerson)
            .Where(sql => sql.Length > 0)
            .Prepend("e.uploader = @person");
        var slots = await FileUse.FreeKeys(store, string.Join(" or ", theirs), new { person }, ct, isLock);
        return [new Gone("evidence", slots.Count, slots)];
    }

    /// <inheritdoc/>
    public async Task Export(Store store, Caller person, JsonObject all, CancellationToken ct)
    {
        var files = await store.Query<(Guid Id, string MediaType, long Bytes)>(
            "select id as Id, media_type as MediaType, bytes as Bytes from evidence where uploader = @account",
            new { account = person.Account },
            ct
        );
        all["evidence"] = new JsonArray([
            .. files.Select(file =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = file.Id.ToString("D"),
                        ["mediaType"] = file.MediaType,
                        ["bytes"] = file.Bytes,
                    }
            ),
        ]);
    }
}
