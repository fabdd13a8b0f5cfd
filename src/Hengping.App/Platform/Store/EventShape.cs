using System.Buffers;
using System.Buffers.Text;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// One kind of event, looked at once: how its facts are written, and which of its properties are sealed.
/// </summary>
internal sealed class EventShape
{
    private const byte BothKeys = 2;
    private const int PadMax = 1 << 20;
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly JsonTypeInfo facts;
    private readonly Sealed[] secrets;
    private readonly Func<object, object> clone;
    private readonly byte[] kindBytes;

    // A thread writes one thing after another on the same pad; what is written there is copied or sealed at once.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? PadOfThread;

    private sealed record Sealed(JsonPropertyInfo Property, JsonTypeInfo Type, byte[] Name, KeyOf Key);

    public EventShape(string kind, Book book, JsonTypeInfo facts, JsonSerializerOptions secretFormat)
    {
        Kind = kind;
        Book = book;
        kindBytes = Encoding.UTF8.GetBytes(kind);
        this.facts = facts;
        secrets =
        [
            .. from property in facts.Properties
            let marks = property.AttributeProvider?.GetCustomAttributes(typeof(SecretAttribute), inherit: true)
            where marks is { Length: > 0 }
            select new Sealed(
                property,
                secretFormat.GetTypeInfo(property.PropertyType),
                Encoding.UTF8.GetBytes(property.Name),
                ((SecretAttribute)marks[0]).Key
            ),
        ];
        clone = typeof(object)
            .GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object, object>>();
    }

    /// <summary>As <c>complaint.filed</c>.</summary>
    public string Kind { get; }

    /// <summary>Whose event it is.</summary>
    public Book Book { get; }

    /// <summary>What its events are.</summary>
    public JsonTypeInfo Facts => facts;

    /// <summary>With whose key a property is sealed; null where it lies open.</summary>
    public KeyOf? SealedWith(JsonPropertyInfo property) => Array.Find(secrets, one => one.Property == property)?.Key;

    public object WithoutSecrets(object happened)
    {
        if (secrets.Length == 0)
            return happened;
        var bare = clone(happened);
        foreach (var secret in secrets)
            secret.Property.Set!(bare, null);
        return bare;
    }

    public byte[] Write(object happened, Guid stream, long streamKey, long? personKey, KeyRing keys)
    {
        var ofCase = Seal(happened, KeyOf.Stream, stream, streamKey, keys);
        // A person outlives the case: their box lies in one of the case's, and goes with whichever key goes first.
        var ofBoth = Seal(happened, KeyOf.Person, stream, personKey, keys) is { } ofPerson
            ? keys.Seal(streamKey, ofPerson, Context(stream, BothKeys))
            : null;
        var (buffer, writer) = Pad();
        JsonSerializer.Serialize(writer, happened, facts);
        writer.Flush();
        return (ofCase, ofBoth) is (null, null)
            ? buffer.WrittenSpan.ToArray()
            : WithBoxes(buffer.WrittenSpan, ofCase, ofBoth);
    }

