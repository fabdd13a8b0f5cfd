using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Hengping.Tests.Harness;

/// <summary>Where in what a program sends the cut comes.</summary>
public enum CutWhere
{
    /// <summary>What holds the mark is not let through.</summary>
    Before,

    /// <summary>It is let through up to the mark: the server waits for the rest.</summary>
    Within,

    /// <summary>It is let through, and the answer is not.</summary>
    After,
}

/// <summary>
/// A network cable between a program and PostgreSQL that can be cut in silence: nothing goes through any more, both
/// ways, and neither side hears of it, by no FIN and no RST. What was connected then is dead for ever, as behind a
/// firewall that forgot it; who connects while it is cut is let in and hears nothing. <see cref="Mend"/> is for
/// connections made after it.
/// </summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener near = new(IPAddress.Loopback, 0);
    private readonly EndPoint far;
    private readonly CancellationTokenSource over = new();
    private readonly List<Socket> ends = [];
    private readonly Lock gate = new();
    private Strand strand = new();
    private Trap? trap;

    private sealed class Strand
    {
        public volatile bool IsCut;
    }

    private sealed record Trap(CutWhere Where, Queue<byte[]> Marks, TaskCompletionSource Sprung)
    {
        /// <summary>The connection that sent the first mark: the others are its, too.</summary>
        public Socket? Of { get; set; }
    }

    private Cable(EndPoint far)
    {
        this.far = far;
        near.Start();
        _ = Accept();
    }

    /// <summary>A cable to the server of a database, and the connection string that goes through it.</summary>
    public static (Cable Cable, string Database) To(string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database);
        var host = settings.Host!;
        EndPoint far = host.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{host}/.s.PGSQL.{settings.Port}")
            : new DnsEndPoint(host, settings.Port);
        var cable = new Cable(far);
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)cable.near.LocalEndpoint).Port;
        settings.SslMode = SslMode.Disable;
        return (cable, settings.ConnectionString);
    }

    /// <summary>Cuts it.</summary>
    public void Cut()
    {
        lock (gate)
            strand.IsCut = true;
    }

    /// <summary>Lets new connections through.</summary>
    public void Mend()
    {
        lock (gate)
            strand = new Strand();
    }

    /// <summary>Cuts it by itself when the program has sent these marks, one after the other.</summary>
    /// <returns>Done when it is cut.</returns>
    public Task CutAt(CutWhere where, params string[] marks)
    {
        lock (gate)
        {
            var sprung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            trap = new Trap(where, new Queue<byte[]>(marks.Select(Encoding.UTF8.GetBytes)), sprung);
            return sprung.Task;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        near.Stop();
        lock (gate)
            ends.ForEach(end => end.Dispose());
        over.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!over.IsCancellationRequested)
            {
                var socket = await near.AcceptSocketAsync(over.Token);
                Strand own;
                lock (gate)
                {
                    ends.Add(socket);
                    own = strand;
                }
                _ = Join(socket, own);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Join(Socket program, Strand own)
    {
        try
        {
            program.NoDelay = true;
            if (own.IsCut)
            {
                await Swallow(program);
                return;
            }
            var kind = far is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork;
            var server = new Socket(kind, SocketType.Stream, ProtocolType.Unspecified);
            lock (gate)
                ends.Add(server);
            await server.ConnectAsync(far, over.Token);
            await Task.WhenAll(Pass(program, server, own, isOut: true), Pass(server, program, own, isOut: false));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone; if the cable is cut, the other does not hear of it.
            if (!own.IsCut)
                program.Dispose();
        }
    }

    private async Task Pass(Socket from, Socket to, Strand own, bool isOut)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer, over.Token);
            if (own.IsCut)
            {
                if (read > 0)
                    continue;
                return;
            }
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }
            var passed = isOut ? Spring(from, own, buffer.AsSpan(0, read)) : read;
            for (var sent = 0; sent < passed; )
                sent += await to.SendAsync(buffer.AsMemory(sent, passed - sent), over.Token);
        }
    }

    /// <summary>How many bytes may still pass.</summary>
    private int Spring(Socket program, Strand own, ReadOnlySpan<byte> sent)
    {
        lock (gate)
        {
            if (trap is not { } set || (set.Of ?? program) != program)
                return sent.Length;
            var from = 0;
            while (set.Marks.TryPeek(out var mark) && sent[from..].IndexOf(mark) is >= 0 and var at)
            {
                set.Marks.Dequeue();
                (set.Of, from) = (program, from + at);
            }
            if (set.Marks.Count > 0)
                return sent.Length;
            (trap, own.IsCut, strand.IsCut) = (null, true, true);
            set.Sprung.SetResult();
            return set.Where switch
            {
                CutWhere.Before => 0,
                CutWhere.Within => from,
                _ => sent.Length,
            };
        }
    }

    private async Task Swallow(Socket from)
    {
        var buffer = new byte[4096];
        while (await from.ReceiveAsync(buffer, over.Token) > 0) { }
    }
}
