using System.Text.Json;
using System.Text.Json.Serialization;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// A NUL is in no text that anybody wrote, and PostgreSQL keeps none: it is refused where it comes in, by address or
/// JSON; a form with one the framework itself does not read. Other control characters are the rules' matter, which
/// drop them from texts and refuse them in names.
/// </summary>
public static class CleanText
{
    private static readonly Refusal Unclean = new(
        "request.control-character",
        "内容中有不可见的控制字符（NUL）",
        "The request holds an invisible control character (NUL)"
    );

    /// <summary>Refuses addresses with a NUL, escaped or not.</summary>
    public static void UseCleanText(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                var isClean =
                    !http.Request.Path.Value.AsSpan().Contains('\0')
                    && !(http.Request.QueryString.Value ?? "").Contains("%00", StringComparison.Ordinal);
                if (isClean)
                    return next(http);
                if (http.Request.Path.StartsWithSegments("/api"))
                    return Unclean.AsProblem(StatusCodes.Status400BadRequest).ExecuteAsync(http);
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );

    /// <summary>Refuses JSON texts with a NUL, as a value of the wrong form.</summary>
    public sealed class InJson : JsonConverter<string>
    {
        /// <inheritdoc/>
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException("not a string");
            var text = reader.GetString();
            return text is not null && text.Contains('\0', StringComparison.Ordinal)
                ? throw new JsonException("a NUL in a string")
                : text;
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
