using System.Text.Unicode;
using Hengping.App.Platform;
using Microsoft.Extensions.WebEncoders;

namespace Hengping.App.Design;

/// <summary>How it looks and speaks: the layout, the parts that pages share, texts, styles and scripts.</summary>
public sealed class DesignRoom : Room
{
    /// <summary>Chinese is written as it is, not as character references: a third of the bytes.</summary>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new(UnicodeRanges.All));
        builder.Services.AddSingleton<OwnApi>();
        builder.Services.AddSingleton<PaperPress>();
        builder.Services.AddSingleton<ShownPages>();
        builder.Services.AddJob<ShownPagesSweep>();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [new("paper-seconds", (long)PaperPress.PrintMax.TotalSeconds, LimitUnit.Seconds)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["shown"];

    /// <summary>Style sheets, scripts and pictures.</summary>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) => Assets.Map(site);
}
