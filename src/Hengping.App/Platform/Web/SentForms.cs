using Hengping.Rules;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Platform;

/// <summary>
/// Forms are read here, once, before a page or its token check is asked: a form that breaks off, or is none, is the
/// sender's fault (400) wherever it was sent to.
/// </summary>
public static class SentForms
{
    /// <summary>It breaks off, or is no form.</summary>
    public static readonly Refusal Broken = new(
        "request.form",
        "提交的表单不完整或格式不对，请重新提交",
        "The form that was sent is broken or incomplete; please send it again"
    );

    /// <summary>Reads the forms of pages.</summary>
    public static void UseSentForms(this WebApplication app, long bytesMax) =>
        app.Use(
            async (http, next) =>
            {
                // A page asks for its form whatever came: none is an empty one.
                if (IsPageWithoutForm(http))
                    Forget(http);
                // Once: the page that says what went wrong comes this way again.
                else if (IsForm(http) && http.Items.TryAdd(typeof(SentForms), value: null))
                {
                    var own = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize;
                    var options = new FormOptions { MultipartBodyLengthLimit = own ?? bytesMax };
                    http.Features.Set<IFormFeature>(new FormFeature(http.Request, options));
                    try
                    {
                        await http.Request.ReadFormAsync(http.RequestAborted);
                    }
                    catch (Exception fault) when (IsTheirs(fault))
                    {
                        Forget(http);
                        await Faults.Say(http, Broken, StatusCodes.Status400BadRequest);
                        return;
                    }
                }
                await next(http);
            }
        );

    /// <summary>What was sent is refused unread: the page that says so asks for no form.</summary>
    public static void Forget(HttpContext http)
    {
        http.Items[typeof(SentForms)] = null;
        http.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
    }

    /// <summary>What a reader of forms throws where what was sent is no form.</summary>
    public static bool IsTheirs(Exception fault) =>
        fault is InvalidDataException or EndOfStreamException
        || (fault is not BadHttpRequestException && StoreAway.IsOfCaller(fault));

    private static bool IsPageWithoutForm(HttpContext http) =>
        !http.Request.HasFormContentType
        && IsAct(http)
        && http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;

    private static bool IsAct(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);

    private static bool IsForm(HttpContext http) =>
        http.Request.HasFormContentType && IsAct(http) && !Faults.IsApi(http) && http.GetEndpoint() is not null;
}
