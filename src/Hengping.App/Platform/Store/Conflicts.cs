namespace Hengping.App.Platform;

/// <summary>
/// Decides a batch of commits in order, in memory, under the log's lock: who lost a race gets its own answer and
/// leaves no trace; what survives goes into one draft. Two commits on one stream see each other.
/// </summary>
internal sealed class Conflicts(BatchState ground, DateTimeOffset now)
{
    private long position = ground.Position;

    public Draft Draft { get; } = new() { RecordedAt = now };

    public Outcome Take(Commit commit)
    {
        if (commit.Once is { } once && ground.Answers.TryGetValue((once.Caller, once.Key), out var first))
        {
            // Whether the same was sent is in a box: the store tells, after this batch.
            return new Outcome.Replayed(first);
        }
        foreach (var change in commit.Changes)
        {
            var isOfNow = change.Prints == 0 || ground.Prints <= 0 || change.Prints == ground.Prints;
            if (!isOfNow || (ground.Heads.GetValueOrDefault(change.Stream)?.Version ?? 0) != change.Expected)
                return new Outcome.Raced(change.Stream);
        }
        if (FirstTaken(commit) is { } taken)
            return taken;
        foreach (var change in commit.Changes)
            Release(change);
        foreach (var change in commit.Changes)
            Keep(change);
        if (commit.Once is { } answered)
        {
            ground.Answers[(answered.Caller, answered.Key)] = answered;
            Draft.Answers.Add(answered with { IsCoarse = commit.Changes.Any(change => change.IsCoarse) });
        }
        return new Outcome.Done(position);
    }

    // A reservation that another change of the same commit releases is free.
    private Outcome.Taken? FirstTaken(Commit commit)
    {
        foreach (var change in commit.Changes)
        foreach (var reservation in change.Reserved)
        {
            if (!ground.Reservations.TryGetValue(reservation, out var holder) || holder == change.Stream)
                continue;
            if (!commit.Changes.Any(c => c.Stream == holder && c.Released.Contains(reservation)))
                return new Outcome.Taken(reservation, holder);
        }
        return null;
    }

    private void Release(Change change)
    {
        foreach (var reservation in change.Released)
        {
            if (ground.Reservations.TryGetValue(reservation, out var holder) && holder == change.Stream)
            {
                ground.Reservations.Remove(reservation);
                if (!Draft.Reservations.ContainsKey(reservation))
                    Draft.Freed.Add(reservation);
                Draft.Reservations[reservation] = null;
            }
        }
    }

    private void Keep(Change change)
    {
        foreach (var reservation in change.Reserved)
        {
            if (ground.Reservations.TryAdd(reservation, change.Stream))
                Draft.Reservations[reservation] = change.Stream;
            else if (ground.Reservations[reservation] != change.Stream)
                throw new InvalidOperationException($"One commit claims {reservation.Scope} for two streams");
        }
        var head = ground.Heads.GetValueOrDefault(change.Stream);
        foreach (var fact in change.Events)
        {
            var stored = new StoredEvent(
                ++position,
                change.Stream,
                (head?.Version ?? 0) + 1,
                fact.Kind,
                fact.At,
                change.IsCoarse ? fact.At : now,
                fact.Author,
                change.KeySlot,
                fact.Body,
                head?.Hash ?? Chain.Root
            );
            Draft.Events.Add(stored);
            head = new Head(stored.Version, Chain.Hash(stored), change.KeySlot);
        }
        // A stream that was only to stand still is not written: its head would speak for a commit that was lost.
        if (head is not null && change.Events.Count > 0)
            ground.Heads[change.Stream] = Draft.Heads[change.Stream] = head;
        foreach (var row in change.Rows)
            Draft.Put(row);
    }
}
