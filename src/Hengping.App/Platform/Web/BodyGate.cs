namespace Hengping.App.Platform;

/// <summary>
/// How many large bodies are being read at once, by address and in all: in this process, whose disk and memory they
/// cost.
/// </summary>
public sealed class BodyGate(BodyCosts costs)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> byAddress = new(StringComparer.Ordinal);
    private int all;
    private long expected;

    /// <summary>What bodies may cost.</summary>
    public BodyCosts Costs => costs;

    /// <summary>How many are inside now.</summary>
    public int Inside
    {
        get
        {
            lock (gate)
                return all;
        }
    }

    /// <summary>What may still be laid down for those inside: each once as a form and once as a file.</summary>
    public long DiskBytes
    {
        get
        {
            lock (gate)
                return 2 * expected;
        }
    }

    /// <summary>Lets one in.</summary>
    /// <param name="bytes">As long as it says it is, or may be.</param>
    /// <param name="isFull">There is room for no more from anybody; otherwise, for no more of this address.</param>
    public bool TryEnter(string address, long bytes, out bool isFull)
    {
        lock (gate)
        {
            var here = byAddress.GetValueOrDefault(address);
            isFull = all >= costs.AtOnce;
            if (isFull || here >= costs.AtOnceByAddress)
                return false;
            byAddress[address] = here + 1;
            all++;
            expected += bytes;
            return true;
        }
    }

    /// <summary>It is over, however it ended.</summary>
    public void Leave(string address, long bytes)
    {
        lock (gate)
        {
            all--;
            expected -= bytes;
            if (--byAddress[address] == 0)
                byAddress.Remove(address);
        }
    }
}
