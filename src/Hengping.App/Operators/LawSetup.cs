using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Operators;

/// <summary>Puts the law in force before whoever asks for it.</summary>
public static class LawSetup
{
    /// <summary>Before a page or a door asks for the law, somebody has looked who the operator is.</summary>
    public static void UseLaw(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                var isPage = http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
                if (isPage || http.Request.Path.StartsWithSegments("/api"))
                    await CurrentOperator.Of(http).Now(http.RequestAborted);
                await next(http);
            }
        );
}
