using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary><c>verify</c> is for people who do not trust the site: nothing it sends takes their machine.</summary>
public sealed class VerifyLimits
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pack_that_unpacks_to_a_hundred_times_its_size_is_not_read()
    {
        var pack = Path.Combine(Path.GetTempPath(), $"hengping-{Guid.NewGuid():N}.zip");
        try
        {
            await using (var zip = await ZipFile.OpenAsync(pack, ZipArchiveMode.Create, Ct))
            {
                await using var scores = await zip.CreateEntry("scores.csv").OpenAsync(Ct);
                for (var i = 0; i < 32; i++)
                    await scores.WriteAsync(new byte[1 << 20], Ct);
            }
            new FileInfo(pack).Length.ShouldBeLessThan(100_000);
            Should.Throw<Refused>(() => OpenFiles.Read(pack, "scores.csv")).Refusal.Code.ShouldBe("cases.unpacked");
            OpenFiles.Read(pack, "answers.csv").ShouldBeNull();
        }
        finally
        {
            File.Delete(pack);
        }
    }

    [Fact]
    public async Task An_answer_without_an_end_is_left()
    {
        using var endless = new TcpListener(IPAddress.Loopback, 0);
        endless.Start();
        var serving = Serve(endless);
        using var http = VerifyCommand.Client();
        var address = $"http://127.0.0.1:{((IPEndPoint)endless.LocalEndpoint).Port}/list";
        var refused = await Should.ThrowAsync<Refused>(() => VerifyCommand.Fetch(http, address, Ct));
        refused.Refusal.Code.ShouldBe("site.too-much");
        await serving;
    }

    private static async Task Serve(TcpListener listener)
    {
        using var caller = await listener.AcceptTcpClientAsync(Ct);
        await using var stream = caller.GetStream();
        try
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), Ct);
            for (var part = new byte[1 << 20]; ; )
                await stream.WriteAsync(part, Ct);
        }
        catch (IOException)
        {
            // The reader has gone.
        }
    }
}
