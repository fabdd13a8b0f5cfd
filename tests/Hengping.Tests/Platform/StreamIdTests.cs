using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Ids that are computed: stored streams hang on them.</summary>
public sealed class StreamIdTests
{
    [Fact]
    public void A_stream_beside_others_is_found_by_the_same_hash_for_ever()
    {
        var complaint = new Guid("01020304-0506-0708-090a-0b0c0d0e0f10");
        var merchant = new Guid("11121314-1516-1718-191a-1b1c1d1e1f20");
        // SHA-256 of "link" and both ids as they are written, its first 16 bytes.
        StreamId.Beside("link", complaint, merchant).ShouldBe(new Guid("1c0f60b0-e861-32e3-36b4-7fba95abdfa8"));
    }
}
