using System.Diagnostics;
using System.Globalization;
using System.Net;
using Hengping.App.Platform;

namespace Hengping.App.Bench;

/// <summary>This program serving in a process of its own, so that its memory and threads are its own.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process server;

    private ServerProcess(Process server, IPEndPoint address)
    {
        this.server = server;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Largest resident memory so far, MB (VmHWM where the system tells, else the peak working set).</summary>
    public double MemoryMb => OfStatus("VmHWM:") ?? Bytes(process => process.PeakWorkingSet64);

    /// <summary>Resident memory now, MB.</summary>
    public double ResidentMb => OfStatus("VmRSS:") ?? Bytes(process => process.WorkingSet64);

    /// <summary>Bytes it had written to disks so far; null where the system does not tell.</summary>
    public double? Written
    {
        get
        {
            const string written = "write_bytes:";
            var io = $"/proc/{server.Id}/io";
            return File.Exists(io)
                ? double.Parse(
                    File.ReadLines(io).First(l => l.StartsWith(written, StringComparison.Ordinal))[written.Length..],
                    CultureInfo.InvariantCulture
                )
                : null;
        }
    }

    /// <summary>Open files and sockets.</summary>
    public int Handles
    {
        get
        {
            var open = $"/proc/{server.Id}/fd";
            if (Directory.Exists(open))
                return Directory.EnumerateFileSystemEntries(open).Count();
            server.Refresh();
            return server.HandleCount;
        }
    }

    /// <summary>Processor seconds used so far.</summary>
    public double CpuSeconds
    {
        get
        {
            server.Refresh();
            return server.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts <c>hengping serve</c> on a free port and waits until it is ready.</summary>
    public static async Task<ServerProcess> Start(
        StorePlace place,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken ct
    )
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        // Started as `dotnet hengping.dll` the process is the host, and needs the assembly again.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        string[] serve = ["serve", "--urls", "http://127.0.0.1:0", "--data", place.Data, "--keys", place.Keys];
        foreach (var argument in serve)
            start.ArgumentList.Add(argument);
        if (place.Postgres is { } connection)
        {
            start.ArgumentList.Add("--db");
            start.ArgumentList.Add(connection);
        }
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync(ct);
        try
        {
            return new ServerProcess(process, await Listening(process, ct));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!server.HasExited)
            server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private double? OfStatus(string name)
    {
        var status = $"/proc/{server.Id}/status";
        if (!File.Exists(status))
            return null;
        var line = File.ReadLines(status).First(l => l.StartsWith(name, StringComparison.Ordinal));
        var kb = line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return double.Parse(kb, CultureInfo.InvariantCulture) / 1024;
    }

    private double Bytes(Func<Process, long> of)
    {
        server.Refresh();
        return of(server) / (1024.0 * 1024);
    }

    private static async Task<IPEndPoint> Listening(Process process, CancellationToken ct)
    {
        var heard = new List<string>();
        while (await process.StandardError.ReadLineAsync(ct) is { } line)
        {
            heard.Add(line);
            if (line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardError.ReadToEndAsync(ct);
                return IPEndPoint.Parse(line[(at + "http://".Length)..].Trim().TrimEnd('/'));
            }
        }
        throw new Refused("bench.server", "服务没有启动", "The server did not start: " + string.Join(" ", heard));
    }
}
