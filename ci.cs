#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// The one script: `dotnet run ci.cs` on a laptop and in CI does the same. It installs what the tests need and a
// Debian machine can give, checks formatting, restores what the lock files say, builds with every warning an error,
// runs all tests and ends with one plain line. Exit status 0 only when every step held and at least one test ran.
//
//   dotnet run ci.cs                       the whole check
//   dotnet run ci.cs -- --only rules       one test program after a Debug build of it: rules, doors or browser
//   dotnet run ci.cs -- --days             all that is bound to a date on every day of Harness/Days.cs, nothing else
//   dotnet run ci.cs -- --pictures         every picture, not a quarter
//   dotnet run ci.cs -- --today 2028-02-29 the whole check with the tests alone under another date (Debian's faketime)

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

const string Reports = "artifacts/ci";
const int SlowestShown = 10;
var limit = TimeSpan.FromMinutes(50);

// Rules first and alone: a broken rule is known within seconds. Doors and browser then share the cores.
var programs = new (string Name, string Project)[]
{
    ("rules", "Hengping.Tests.Rules"),
    ("doors", "Hengping.Tests"),
    ("browser", "Hengping.Tests.Browser"),
};

var (only, today) = (Value("--only"), Value("--today"));
var (allDays, allPictures) = (args.Contains("--days"), args.Contains("--pictures"));
string?[] known = ["--only", only, "--today", today, "--days", "--pictures"];
if (args.Except(known).Any() || (only is not null && programs.All(program => program.Name != only)))
{
    Console.Error.WriteLine("ci.cs: [--only rules|doors|browser] [--days] [--pictures] [--today DATE]");
    return 2;
}
if (allDays)
    limit = TimeSpan.FromMinutes(80);

