using System.Text.Json;
using System.Text.Json.Serialization;
using Hengping.Rules;
using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>A number in a body: a JSON number, or a text as people write sums (<see cref="Sums.Typed"/>).</summary>
internal sealed class SumInJson : JsonConverter<decimal?>
{
    /// <summary>Why a text is no sum; the field is in the path.</summary>
    internal sealed class NoSum(Refusal refusal) : JsonException
    {
        public Refusal Refusal => refusal;
    }

    /// <inheritdoc/>
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var number))
            return number;
        if (reader.TokenType is not JsonTokenType.String)
            throw new JsonException("not a number");
        var (sum, refusal) = Sums.Typed(reader.GetString());
        return refusal is null ? sum : throw new NoSum(refusal);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }
}
