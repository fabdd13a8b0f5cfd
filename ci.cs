#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// The one script: `dotnet run ci.cs` on a laptop and in CI does the same. It installs what the tests need and a
// Debian machine can give, checks formatting, restores what the lock files say, builds with every warning an error,
// runs all tests and ends with one plain line. Exit status 0 only when every step held and at least one test ran.

using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

const string TestAssembly = "artifacts/bin/Hengping.Tests/release/Hengping.Tests.dll";
const string TestReport = "artifacts/ci/tests.trx";
var limit = TimeSpan.FromMinutes(40);

Environment.CurrentDirectory = RepositoryRoot();
foreach (
    var (name, value) in new[]
    {
        ("CI", "true"),
        ("DOTNET_NOLOGO", "1"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("UseSharedCompilation", "false"),
        ("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        ("DEBIAN_FRONTEND", "noninteractive"),
    }
)
    Environment.SetEnvironmentVariable(name, value);

var clock = Stopwatch.StartNew();
var broken = new List<string>();

Step("install", InstallWhatIsMissing);
Step("tools", () => Run("dotnet", "tool", "restore"));
Step("format", () => Run("dotnet", "csharpier", "check", "."));
Step("restore", () => Run("dotnet", "restore", "--locked-mode"));
var built = Step("build", () => Run("dotnet", "build", "-c", "Release", "--no-restore", "-v", "quiet"));
if (built)
    Step("test", RunTests);

var (passed, failed, skipped) = Count();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole run {clock.Elapsed.TotalSeconds:0} s"));
foreach (var step in broken)
    Console.WriteLine($"step failed: {step}");
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return broken.Count == 0 && failed == 0 && passed > 0 ? 0 : 1;

bool Step(string name, Func<bool> work)
{
    Console.WriteLine($"== {name}");
    var start = clock.Elapsed;
    var held = work();
    if (!held)
        broken.Add(name);
    var seconds = (clock.Elapsed - start).TotalSeconds;
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"== {name}: {(held ? "ok" : "FAILED")}, {seconds:0.0} s")
    );
    return held;
}

// Never fails the run: a test that needs what is missing skips itself and says so.
bool InstallWhatIsMissing()
{
    var needs = new (string Package, string For, Func<bool> Present)[]
    {
        ("postgresql", "tests on PostgreSQL", PostgresPresent),
        ("chromium", "browser tests and PDF", () => OnPath("chromium")),
        ("fonts-noto-cjk", "Chinese in screenshots and PDF", () => Directory.Exists("/usr/share/fonts/opentype/noto")),
        ("wrk", "load measurements", () => OnPath("wrk")),
    };
    var missing = needs.Where(need => !need.Present()).ToList();
    if (missing.Count > 0 && WhyNotInstall() is { } reason)
    {
        Console.WriteLine($"{reason}: installing nothing");
    }
    else if (missing.Count > 0)
    {
        if (!Run("apt-get", "update", "-qq"))
            Console.WriteLine("the package lists could not be refreshed; trying with what is there");
        // One by one: a package that the feed lacks must not keep the others away.
        foreach (var need in missing)
            _ = Run("apt-get", "install", "-y", "-qq", "--no-install-recommends", need.Package);
    }
    foreach (var need in needs)
    {
        var word = need.Present() ? "present" : $"CANNOT INSTALL; what needs it is skipped: {need.For}";
        Console.WriteLine($"  {need.Package}: {word}");
    }
    if (!OnPath("npm"))
        Console.WriteLine("  npm: missing; the pages need Node 20 or newer");
    return true;
}

static string? WhyNotInstall() =>
    !OperatingSystem.IsLinux() || !OnPath("apt-get") ? "no apt here"
    : Environment.IsPrivilegedProcess ? null
    : "not root";

// The test program runs by itself: no test host in between, and its report has every outcome.
bool RunTests()
{
    Directory.CreateDirectory(Path.GetDirectoryName(TestReport)!);
    File.Delete(TestReport);
    return Run("dotnet", TestAssembly, "-noLogo", "-noColor", "-trx", TestReport);
}

(int Passed, int Failed, int Skipped) Count()
{
    if (!built || !File.Exists(TestReport))
        return (0, 0, 0);
    var outcomes = XDocument
        .Load(TestReport)
        .Descendants()
        .Where(element => element.Name.LocalName is "UnitTestResult")
        .Select(element => (string?)element.Attribute("outcome"))
        // Explicit tests are run by others alone (the child of the kill test): not run is neither passed nor failed.
        .Where(outcome => outcome is not "NotRunnable")
        .ToList();
    return (
        outcomes.Count(outcome => outcome is "Passed"),
        outcomes.Count(outcome => outcome is not ("Passed" or "NotExecuted")),
        outcomes.Count(outcome => outcome is "NotExecuted")
    );
}

bool Run(string program, params string[] arguments)
{
    var left = limit - clock.Elapsed;
    if (left <= TimeSpan.Zero)
    {
        Console.WriteLine($"no time left for {program} {string.Join(' ', arguments)}");
        return false;
    }
    try
    {
        // Standard input is an empty pipe: nothing may wait for a keyboard.
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, UseShellExecute = false }
        )!;
        process.StandardInput.Close();
        if (process.WaitForExit(left))
            return process.ExitCode == 0;
        process.Kill(entireProcessTree: true);
        Console.WriteLine($"stopped {program}: the whole run may take {limit.TotalMinutes:0} minutes");
    }
    catch (System.ComponentModel.Win32Exception fault)
    {
        Console.WriteLine($"{program}: {fault.Message}");
    }
    return false;
}

static bool OnPath(string program) =>
    (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

static bool PostgresPresent() =>
    Directory.Exists("/usr/lib/postgresql")
    && Directory.EnumerateDirectories("/usr/lib/postgresql").Any(v => File.Exists(Path.Combine(v, "bin/initdb")));

static string RepositoryRoot()
{
    var folder = new DirectoryInfo(Environment.CurrentDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hengping.slnx")))
        folder = folder.Parent;
    return folder?.FullName ?? throw new InvalidOperationException("run it inside the repository");
}
