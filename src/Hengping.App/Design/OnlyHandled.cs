using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Hengping.App.Design;

/// <summary>
/// Where no handler fits, the framework shows the page without one: unread, and for whoever asks, as pages ask who it
/// is in their handlers. Such a method is refused; a page that is only shown has none for GET.
/// </summary>
public sealed class OnlyHandled : IPageFilter
{
    /// <inheritdoc/>
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    /// <inheritdoc/>
    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var (handlers, method) = (context.ActionDescriptor.HandlerMethods, context.HttpContext.Request.Method);
        var isLook = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var hasLook = handlers.Any(handler => HttpMethods.IsGet(handler.HttpMethod));
        if (context.HandlerMethod is not null || context.HandlerInstance is ErrorPage || (isLook && !hasLook))
            return;
        string[] taken = ["GET", "HEAD", .. handlers.Select(handler => handler.HttpMethod.ToUpperInvariant())];
        context.HttpContext.Response.Headers.Allow = string.Join(", ", taken.Distinct(StringComparer.Ordinal));
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    /// <inheritdoc/>
    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
