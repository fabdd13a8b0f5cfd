using System.Text.Unicode;
using Hengping.App.Platform;
using Microsoft.Extensions.WebEncoders;

namespace Hengping.App.Design;

/// <summary>The pages: Razor Pages that sit in their rooms, the layout and the parts they share.</summary>
public static class DesignRoom
{
    /// <summary>Chinese is written as it is, not as character references: a third of the bytes.</summary>
    public static void AddDesign(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new(UnicodeRanges.All));
        builder.Services.AddSingleton<OwnApi>();
    }

    /// <summary>Remembers the looks a reader chose.</summary>
    public static void UseDesign(this WebApplication app) => app.Use(Looks.Remember);

    /// <summary>Maps style sheets, scripts and pictures.</summary>
    public static void MapDesign(this WebApplication app) => Assets.Map(app);
}
