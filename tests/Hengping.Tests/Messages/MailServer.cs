using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Hengping.Tests.Messages;

/// <summary>A small SMTP server on a free loopback port: it takes mail, or says what it is told to say.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Mail> mails = [];
    private readonly Task serving;

    /// <summary>One delivered message, decoded.</summary>
    public sealed record Mail(string From, string To, IReadOnlyDictionary<string, string> Headers, string Body);

    public MailServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = Serve();
    }

    public int Port { get; }

    public IReadOnlyList<Mail> Mails => [.. mails];

    /// <summary>How often somebody named a recipient, taken or not.</summary>
    public int Asked { get; private set; }

    /// <summary>
    /// What it says to a recipient; 250 takes the mail. <c>{0}</c> is the address, as real servers say it.
    /// </summary>
    public string OnRecipient { get; set; } = "250 ok";

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await Talk(client.GetStream());
            }
        }
        catch (Exception stopped)
            // Stopped while it waits, or between two calls.
            when (stopped is SocketException or ObjectDisposedException or InvalidOperationException) { }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false));
        (writer.NewLine, writer.AutoFlush) = ("\r\n", true);
        string from = "";
        string to = "";
        await writer.WriteLineAsync("220 mail.test ESMTP");
        while (await reader.ReadLineAsync() is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "MAIL")
                from = Address(line);
            if (word == "RCPT")
            {
                to = Address(line);
                Asked++;
            }
            if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                mails.Enqueue(await Read(reader, from, to));
            }
            await writer.WriteLineAsync(
                word switch
                {
                    "RCPT" => OnRecipient.Replace("{0}", to, StringComparison.Ordinal),
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                }
            );
            if (word == "QUIT")
                return;
        }
    }

    private static string Address(string line) => Regex.Match(line, "<([^>]*)>").Groups[1].Value;

    private static async Task<Mail> Read(StreamReader reader, string from, string to)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        var blank = lines.IndexOf("");
        var folded = string.Join("\n", lines[..blank]);
        var headers = Regex
            .Replace(folded, "\n[ \t]+", " ")
            .Split('\n')
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0].ToLowerInvariant(), pair => Words(pair[1].Trim()));
        var body = string.Join("\n", lines[(blank + 1)..]);
        return new Mail(
            from,
            to,
            headers,
            Decode(headers.GetValueOrDefault("content-transfer-encoding", "7bit"), body)
        );
    }

    /// <summary>Encoded words of RFC 2047, as a mail program shows them.</summary>
    private static string Words(string header) =>
        Regex.Replace(
            Regex.Replace(header, @"\?=\s+=\?", "?==?"),
            @"=\?utf-8\?(B|Q)\?([^?]*)\?=",
            word =>
                word.Groups[1].Value.Equals("B", StringComparison.OrdinalIgnoreCase)
                    ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
                    : Quoted(word.Groups[2].Value.Replace('_', ' ')),
            RegexOptions.IgnoreCase
        );

    private static string Decode(string encoding, string body) =>
        encoding.ToLowerInvariant() switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings(""))),
            "quoted-printable" => Quoted(body.Replace("=\n", "", StringComparison.Ordinal)),
            _ => body,
        };

    private static string Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Dispose();
    }
}
