namespace Hengping.Rules;

/// <summary>Whose key seals a secret.</summary>
public enum KeyOf
{
    /// <summary>The key of the stream the event stands in: a case for its texts, a person for contact data.</summary>
    Stream,

    /// <summary>
    /// The key of the person the event speaks of, when that is not the stream itself, and the stream's as well: erasing
    /// either erases it.
    /// </summary>
    Person,
}

/// <summary>
/// Marks what is sealed before it is stored: people's words and how to reach them. What is not marked is a fact that
/// ratings and rules need, stays readable when the key is destroyed, and so must never name a person.
/// A sealed property is nullable: after an erasure it reads as null.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute(KeyOf key = KeyOf.Stream) : Attribute
{
    /// <summary>Whose key.</summary>
    public KeyOf Key { get; } = key;
}
