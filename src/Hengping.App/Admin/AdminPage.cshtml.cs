using System.Reflection;
using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Desk;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Admin;

/// <summary>管理: how the installation is doing, and the doors to what an admin does.</summary>
[Authorize(Sessions.AdminOnly)]
[OpenInDoubt("Clock")]
public sealed class AdminPage(
    Store store,
    ListenerRunner listening,
    JobNotes jobs,
    Gauges gauges,
    Law law,
    SiteAddress site,
    CurrentOperator house
) : HousePage(store)
{
    private static readonly TimeSpan BackupOld = TimeSpan.FromDays(1);
    private static readonly TimeSpan TrialOld = TimeSpan.FromDays(35);

    // The State Council names a year's holidays in November of the one before.
    private const int NoticeMonth = 11;
    private const int CalendarAheadDays = 61;

    private const int CommitShown = 10;

    /// <summary>The program's version; behind the plus the beginning of its commit.</summary>
    public static string Version { get; } = Short();

    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public string Engine => Store.EngineName;

    /// <summary>Position of the last event.</summary>
    public long Head { get; private set; }

    /// <summary>Bytes of the database; files of evidence are not in it.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Bytes free where the data directory lies.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>Messages go out without links.</summary>
    public bool HasNoAddress => site.IsMissing;

    /// <summary>The last backup this store knows of, or null.</summary>
    public BackupNote? Backup { get; private set; }

    /// <summary>The last backup is missing, or older than a day.</summary>
    public bool IsBackupOld => Backup is null || Now - Backup.At > BackupOld;

    /// <summary>The last trial of a backup, or null.</summary>
    public RestoreTrial? Trial { get; private set; }

    /// <summary>There are backups, and none was tried for five weeks, or the last one did not hold.</summary>
    public bool IsTrialDue => Backup is not null && (Trial is not { Held: true } || Now - Trial.At > TrialOld);

    /// <summary>
    /// From November on: the first day from which a term in working days cannot be counted, and which file is missing;
    /// null where all can.
    /// </summary>
    public (DateTimeOffset From, Refusal Missing)? CalendarEnd =>
        Enumerable
            .Range(0, Shanghai.DayOf(Now).Month >= NoticeMonth ? CalendarAheadDays + 1 : 1)
            .Select(days => Now.AddDays(days))
            .Select(from => (From: from, law.Reckon("complaint.screening", from).Refusal))
            .Where(one => one.Refusal is not null)
            .Select(one => ((DateTimeOffset, Refusal)?)(one.From, one.Refusal!))
            .FirstOrDefault();

    /// <summary>Jobs that stand still or fail.</summary>
    public int JobsInTrouble { get; private set; }

    /// <summary>What tells how the site is doing.</summary>
    public IReadOnlyList<Reading> Gauges { get; private set; } = [];

    /// <summary>Clocks that somebody has to look at; until then nothing closes, lapses or is erased by itself there.
    /// </summary>
    public IReadOnlyList<ClockDoubt> Clocks { get; private set; } = [];

    public IReadOnlyList<ListenerFigure> Listeners { get; private set; } = [];

    /// <summary>What waits for the desk.</summary>
    public DeskLoad Load { get; private set; } = null!;

    public async Task OnGet()
    {
        Head = await Store.Head(Ct);
        SizeBytes = await Store.SizeBytes(Ct);
        FreeBytes = new DriveInfo(Path.GetFullPath(Store.Place.Data)).AvailableFreeSpace;
        Backup = await BackupNotes.Last(Store, Ct);
        Trial = await RestoreTrials.Last(Store, Ct);
        JobsInTrouble = (await jobs.Read(Ct)).Count(job => job.IsLate || job.IsFailing);
        Listeners = await listening.Figures(Ct);
        Gauges = await gauges.Read(Ct);
        Clocks = await ClockGuard.Doubts(Store, Ct);
        Load = await DeskLoad.Read(Store, (await house.Now(Ct))?.Departments ?? [], Me!.Account, Ct);
    }

    /// <summary>The clock of a machine is right.</summary>
    public async Task<IActionResult> OnPostClock(string? machine)
    {
        await ClockGuard.Confirm(Store, machine ?? "", Me!.Account, Ct);
        return Redirect("/admin");
    }

    /// <summary>How a gauge stands, in its unit.</summary>
    public static string Shown(Reading reading) =>
        reading.Gauge.Unit switch
        {
            GaugeUnit.Count => Say.Count((long)reading.Stand.Value),
            GaugeUnit.Seconds => JobsPage.Length(TimeSpan.FromSeconds(reading.Stand.Value)),
            GaugeUnit.Share => Shared(reading.Stand, Say.Count),
            _ => Shared(reading.Stand, Say.Bytes),
        };

    /// <summary>From where on it is too much.</summary>
    public static string Threshold(Gauge gauge) =>
        gauge.IsShare ? Say.Whole((decimal)gauge.Most / 100)
        : gauge.Unit == GaugeUnit.Count ? Say.Count((long)gauge.Most)
        : JobsPage.Length(TimeSpan.FromSeconds(gauge.Most));

    private static string Shared(Stand stand, Func<long, string> say) =>
        Texts.T("gauge.share", say((long)stand.Value), say((long)stand.Of));

    private static string Short()
    {
        var assembly = typeof(AdminPage).Assembly;
        var whole = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var length = whole.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus
            ? plus + 1 + CommitShown
            : whole.Length;
        return whole[..Math.Min(whole.Length, length)];
    }
}
