using Hengping.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class PostgresTests
{
    [Fact]
    public async Task A_new_database_is_empty_and_its_own()
    {
        await using var one = new NpgsqlConnection(Postgres.NewDatabase());
        await using var other = new NpgsqlConnection(Postgres.NewDatabase());
        await one.OpenAsync(TestContext.Current.CancellationToken);
        await other.OpenAsync(TestContext.Current.CancellationToken);

        one.Database.ShouldNotBe(other.Database);
    }
}
