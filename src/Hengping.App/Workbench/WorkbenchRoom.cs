namespace Hengping.App.Workbench;

/// <summary>商家工作台: templates, replies to many, and one's own numbers.</summary>
public static class WorkbenchRoom
{
    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapWorkbench(this IEndpointRouteBuilder api) =>
        KeepTemplates.Map(api.MapGroup("/merchant").WithTags("merchant"));
}
