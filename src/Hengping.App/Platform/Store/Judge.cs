namespace Hengping.App.Platform;

/// <summary>
/// Decides a batch of commits in order, in memory, under the log's lock: who lost a race gets its own answer and
/// leaves no trace; what survives goes into one draft. Two commits on one stream see each other.
/// </summary>
internal sealed class Judge(Ground ground, DateTimeOffset now)
{
    long position = ground.Position;

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

    // A claim that another change of the same commit releases is free.
    Outcome.Taken? FirstTaken(Commit commit)
    {
        foreach (var change in commit.Changes)
        foreach (var claim in change.Claimed)
        {
            if (!ground.Claims.TryGetValue(claim, out var holder) || holder == change.Stream)
                continue;
            if (!commit.Changes.Any(c => c.Stream == holder && c.Released.Contains(claim)))
                return new Outcome.Taken(claim, holder);
        }
        return null;
    }

    void Release(Change change)
    {
        foreach (var claim in change.Released)
        {
            if (ground.Claims.TryGetValue(claim, out var holder) && holder == change.Stream)
            {
                ground.Claims.Remove(claim);
                if (!Draft.Claims.ContainsKey(claim))
                    Draft.Freed.Add(claim);
                Draft.Claims[claim] = null;
            }
        }
    }

    void Keep(Change change)
    {
        foreach (var claim in change.Claimed)
        {
            if (ground.Claims.TryAdd(claim, change.Stream))
                Draft.Claims[claim] = change.Stream;
            else if (ground.Claims[claim] != change.Stream)
                throw new InvalidOperationException($"One commit claims {claim.Scope} for two streams");
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
