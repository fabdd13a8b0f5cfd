using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Hengping.Rules;

namespace Hengping.App.Design;

/// <summary>
/// Prints a page of ours as PDF with the Chromium of the machine, a child process for each paper and one at a time.
/// What it reads lies for those seconds in memory (<c>/dev/shm</c>, else the temporary directory), readable to the
/// program's own user alone; it fetches nothing and runs no script. Where there is none, pages print from the browser.
/// </summary>
public sealed partial class PaperPress(IConfiguration configuration, ILogger<PaperPress> log) : IDisposable
{
    /// <summary>How long one paper may take, and how long the next waits for it.</summary>
    public static readonly TimeSpan PrintMax = TimeSpan.FromSeconds(20);

    /// <summary>Somebody else's paper takes too long, or Chromium failed.</summary>
    public static readonly Refusal Failed = new(
        "pdf.failed",
        "PDF 暂时没有生成，请稍后再试，或用浏览器的“打印”另存为 PDF",
        "The PDF could not be made now; please try again, or print the page and save it as PDF"
    );

    private const string Memory = "/dev/shm";
    private const string Prefix = "hengping-paper-";
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser"];

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Where Chromium is: as <c>Pdf:Chromium</c> says, else on the path; null where there is none.</summary>
    public string? Program { get; } = Find(configuration["Pdf:Chromium"]);

    /// <summary>The page as PDF; null where it could not be made.</summary>
    public async Task<byte[]?> Print(string html, CancellationToken ct)
    {
        if (Program is null || !await one.WaitAsync(PrintMax, ct))
            return null;
        var root = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        var own = $"{Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()}";
        var place = Directory.CreateDirectory(Path.Combine(root, own));
        try
        {
            DropLeft(root);
            if (!OperatingSystem.IsWindows())
                place.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            await File.WriteAllTextAsync(Path.Combine(place.FullName, "paper.html"), Alone(html), Encoding.UTF8, ct);
            return await Run(place.FullName, ct);
        }
        catch (Exception fault) when (fault is IOException or System.ComponentModel.Win32Exception)
        {
            Broke(log, fault);
            return null;
        }
        finally
        {
            Drop(place);
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    /// <summary>The page with its style inside and nothing to fetch or run.</summary>
    private static string Alone(string html)
    {
        // The policy keeps scripts out; Chromium's own switch would keep its printing out, which is a script.
        const string policy =
            """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""";
        var style = Assets.TextOf("site.css").Replace("</style", "", StringComparison.OrdinalIgnoreCase);
        var bare = Linked().Replace(Scripts().Replace(html, ""), "");
        return bare.Replace("<head>", $"<head>{policy}<style>{style}</style>", StringComparison.Ordinal);
    }

    private async Task<byte[]?> Run(string place, CancellationToken ct)
    {
        var paper = Path.Combine(place, "paper.pdf");
        var start = new ProcessStartInfo(Program!)
        {
            WorkingDirectory = place,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = place;
        string[] arguments =
        [
            "--headless",
            "--disable-gpu",
            "--disable-extensions",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
            "--user-data-dir=" + Path.Combine(place, "profile"),
            "--print-to-pdf=" + paper,
            // Chromium refuses to shut itself in for root; what it is given is our own page without script.
            .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
            new Uri(Path.Combine(place, "paper.html")).AbsoluteUri,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(PrintMax);
        try
        {
            // What it says is read and forgotten: a full pipe would stop it.
            await Task.WhenAll(
                process.StandardError.ReadToEndAsync(limit.Token),
                process.StandardOutput.ReadToEndAsync(limit.Token),
                process.WaitForExitAsync(limit.Token)
            );
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return null;
        }
        return process.ExitCode == 0 && File.Exists(paper) ? await File.ReadAllBytesAsync(paper, ct) : null;
    }

    private static string? Find(string? said)
    {
        if (said is { Length: > 0 })
            return File.Exists(said) ? said : null;
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names
            .SelectMany(name => places.Where(place => place.Length > 0).Select(place => Path.Combine(place, name)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>What a killed process left.</summary>
    private static void DropLeft(string root)
    {
        foreach (var left in new DirectoryInfo(root).EnumerateDirectories(Prefix + "*"))
            if (int.TryParse(left.Name[Prefix.Length..].Split('-')[0], out var of) && !IsAlive(of))
                Drop(left);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Drop(DirectoryInfo place)
    {
        try
        {
            place.Delete(recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A child that is going may still write; the next paper looks again.
        }
    }

    [GeneratedRegex("<script\\b.*?</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("<link\\b[^>]*>", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Linked();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A paper could not be printed")]
    private static partial void Broke(ILogger log, Exception fault);
}
