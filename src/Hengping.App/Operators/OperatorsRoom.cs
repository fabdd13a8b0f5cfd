using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Operators;

/// <summary>Who runs the site: set-up, papers, administration.</summary>
public static class OperatorsRoom
{
    /// <summary>What the pages ask.</summary>
    public static void AddOperators(this IServiceCollection services)
    {
        services.AddSingleton<CurrentOperator>();
        services.AddSingleton<LawInForce>();
        services.AddTransient(all => all.GetRequiredService<LawInForce>().Known);
        services.AddSingleton<SetupKey>();
        services.AddSingleton<StoredWays>();
        services.AddSingleton<WaysTrial>();
    }

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
