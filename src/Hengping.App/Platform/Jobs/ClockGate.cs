namespace Hengping.App.Platform;

/// <summary>A page that stays open where the clock is doubted: what confirming it needs, and no more.</summary>
/// <param name="handlers">Its handlers of which that holds; all where none is named.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenInDoubtAttribute(params string[] handlers) : Attribute
{
    /// <summary>Whether it holds of this request.</summary>
    public bool Holds(HttpRequest request)
    {
        var handler = request.RouteValues["handler"] as string ?? request.Query["handler"].ToString();
        return handlers.Length == 0 || handlers.Contains(handler, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>
/// A node in doubt of its clock takes no act: what it stamps starts terms, and the nodes whose clock is right would
/// close by them at once. Reading goes on; so does whatever lets an admin in who says that the clock is right.
/// </summary>
public static class ClockGate
{
    private static readonly AsyncLocal<bool> Opened = new();

    /// <summary>What this request appends is taken whatever the clock shows.</summary>
    internal static bool IsOpen => Opened.Value;

    /// <summary>Refuses what writes. Before anything that counts by the clock, as limits do.</summary>
    public static void UseClockGate(this WebApplication app)
    {
        var guard = app.Services.GetRequiredService<ClockGuard>();
        app.Services.GetRequiredService<Store>().ClockDoubt = guard.DoubtOfActs;
        app.Use(
            async (http, next) =>
            {
                var open = http.GetEndpoint()?.Metadata.GetMetadata<OpenInDoubtAttribute>();
                Opened.Value = open is not null && open.Holds(http.Request);
                // Asked of those too that may go on: what is swept by the clock must know.
                if (!IsLook(http.Request.Method) && await guard.DoubtOfActs(http.RequestAborted) is { } no && !IsOpen)
                    throw new StoreAway(no);
                await next(http);
            }
        );
    }

    private static bool IsLook(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
