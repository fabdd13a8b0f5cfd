using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>
/// How long what stands in an address may be, once for every door: nothing of an address comes to a query of the store
/// or of the index without a length. What is longer is refused with the name of the parameter, not cut: a search for
/// half of what was asked finds the wrong thing. Doors may want less.
/// </summary>
public static class QueryLimits
{
    /// <summary>Words of people that something is searched by, UTF-16 units: as long as the longest name.</summary>
    public const int Words = 200;

    /// <summary>What this program wrote itself: a place in a list, an address to go back to, a sealed pass.</summary>
    public const int Own = 2_000;

    /// <summary>Everything else: codes, days, ids, and lists of them.</summary>
    public const int Other = 500;

    /// <summary>The limit of a parameter.</summary>
    public static int Of(string name) =>
        name.ToUpperInvariant() switch
        {
            "Q" => Words,
            "CURSOR" or "NEXT" or "KEY" or "LINK" or "PASS" => Own,
            _ => Other,
        };

    /// <summary>Refuses what is longer, before any door.</summary>
    public static void UseQueryLimits(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (http.Request.QueryString.Value is not { Length: > Words })
                    return next(http);
                var faults = new FieldFaults();
                foreach (var (name, values) in http.Request.Query)
                {
                    faults.If(name.Length > Words, "", Fault.TooLong(Words));
                    faults.If(values.Any(value => value?.Length > Of(name)), name, Fault.TooLong(Of(name)));
                }
                if (faults.None)
                    return next(http);
                if (Faults.IsApi(http))
                    return Problems.Fields(faults.All).ExecuteAsync(http);
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );
}
