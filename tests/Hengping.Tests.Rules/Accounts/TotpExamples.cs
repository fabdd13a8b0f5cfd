using System.Text;
using Hengping.Rules.Accounts;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>Codes by time, held against RFC 6238 appendix B and RFC 4648 § 10.</summary>
public sealed class TotpExamples
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long seconds, string code)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Totp.CodeOf(Secret, Totp.StepOf(at)).ShouldBe(code);
        Totp.Match(Secret, code, at, after: 0).ShouldBe(Totp.StepOf(at));
    }

    [Fact]
    public void A_code_is_taken_one_step_around_and_never_at_or_before_the_last()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var here = Totp.StepOf(now);
        for (var apart = -3; apart <= 3; apart++)
        {
            var found = Totp.Match(Secret, Totp.CodeOf(Secret, here + apart), now, after: 0);
            found.ShouldBe(Math.Abs(apart) <= 1 ? here + apart : null);
        }
        Totp.Match(Secret, Totp.CodeOf(Secret, here), now, after: here).ShouldBeNull();
        Totp.Match(Secret, Totp.CodeOf(Secret, here - 1), now, after: here).ShouldBeNull();
        Totp.Match(Secret, "", now, after: 0).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    [InlineData("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void Secrets_are_typed_as_base32(string plain, string text)
    {
        Totp.ToText(Encoding.ASCII.GetBytes(plain)).ShouldBe(text);
        Totp.ToBytes(text.ToLowerInvariant()).ShouldBe(Encoding.ASCII.GetBytes(plain));
        Totp.ToBytes("M1").ShouldBeNull("1 is no sign of base32");
    }
}
