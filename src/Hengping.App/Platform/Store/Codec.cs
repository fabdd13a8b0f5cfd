using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// Events to stored bytes and back. The body is one JSON object: facts in camelCase without nulls, and two boxes with
/// the sealed properties in base64 (<see cref="Boxes"/>): one under the stream's key, one under the person's and the
/// stream's. What is sealed is bound to its stream and kind: a box copied elsewhere does not open. Boxes of which a key
/// is gone read as null.
/// </summary>
internal sealed class Codec
{
    private readonly KeyRing keys;
    private readonly Dictionary<Type, EventShape> byType = [];
    private readonly Dictionary<string, EventShape> byKind = new(StringComparer.Ordinal);

    public Codec(IEnumerable<Book> books, KeyRing keys)
    {
        this.keys = keys;
        var facts = Format(withSecrets: false);
        var secrets = Format(withSecrets: true);
        foreach (var book in books)
        foreach (var type in book.EventTypes)
        {
            var kind = book.KindOf(type);
            var shape = new EventShape(kind, book, facts.GetTypeInfo(type), secrets);
            byType.Add(type, shape);
            byKind.Add(kind, shape);
        }
    }

    /// <summary>Every kind the books know.</summary>
    public IReadOnlyCollection<EventShape> Shapes => byKind.Values;

    /// <summary>The stored form of an event.</summary>
    /// <param name="personKey">Slot of the person's key; needed when the event holds a person's secret.</param>
    public NewEvent Encode(
        Guid stream,
        long streamKey,
        long? personKey,
        object happened,
        DateTimeOffset at,
        string author
    )
    {
        var shape = byType[happened.GetType()];
        return new NewEvent(shape.Kind, at, author, shape.Write(happened, stream, streamKey, personKey, keys));
    }

    /// <summary>
    /// The event with its prints and without its secrets: what a state is folded from, now and at every rebuild.
    /// </summary>
    public object WithoutSecrets(object happened, Prints prints)
    {
        var shape = byType[happened.GetType()];
        var isPrinted = shape.Book.IsPrintedAny(happened);
        return shape.WithoutSecrets(isPrinted ? shape.Book.PrintedAny(happened, prints) : happened);
    }

    /// <summary>
    /// The event of a body, with its prints; secrets stay null unless <paramref name="unseal"/>. Prints stand in no
    /// log: they are made of what is sealed, so that they end with its key, and with their own.
    /// </summary>
    public object Decode(string kind, Guid stream, ReadOnlySpan<byte> body, bool unseal, Prints? prints = null)
    {
        if (!byKind.TryGetValue(kind, out var shape))
            throw new InvalidOperationException($"The log holds a kind that no book knows: {kind}");
        var happened = shape.Read(body, stream, unseal ? keys : null);
        if (!shape.Book.IsPrintedAny(happened))
            return happened;
        var printed = shape.Book.PrintedAny(unseal ? happened : shape.Read(body, stream, keys), prints ?? keys.Prints);
        return unseal ? printed : shape.WithoutSecrets(printed);
    }

    private static JsonSerializerOptions Format(bool withSecrets)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (!withSecrets)
            resolver.Modifiers.Add(LeaveSecretsOut);
        return new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            TypeInfoResolver = resolver,
        };
    }

    private static void LeaveSecretsOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.IsDefined(typeof(SecretAttribute), inherit: true) != true)
                continue;
            if (type.Type is { IsNested: true, BaseType.IsAbstract: true })
            {
                property.ShouldSerialize = static (_, _) => false;
                property.IsRequired = false;
            }
            else
            {
                throw new InvalidOperationException($"{type.Type}.{property.Name}: only events hold secrets");
            }
        }
    }
}