Environment.CurrentDirectory = RepositoryRoot();
foreach (
    var (name, value) in new[]
    {
        ("CI", "true"),
        ("DOTNET_NOLOGO", "1"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        // Counting for profile-guided code costs a compiler that lives for seconds a fifth of them.
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_GCgen0size", "0x4000000"),
        ("DOTNET_gcConcurrent", "0"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("UseSharedCompilation", only is null ? "true" : "false"),
        ("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        ("DEBIAN_FRONTEND", "noninteractive"),
        // What an ordinary run draws of days and pictures follows from the commit (Harness/Draw.cs).
        ("HENGPING_TEST_DRAW", Commit()),
        ("HENGPING_TEST_DAYS", allDays ? "all" : ""),
        ("HENGPING_TEST_PICTURES", allPictures ? "all" : ""),
    }
)
    Environment.SetEnvironmentVariable(name, value);

var clock = Stopwatch.StartNew();
var broken = new List<string>();
var built = false;
var outcomes = new ConcurrentBag<(string Class, string Test, string Outcome, double Seconds)>();
Directory.CreateDirectory(Reports);

if (only is not null)
{
    var project = programs.First(program => program.Name == only).Project;
    built = Step("build", () => Run("dotnet", "build", $"tests/{project}", "-c", "Debug", "-v", "quiet"));
    if (built)
        Step(only, () => RunTests(project, "debug"));
}
else
{
    Step("install", InstallWhatIsMissing);
    Step("tools", () => Run("dotnet", "tool", "restore"));
    Step("format", () => Run("dotnet", "csharpier", "check", "."));
    Step("restore", () => Run("dotnet", "restore", "--locked-mode"));
    built = Step("build", () => Run("dotnet", "build", "-c", "Release", "--no-restore", "-v", "quiet"));
    // One compiler server for this build alone, warm after its first project; nothing outlives the step.
    _ = Run("dotnet", "build-server", "shutdown", "--vbcscompiler");
    if (built)
    {
        Step("test rules", () => RunTests("Hengping.Tests.Rules", "release"));
        Step("test doors and browser", RunDoorsAndBrowser);
    }
}

TellTimes();
var passed = outcomes.Count(one => one.Outcome is "Passed");
var skipped = outcomes.Count(one => one.Outcome is "NotExecuted");
var failed = outcomes.Count - passed - skipped;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole run {clock.Elapsed.TotalSeconds:0} s"));
foreach (var one in outcomes.Where(one => one.Outcome is not ("Passed" or "NotExecuted")).OrderBy(one => one.Test))
    Console.WriteLine($"failed: {one.Test}");
foreach (var step in broken)
    Console.WriteLine($"step failed: {step}");
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return broken.Count == 0 && failed == 0 && passed > 0 ? 0 : 1;

string? Value(string option) => args.SkipWhile(arg => arg != option).Skip(1).FirstOrDefault();

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
    List<(string Package, string For, Func<bool> Present)> needs =
    [
        ("postgresql", "tests on PostgreSQL", PostgresPresent),
        ("chromium", "browser tests and PDF", () => OnPath("chromium")),
        ("chromium-headless-shell", "a faster browser for tests; without it the whole one is driven", HeadlessPresent),
        ("fonts-noto-cjk", "Chinese in screenshots and PDF", () => Directory.Exists("/usr/share/fonts/opentype/noto")),
        ("wrk", "load measurements", () => OnPath("wrk")),
        .. today is null
            ? []
            : new (string, string, Func<bool>)[] { ("faketime", "--today", () => OnPath("faketime")) },
    ];
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

// Their lanes wait for different things, so two programs at once use the cores better than one after the other.
bool RunDoorsAndBrowser()
{
    var doors = Task.Run(() => RunTests("Hengping.Tests", "release"));
    var browser = RunTests("Hengping.Tests.Browser", "release");
    return doors.GetAwaiter().GetResult() && browser;
}

// A test program runs by itself: no test host in between, and its report has every outcome.
bool RunTests(string project, string configuration)
{
    var report = $"{Reports}/{project}.trx";
    File.Delete(report);
    List<string> call =
    [
        $"artifacts/bin/{project}/{configuration}/{project}.dll",
        "-noLogo",
        "-noColor",
        "-trx",
        report,
        .. allDays ? new[] { "-trait", "Days=on" } : [],
    ];
    if (today is null)
        return Run("dotnet", [.. call]) & ReadOutcomes(report);
    // Only what is asked for the date gets another one: time spans stay what they are.
    Environment.SetEnvironmentVariable("DONT_FAKE_MONOTONIC", "1");
    Environment.SetEnvironmentVariable("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // Its mending of old C libraries lets timed waits of this one return at once.
    Environment.SetEnvironmentVariable("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return Run("faketime", ["-m", $"{today}", "dotnet", .. call]) & ReadOutcomes(report);
}

bool ReadOutcomes(string report)
{
    if (!File.Exists(report))
        return false;
    var elements = XDocument.Load(report).Descendants().ToList();
    var classes = elements
        .Where(element => element.Name.LocalName is "UnitTest")
        .ToDictionary(
            test => (string?)test.Attribute("id") ?? "",
            test => (string?)test.Elements().First(e => e.Name.LocalName is "TestMethod").Attribute("className") ?? ""
        );
    foreach (var result in elements.Where(element => element.Name.LocalName is "UnitTestResult"))
    {
        var outcome = (string?)result.Attribute("outcome") ?? "";
        // Explicit tests are run by others alone (the child of the kill test): not run is neither passed nor failed.
        if (outcome is "NotRunnable")
            continue;
        var took = TimeSpan.Parse((string?)result.Attribute("duration") ?? "0", CultureInfo.InvariantCulture);
        var of = classes.GetValueOrDefault((string?)result.Attribute("testId") ?? "") ?? "";
        outcomes.Add((of, (string?)result.Attribute("testName") ?? "", outcome, took.TotalSeconds));
    }
    return true;
}

// Time is what the tests of a class took together; classes run side by side, so the sum is more than the run.
void TellTimes()
{
    if (outcomes.IsEmpty)
        return;
    Console.WriteLine("== time by class, s");
    foreach (var group in outcomes.GroupBy(one => one.Class).OrderByDescending(group => group.Sum(one => one.Seconds)))
    {
        var seconds = group.Sum(one => one.Seconds);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{seconds, 8:0.0} {group.Count(), 5} {group.Key}")
        );
    }
    Console.WriteLine($"== the {SlowestShown} slowest, s");
    foreach (var one in outcomes.OrderByDescending(one => one.Seconds).Take(SlowestShown))
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Seconds, 8:0.0} {one.Test}"));
}

string Commit()
{
    try
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", ["rev-parse", "HEAD"]) { RedirectStandardOutput = true }
        )!;
        var hash = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? hash : "";
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return "";
    }
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

static bool HeadlessPresent() => OnPath("chromium-headless-shell");

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
