using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>Evidence: judged by content, sealed on disk, for those it concerns alone.</summary>
public sealed class EvidenceDoors(Sites sites) : IClassFixture<Sites>
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_picture_is_kept_and_read_again_from_any_place(Db engine)
    {
        var site = await sites.On(engine);
        var claimant = await site.As(Role.Claimant);
        var picture = Png.Concat(RandomNumberGenerator.GetBytes(200_000)).ToArray();
        var kept = await site.Appends(
            ["evidence.uploaded"],
            () => claimant.Upload(picture, "收据.exe", "application/x-msdownload").Json(201)
        );
        kept.GetProperty("mediaType").GetString().ShouldBe("image/png");
        kept.GetProperty("bytes").GetInt64().ShouldBe(picture.Length);
        kept.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(picture)));

        var path = $"/api/v1/evidence/{kept.GetProperty("id").GetString()}";
        (await claimant.GetByteArrayAsync(path, Ct)).ShouldBe(picture);
        using var part = new HttpRequestMessage(HttpMethod.Get, path);
        part.Headers.Range = new(150_000, 150_009);
        using var answer = await claimant.SendAsync(part, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(picture[150_000..150_010]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    public static MatrixTheoryData<Db, Role> EachRole() => new(Enum.GetValues<Db>(), Enum.GetValues<Role>());

    [Theory, MemberData(nameof(EachRole))]
    public async Task Nobody_else_reads_it(Db engine, Role role)
    {
        var site = await sites.On(engine);
        var claimant = await site.As(Role.Claimant);
        var kept = await claimant.Upload(Png, "a.png", "image/png").Json(201);
        var path = $"/api/v1/evidence/{kept.GetProperty("id").GetString()}";
        await site.Anyone.GetAsync(path, Ct).Refused(401, "unauthorized");
        Guid? merchant = role == Role.Merchant ? await site.Merchant(Sites.OwnName("某店")) : null;
        await (await site.As(role, merchant)).GetAsync(path, Ct).Refused(404, "not-found");
    }

    [Fact]
    public async Task What_is_no_evidence_is_refused_and_leaves_nothing()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var claimant = await site.As(Role.Claimant);
        await site.Appends(
            [],
            async () =>
            {
                await claimant.Upload("<script>"u8.ToArray(), "a.png", "image/png").Refused(415, "evidence.kind");
                await claimant.Upload([], "a.png", "image/png").Refused(400, "evidence.empty");
                await claimant.PostJson("/api/v1/evidence").Refused(400, "request.invalid");
                await site.Anyone.Upload(Png, "a.png", "image/png").Refused(401, "unauthorized");
                var large = Png.Concat(new byte[21 * 1024 * 1024]).ToArray();
                await claimant.Upload(large, "a.png", "image/png").Refused(413, "evidence.too-large");
                return 0;
            }
        );
        FilesOf(site).ShouldBeEmpty();
    }

    [Fact]
    public async Task On_disk_nothing_of_it_can_be_read()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var claimant = await site.As(Role.Claimant);
        await claimant
            .Upload([.. "%PDF-1.7 "u8, .. "身份证 110101199001011237"u8], "证件.pdf", "application/pdf")
            .Json(201);
        var file = FilesOf(site).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Ct)).ShouldNotContain("110101199001011237");
        Path.GetFileName(file)
            .ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Ct))));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_same_key_and_file_get_the_first_answer_again(Db engine)
    {
        var site = await sites.On(engine);
        var claimant = await site.As(Role.Claimant);
        claimant.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        using var form = new StringContent(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\r\n--b--\r\n"
        );
        form.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        var body = await form.ReadAsByteArrayAsync(Ct);
        var first = await Send(claimant, body).Json(201);
        var again = await site.Appends([], () => Send(claimant, body).Json(201));
        again.GetRawText().ShouldBe(first.GetRawText());
        await Send(claimant, [.. body, (byte)' ']).Refused(422, "idempotency.mismatch");
    }

    [Fact]
    public async Task What_comes_with_a_key_lies_nowhere_unsealed_while_it_comes()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var claimant = await site.As(Role.Claimant);
        var said = Guid.NewGuid().ToString();
        using var open = new TcpClient();
        await open.ConnectAsync(site.Address.Host, site.Address.Port, Ct);
        var head =
            $"POST /api/v1/evidence HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + $"{claimant.DefaultRequestHeaders.Authorization}\r\nIdempotency-Key: k\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 3000000\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\nGIF89a";
        var some = string.Concat(Enumerable.Repeat(said, 20_000));
        await open.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + some), Ct);
        await Eventually.Holds(
            () => Task.FromResult(site.Of<BodyGate>().DiskBytes is > 0 and < 2_290_000),
            "most of what was sent is read"
        );
        var temp = Environment.GetEnvironmentVariable("ASPNETCORE_TEMP") ?? Path.GetTempPath();
        foreach (var file in Directory.GetFiles(temp, "ASPNETCORE_*.tmp"))
        {
            await using var spooled = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[4096];
            var read = await spooled.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, Ct);
            Encoding.ASCII.GetString(bytes, 0, read).ShouldNotContain(said);
        }
    }

    private static Task<HttpResponseMessage> Send(HttpClient caller, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        return caller.PostAsync("/api/v1/evidence", content, Ct);
    }

    private static string[] FilesOf(Site site)
    {
        var directory = Path.Combine(site.Place.Data, "evidence");
        return Directory.Exists(directory) ? Directory.GetFiles(directory, "*", SearchOption.AllDirectories) : [];
    }
}
