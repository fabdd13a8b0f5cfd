using Dapper;
using Hengping.App.Platform;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>SQLite without room, and SQLite that another process holds: said in a word, whole again after.</summary>
public sealed class FullDiskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_full_disk_takes_nothing_by_half_and_goes_on_when_there_is_room()
    {
        await using var toys = await ToyStore.Open("sqlite");
        await toys.Made("before");
        await toys.Store.Alone(
            session =>
            {
                var pages = session.Connection.ExecuteScalar<long>("pragma page_count");
                return session.Connection.ExecuteScalar<long>($"pragma max_page_count = {pages + 8}");
            },
            None
        );

        var large = new string('x', 200_000);
        (await Should.ThrowAsync<StoreAway>(() => toys.Made(large))).Refusal.ShouldBe(StoreAway.Away);
        // One that needs room does not take the neighbours along.
        await toys.Made("small");
        await toys.Store.Alone(
            session => session.Connection.ExecuteScalar<long>("pragma max_page_count = 1000000"),
            None
        );
        await toys.Made(large);

        (await LogDigest.Of(toys.Store, null, None)).ShouldSatisfyAllConditions(
            digest => digest.Break.ShouldBeNull(),
            digest => digest.Events.ShouldBe(3)
        );
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_waited_for_some_seconds()
    {
        await using var toys = await ToyStore.Open("sqlite");
        await using var other = new SqliteConnection($"Data Source={Path.Combine(toys.Place.Data, "hengping.db")}");
        await other.OpenAsync(None);
        await using (var held = other.BeginTransaction(deferred: false))
        {
            var late = Should.ThrowAsync<StoreAway>(() => toys.Made("late"));
            // Stands behind it in the queue, and does not wait as long.
            (await toys.Store.Pulse(None)).ShouldBe(StoreAway.Away);
            (await late).Refusal.ShouldBe(StoreAway.Away);
        }

        await toys.Made("in time");
        (await toys.Store.Head(None)).ShouldBe(1);
    }
}
