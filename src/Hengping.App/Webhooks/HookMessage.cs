using System.Globalization;
using System.Text.Json;
using Hengping.App.Platform;

namespace Hengping.App.Webhooks;

/// <summary>
/// What a webhook says: that something happened to a case, and which. No words, no names, no sums: whoever may read the
/// case reads them at the API.
/// </summary>
/// <param name="Id">The same for every try and every replay: by it the receiver tells them to be one.</param>
/// <param name="Position">Order over the whole log.</param>
/// <param name="Object">The case's id.</param>
/// <param name="At">When it happened.</param>
public sealed record HookMessage(Guid Id, long Position, string Kind, Guid Object, string Number, DateTimeOffset At)
{
    /// <summary>Kind of a message that its owner sends on trial.</summary>
    public const string TestKind = "webhook.test";

    /// <summary>As it is sent.</summary>
    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(this, Cli.JsonFormat);

    /// <summary>What happened at a position, to a webhook.</summary>
    public static HookMessage Of(Guid hook, HookRow row) =>
        new(
            StreamId.Beside("hook." + row.Position.ToString(CultureInfo.InvariantCulture), hook),
            row.Position,
            row.Kind,
            row.Object,
            row.Number,
            DateTimeOffset.FromUnixTimeMilliseconds(row.At)
        );
}

/// <summary>One delivery as it stands.</summary>
public sealed record HookRow(
    long Position,
    Guid Object,
    string Number,
    string Kind,
    long At,
    string State,
    int Tries,
    long? FirstAt,
    long NextAt,
    long? DoneAt,
    string? Fault
)
{
    /// <summary>Its columns.</summary>
    public const string Columns =
        "d.position as Position, d.object as Object, d.number as Number, d.kind as Kind, d.at as At, "
        + "d.state as State, d.tries as Tries, d.first_at as FirstAt, d.next_at as NextAt, d.done_at as DoneAt, "
        + "d.fault as Fault";
}
