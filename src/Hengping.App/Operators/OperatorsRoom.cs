using Hengping.App.Admin;

namespace Hengping.App.Operators;

/// <summary>Who runs the site: set-up, papers, administration.</summary>
public static class OperatorsRoom
{
    /// <summary>What the pages ask.</summary>
    public static void AddOperators(this IServiceCollection services)
    {
        services.AddSingleton<CurrentOperator>();
        services.AddSingleton<SetupKey>();
        services.AddSingleton<StoredWays>();
        services.AddSingleton<WaysTrial>();
    }
}