    public object Read(ReadOnlySpan<byte> body, Guid stream, KeyRing? keys)
    {
        var happened = JsonSerializer.Deserialize(body, facts)!;
        if (keys is null || secrets.Length == 0)
            return happened;
        var isErased = false;
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOfStream = Is(ref reader, Boxes.OfStream, Boxes.OldOfStream);
            var isOfBoth = Is(ref reader, Boxes.OfBoth, Boxes.OldOfBoth);
            var isOfPerson = reader.ValueTextEquals(Boxes.OldOfPerson.EncodedUtf8Bytes);
            reader.Read();
            if (isOfStream)
                isErased = !Open(happened, Boxes.Read(ref reader), stream, KeyOf.Stream, keys);
            else if (isOfBoth)
                Open(happened, OfPerson(Boxes.Read(ref reader), stream, keys), stream, KeyOf.Person, keys);
            else if (isOfPerson && !isErased)
                Open(happened, reader.GetBytesFromBase64(), stream, KeyOf.Person, keys);
            else
                reader.Skip();
        }
        return happened;
    }

    private static bool Is(ref Utf8JsonReader reader, JsonEncodedText name, JsonEncodedText before) =>
        reader.ValueTextEquals(name.EncodedUtf8Bytes) || reader.ValueTextEquals(before.EncodedUtf8Bytes);

    private byte[]? OfPerson(byte[]? box, Guid stream, KeyRing keys) =>
        box is null ? null : keys.Unseal(box, Context(stream, BothKeys));

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Pad()
    {
        if (PadOfThread is not { } mine || mine.Buffer.Capacity > PadMax)
        {
            var buffer = new ArrayBufferWriter<byte>(4096);
            PadOfThread = mine = (buffer, new Utf8JsonWriter(buffer, Compact));
        }
        mine.Buffer.Clear();
        mine.Writer.Reset();
        return mine;
    }

    private byte[]? Seal(object happened, KeyOf whose, Guid stream, long? slot, KeyRing keys)
    {
        ArrayBufferWriter<byte>? buffer = null;
        Utf8JsonWriter? writer = null;
        foreach (var secret in secrets)
        {
            if (secret.Key != whose || secret.Property.Get!(happened) is not { } value)
                continue;
            if (writer is null)
            {
                (buffer, writer) = Pad();
                writer.WriteStartObject();
            }
            writer.WritePropertyName(secret.Name);
            JsonSerializer.Serialize(writer, value, secret.Type);
        }
        if (writer is null)
            return null;
        writer.WriteEndObject();
        writer.Flush();
        if (slot is null or 0)
            throw new InvalidOperationException($"{Kind} holds a secret of a {whose} whose key was not given");
        return keys.Seal(slot.Value, buffer!.WrittenSpan, Context(stream, (byte)whose));
    }

    // False where the key is gone, or the box.
    private bool Open(object happened, byte[]? box, Guid stream, KeyOf whose, KeyRing keys)
    {
        if (box is null || keys.Unseal(box, Context(stream, (byte)whose)) is not { } plain)
            return false;
        var reader = new Utf8JsonReader(plain);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var secret = Named(ref reader);
            reader.Read();
            if (secret is null)
                reader.Skip();
            else
                secret.Property.Set!(happened, JsonSerializer.Deserialize(ref reader, secret.Type));
        }
        return true;
    }

    // Whichever box it lies in: logs from before may hold it in another than events of today.
    private Sealed? Named(ref Utf8JsonReader reader)
    {
        foreach (var secret in secrets)
        {
            if (reader.ValueTextEquals(secret.Name))
                return secret;
        }
        return null;
    }

    // The facts' object reopened: the boxes stand last in it.
    private static byte[] WithBoxes(ReadOnlySpan<byte> facts, byte[]? ofCase, byte[]? ofBoth)
    {
        var boxes = Room(Boxes.OfStream, ofCase) + Room(Boxes.OfBoth, ofBoth);
        var buffer = new ArrayBufferWriter<byte>(facts.Length + boxes);
        buffer.Write(facts[..^1]);
        var isFirst = facts.Length == 2;
        Put(buffer, Boxes.OfStream, ofCase, ref isFirst);
        Put(buffer, Boxes.OfBoth, ofBoth, ref isFirst);
        buffer.Write("}"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static int Room(JsonEncodedText name, byte[]? box) =>
        box is null ? 0 : name.EncodedUtf8Bytes.Length + 8 + Base64.GetMaxEncodedToUtf8Length(box.Length);

    private static void Put(ArrayBufferWriter<byte> buffer, JsonEncodedText name, byte[]? box, ref bool isFirst)
    {
        if (box is null)
            return;
        if (!isFirst)
            buffer.Write(","u8);
        isFirst = false;
        buffer.Write("\""u8);
        buffer.Write(name.EncodedUtf8Bytes);
        buffer.Write("\":\""u8);
        var room = buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(box.Length));
        Base64.EncodeToUtf8(box, room, out _, out var written);
        buffer.Advance(written);
        buffer.Write("\""u8);
    }

    private byte[] Context(Guid stream, byte whose)
    {
        var context = new byte[17 + kindBytes.Length];
        stream.TryWriteBytes(context, bigEndian: true, out _);
        context[16] = whose;
        kindBytes.CopyTo(context, 17);
        return context;
    }
}
