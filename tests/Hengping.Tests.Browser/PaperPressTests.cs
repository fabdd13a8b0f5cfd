using System.Text;
using Hengping.App.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>A page of ours as PDF, by the machine's Chromium.</summary>
public sealed class PaperPressTests
{
    private const string Page =
        "<!doctype html><html><head></head><body>和解协议书<script>while(true);</script></body></html>";

    [Fact]
    public async Task A_page_becomes_a_pdf_and_nothing_of_it_is_left()
    {
        Chromium.SkipUnlessPresent();
        using var press = Press(null);
        var pdf = (await press.Print(Page, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
        var own = $"hengping-paper-{Environment.ProcessId}-*";
        foreach (var root in new[] { "/dev/shm", Path.GetTempPath() }.Where(Directory.Exists))
            Directory.GetDirectories(root, own).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_chromium_there_is_none()
    {
        using var press = Press("/nowhere/chromium");
        press.Program.ShouldBeNull();
        (await press.Print(Page, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static PaperPress Press(string? program) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Pdf:Chromium"] = program })
                .Build(),
            NullLogger<PaperPress>.Instance
        );
}
