using FsCheck;
using FsCheck.Fluent;
using Hengping.Rules.Fields;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Case numbers: readable, unguessable, with a check character.</summary>
public sealed class CaseNumbers
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static void Holds(Func<ulong, bool> property) =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), property));

    [Fact]
    public void Every_number_is_read_back_however_it_is_typed() =>
        Holds(random =>
        {
            var number = CaseNumber.From(random);
            var sloppy = " " + number.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l').Replace('-', ' ') + " ";
            return number.Length == 14
                && CaseNumber.Parse(number) == number
                && CaseNumber.Parse(sloppy) == number
                && CaseNumber.Parse(number.Replace("-", "")) == number;
        });

    [Fact]
    public void One_wrong_character_is_found() =>
        Holds(random =>
        {
            var number = CaseNumber.From(random).Replace("-", "");
            var at = (int)(random >> 55) % 12;
            var wrong = Alphabet.Where(c => c != number[at]).Select(c => number[..at] + c + number[(at + 1)..]);
            return wrong.All(w => CaseNumber.Parse(w) is null);
        });

    [Fact]
    public void Two_swapped_characters_are_found() =>
        Holds(random =>
        {
            var number = CaseNumber.From(random).Replace("-", "");
            var swaps =
                from i in Enumerable.Range(0, 12)
                from j in Enumerable.Range(0, 12)
                where i < j && number[i] != number[j]
                select number[..i] + number[j] + number[(i + 1)..j] + number[i] + number[(j + 1)..];
            return swaps.All(s => CaseNumber.Parse(s) is null);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000-0000-000")]
    [InlineData("0000-0000-0000-0")]
    [InlineData("U000-0000-0000")]
    [InlineData("\uD800000-0000-0000'; drop")]
    public void What_is_none_is_none(string? typed) => CaseNumber.Parse(typed).ShouldBeNull();
}
