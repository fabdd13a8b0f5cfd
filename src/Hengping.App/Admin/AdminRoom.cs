using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Admin;

/// <summary>Set-up and administration: the operator, departments, senders, words, jobs.</summary>
public sealed class AdminRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("departments", Departments.Max),
        new("words-trial", WordsTrial.CasesMax),
        new("calendar-file", CalendarPage.BytesMax, LimitUnit.Bytes),
    ];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddSingleton<SetupKey>();
        builder.Services.AddSingleton<WaysTrial>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) => LogoDoor.Map(site);

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [
            new(TabRow.Admin, 10, "/admin", "admin.overview"),
            new(TabRow.Admin, 20, "/admin/operator", "admin.operator"),
            new(TabRow.Admin, 40, "/admin/departments", "admin.departments"),
            new(TabRow.Admin, 60, "/admin/ways", "admin.ways"),
            new(TabRow.Admin, 80, "/admin/jobs", "admin.jobs"),
            new(TabRow.Admin, 90, "/admin/words", "admin.words"),
            new(TabRow.Admin, 95, "/admin/calendar", "admin.calendars"),
            new(TabRow.Admin, 98, "/admin/limits", "admin.limits"),
            new(TabRow.Admin, 100, "/admin/lists", "admin.lists"),
        ];
}
