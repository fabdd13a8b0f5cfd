using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hengping.App.Platform;

/// <summary>The one mapping from refusals and faults to RFC 9457 problems, in the language asked for.</summary>
public static class Problems
{
    /// <summary>A rule said no: 409 unless the door knows better.</summary>
    public static ProblemHttpResult AsProblem(this Refusal refusal, int status = StatusCodes.Status409Conflict) =>
        TypedResults.Problem(
            title: CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? refusal.En : refusal.Zh,
            statusCode: status,
            type: $"urn:hengping:{refusal.Code}",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusal.Code }
        );

    /// <summary>Too often: 429, and when it is worth asking again.</summary>
    public static ProblemHttpResult AsSlow(this Refusal refusal, HttpContext http)
    {
        http.Response.RetryAfter(refusal.Wait ?? TimeSpan.Zero);
        return refusal.AsProblem(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Fields are wrong: 400 with a message per field.</summary>
    public static ProblemHttpResult Fields(IReadOnlyDictionary<string, Refusal> errors)
    {
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        return TypedResults.Problem(
            title: english ? "Some fields need a look" : "有些内容需要修改",
            statusCode: StatusCodes.Status400BadRequest,
            type: "urn:hengping:request.invalid",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = "request.invalid",
                ["errors"] = errors.ToDictionary(
                    e => e.Key,
                    e => new[] { english ? e.Value.En : e.Value.Zh },
                    StringComparer.Ordinal
                ),
            }
        );
    }

    /// <summary>Unknown or not yours: one answer for both.</summary>
    public static readonly Refusal NotFound = new(
        "not-found",
        "没有找到，或您无权查看",
        "Not found, or not yours to see"
    );

    /// <summary>Your role never may.</summary>
    public static readonly Refusal NotYourRole = Roles.NotYours;

    /// <summary>No or bad token.</summary>
    public static readonly Refusal NotSignedIn = new("unauthorized", "请先登录", "Please sign in first");

    /// <summary>A lost race.</summary>
    public static readonly Refusal Raced = new(
        "race",
        "内容刚刚被别人更新，请刷新后再试",
        "Somebody changed this a moment ago; reload and try again"
    );
}
