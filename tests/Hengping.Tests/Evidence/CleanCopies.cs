using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hengping.App.Evidence;
using Hengping.Rules.Evidence;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>
/// What a file says beside its content (place, device, author) reaches its uploader and staff alone; so does what it
/// was called.
/// </summary>
public sealed class CleanCopies(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<Db, string> EachKind() => new(Enum.GetValues<Db>(), [.. SampleFiles.All.Keys]);

    [Theory, MemberData(nameof(EachKind))]
    public async Task Others_get_the_picture_and_nothing_beside_it(Db db, string kind)
    {
        var desk = await sites.DeskOn(db);
        var sample = SampleFiles.All[kind]();
        var (item, path, id) = await InCase(desk, sample.Sent, sample.MediaType);
        item.TryGetProperty("held", out _).ShouldBeFalse(item.GetRawText());
        item.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(sample.Sent)));

        using var answer = await desk.Merchant.GetAsync(path, Ct);
        var seen = await answer.Content.ReadAsByteArrayAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(seen));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(sample.MediaType);
        Headers(answer).ShouldNotContain("MyName");
        var text = Encoding.Latin1.GetString(seen);
        text.ShouldNotContain(SampleFiles.Canary);
        foreach (var kept in sample.Kept)
            text.ShouldContain(kept);
        if (sample.Clean is { } clean)
            Convert.ToHexString(seen).ShouldBe(Convert.ToHexString(clean));
        else
        {
            seen.Length.ShouldBe(sample.Sent.Length);
            var sent = Encoding.Latin1.GetString(sample.Sent);
            text.IndexOf(SampleFiles.Content, StringComparison.Ordinal)
                .ShouldBe(sent.IndexOf(SampleFiles.Content, StringComparison.Ordinal));
        }
        using var part = new HttpRequestMessage(HttpMethod.Get, path);
        part.Headers.Range = new(seen.Length - 9, seen.Length - 1);
        using var end = await desk.Merchant.SendAsync(part, Ct);
        (await end.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(seen[^9..]);

        foreach (var who in new[] { desk.Claimant, desk.Mediator })
            (await who.GetByteArrayAsync(path, Ct)).ShouldBe(sample.Sent);
        foreach (var (who, sees) in new[] { (desk.Merchant, false), (desk.Claimant, true), (desk.Mediator, true) })
        {
            var page = await (await desk.Site.Browsing(who)).GetStringAsync($"/cases/{await NumberOf(desk, id)}", Ct);
            page.ShouldContain(item.GetProperty("id").GetString()!);
            page.Contains("MyName", StringComparison.Ordinal).ShouldBe(sees);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_browsers_have_no_picture_of_is_a_card_to_download(Db db)
    {
        var desk = await sites.DeskOn(db);
        foreach (var (kind, isCard) in new[] { ("heic", true), ("avif", false) })
        {
            var sample = SampleFiles.All[kind]();
            var (item, path, id) = await InCase(desk, sample.Sent, sample.MediaType);
            using var answer = await desk.Merchant.GetAsync(path, Ct);
            var sent = answer.Content.Headers.ContentDisposition!;
            sent.DispositionType.ShouldBe(isCard ? "attachment" : "inline");
            sent.FileName!.Trim('"')
                .ShouldBe($"evidence-{item.GetProperty("id").GetGuid().ToString("N")[^8..]}.{kind}");
            var page = await (await desk.Site.Browsing(desk.Merchant)).GetStringAsync(
                $"/cases/{await NumberOf(desk, id)}",
                Ct
            );
            page.Contains($"<img src=\"{path["/api/v1".Length..]}", StringComparison.Ordinal).ShouldBe(!isCard);
            page.Contains("HEIC", StringComparison.Ordinal).ShouldBe(isCard);
        }
    }

    [Theory]
    [InlineData("avif")]
    [InlineData("heic")]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("gif")]
    [InlineData("webp")]
    public void Files_of_other_programs_are_cleaned_and_not_held(string end)
    {
        var sent = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "EmptyFiles", "image", "empty." + end));
        var kind = MediaKind.Of(sent.AsSpan(0, Math.Min(sent.Length, MediaKind.HeadBytes))).ShouldNotBeNull();
        CleanCopy.Pieces(kind.MediaType, new MemoryStream(sent)).ShouldNotBeNull();
    }

    public static MatrixTheoryData<Db, string> EachHeld() => new(Enum.GetValues<Db>(), [.. SampleFiles.Held.Keys]);

    [Theory, MemberData(nameof(EachHeld))]
    public async Task What_cannot_be_cleaned_is_held_with_a_word(Db db, string kind)
    {
        var desk = await sites.DeskOn(db);
        var (mediaType, sent) = SampleFiles.Held[kind]();
        var (item, path, id) = await InCase(desk, sent, mediaType);
        item.GetProperty("held").GetBoolean().ShouldBeTrue();
        await desk.Merchant.GetAsync(path, Ct).Refused(409, "evidence.held");
        foreach (var who in new[] { desk.Claimant, desk.Mediator })
            (await who.GetByteArrayAsync(path, Ct)).ShouldBe(sent);
        var number = await NumberOf(desk, id);
        var theirs = await (await desk.Site.Browsing(desk.Merchant)).GetStringAsync($"/cases/{number}", Ct);
        theirs.ShouldContain("暂不向您展示");
        theirs.ShouldNotContain(path["/api/v1".Length..]);
        var own = await (await desk.Site.Browsing(desk.Claimant)).GetStringAsync($"/cases/{number}", Ct);
        own.ShouldContain("对方看不到");
        own.ShouldContain(path["/api/v1".Length..]);
    }

    private static async Task<(System.Text.Json.JsonElement Item, string Path, string Case)> InCase(
        Desk desk,
        byte[] sent,
        string mediaType
    )
    {
        var item = await desk.Site.Appends(
            ["evidence.uploaded"],
            () => desk.Claimant.Upload(sent, "MyName.bin", mediaType).Json(201)
        );
        item.GetProperty("mediaType").GetString().ShouldBe(mediaType);
        var evidence = item.GetProperty("id").GetGuid();
        var id = await Desk.Then(desk.Filed(desk.Body("evidence", new[] { evidence })), desk.Mediator, "deliver");
        return (item, $"/api/v1/evidence/{evidence}", id);
    }

    private static async Task<string> NumberOf(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!;

    private static string Headers(HttpResponseMessage answer) => $"{answer.Headers}{answer.Content.Headers}";
}
