using Hengping.Rules.Webhooks;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Webhooks;

/// <summary>What the letters of an address tell.</summary>
public sealed class HookAddresses
{
    [Theory]
    [InlineData("https://example.com/hooks?shop=7")]
    [InlineData("https://example.com:8443/hooks")]
    [InlineData("https://8.8.8.8/hooks")]
    [InlineData("https://商家.example.cn/hooks")]
    public void Taken(string typed)
    {
        var (address, no) = HookAddress.Of(typed, staysHere: false);
        no.ShouldBeNull();
        address.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null, "hook.address")]
    [InlineData("", "hook.address")]
    [InlineData("example.com/hooks", "hook.address")]
    [InlineData("ftp://example.com", "hook.address")]
    [InlineData("file:///etc/passwd", "hook.address")]
    [InlineData("https://user:word@example.com", "hook.address")]
    [InlineData("https://example.com/#here", "hook.address")]
    [InlineData("http://example.com", "hook.address.https")]
    [InlineData("http://127.0.0.1:8080", "hook.address.https")]
    [InlineData("https://localhost/", "hook.address.private")]
    [InlineData("https://LOCALHOST./", "hook.address.private")]
    [InlineData("https://intranet/", "hook.address.private")]
    [InlineData("https://printer.local/", "hook.address.private")]
    [InlineData("https://metadata.google.internal/", "hook.address.private")]
    [InlineData("https://a.localhost/", "hook.address.private")]
    [InlineData("https://router.home.arpa/", "hook.address.private")]
    public void Refused(string? typed, string code)
    {
        var (address, no) = HookAddress.Of(typed, staysHere: false);
        address.ShouldBeNull();
        (no?.Code).ShouldBe(code);
    }

    [Fact]
    public void Too_long() =>
        (HookAddress.Of("https://example.com/" + new string('a', HookAddress.LengthMax), false).No?.Code).ShouldBe(
            "hook.address"
        );

    [Theory]
    [InlineData("http://127.0.0.1:5000/x", null)]
    [InlineData("http://localhost:5000/x", null)]
    [InlineData("http://10.0.0.1/x", "hook.address.https")]
    public void On_one_machine(string typed, string? code) =>
        (HookAddress.Of(typed, staysHere: true).No?.Code).ShouldBe(code);
}
