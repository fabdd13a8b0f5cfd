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

    /// <summary>Lets one in.</summary>
    /// <param name="isFull">There is room for no more from anybody; otherwise, for no more of this address.</param>
    public bool TryEnter(string address, out bool isFull)
    {
        lock (gate)
        {
            var here = byAddress.GetValueOrDefault(address);
            isFull = all >= costs.AtOnce;
            if (isFull || here >= costs.AtOnceByAddress)
                return false;
            byAddress[address] = here + 1;
            all++;
            return true;
        }
    }

    /// <summary>It is over, however it ended.</summary>
    public void Leave(string address)
    {
        lock (gate)
        {
            all--;
            if (--byAddress[address] == 0)
                byAddress.Remove(address);
        }
    }
}
