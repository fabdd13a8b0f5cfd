using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>How a house rule reports: every place at once, as <c>file:line: what</c>, and what to do instead.</summary>
public static class HouseRule
{
    /// <summary>Fails when anything breaks the rule.</summary>
    public static void Holds(IEnumerable<string> broken, string instead)
    {
        var places = broken.ToList();
        if (places.Count > 0)
            Assert.Fail($"{instead}\n{string.Join('\n', places)}");
    }
}
