using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;

namespace Hengping.App.Admin;

/// <summary><c>GET /logo</c>: the operator's picture, for everybody; and the field of forms that change it.</summary>
public static class LogoDoor
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/logo", Show).Anyone();

    /// <summary>What a form with a file, or with the wish to have none, changes; faults under <c>logo</c>.</summary>
    /// <param name="before">The logo there is now.</param>
    public static async Task<IReadOnlyList<OperatorEvent>> Judge(
        IFormFile? file,
        bool drop,
        Logo? before,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        if (file is null || file.Length == 0)
            return drop && before is not null ? [new OperatorEvent.LogoDropped()] : [];
        if (file.Length > Logo.BytesMax)
        {
            faults.Add("logo", Logo.Bad);
            return [];
        }
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        var judged = Logo.Judge(content.ToArray());
        if (judged.Refusal is { } no)
            faults.Add("logo", no);
        return judged.Event is not OperatorEvent.LogoSet set || set.Content == before?.Content ? [] : [judged.Event];
    }

    private static async Task<IResult> Show(HttpContext http, CurrentOperator house, CancellationToken ct)
    {
        if ((await house.Now(ct))?.Logo is not { } logo)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl =
            http.Request.Query["v"] == logo.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(logo.Bytes, logo.Type);
    }
}
