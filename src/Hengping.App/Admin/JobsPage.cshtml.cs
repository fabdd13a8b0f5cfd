using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Authorization;

namespace Hengping.App.Admin;

/// <summary>后台任务: what runs beside the doors, when it ran last, and what it waits for.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class JobsPage(Store store, JobNotes notes) : HousePage(store)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public IReadOnlyList<JobFigure> Jobs { get; private set; } = [];

    public async Task OnGet() => Jobs = await notes.Read(Ct);

    /// <summary>A length of time a round may take: 12 ms, 3.4 s, 5 minutes.</summary>
    public static string Length(TimeSpan span) =>
        span < TimeSpan.FromSeconds(1) ? Texts.T("jobs.ms", Say.Count((long)span.TotalMilliseconds))
        : span < Minute ? Texts.T("jobs.seconds", span.TotalSeconds.ToString("0.#", Say.Machine))
        : Say.Span(span);
}
