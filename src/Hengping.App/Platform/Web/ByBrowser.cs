namespace Hengping.App.Platform;

/// <summary>What a browser says of a form that it sends, whoever it was that made it do so.</summary>
public static class ByBrowser
{
    /// <summary>
    /// A form that a browser sends to show the answer in place of the page: what scripts and programs send is answered
    /// to them.
    /// </summary>
    public static bool Sent(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && !request.Headers.ContainsKey("HX-Request")
        && !Faults.IsApi(request.HttpContext);

    /// <summary>
    /// It was sent from a page of this site. Browsers say so themselves, and no page can make them say it; what does
    /// not say it is not believed.
    /// </summary>
    public static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site == "same-origin";
        // Over plain HTTP they say only where it came from.
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
