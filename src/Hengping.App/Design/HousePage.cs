using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Hengping.App.Design;

/// <summary>What every page model has: the store, who is asking, and faults by field.</summary>
public abstract class HousePage(Store store) : PageModel
{
    private TimeSpan? wait;

    /// <summary>The store.</summary>
    protected Store Store { get; } = store;

    /// <summary>Who is asking, or null.</summary>
    public Caller? Me => Caller.Of(User);

    /// <summary>They may file a complaint here: it is offered to nobody else.</summary>
    public bool MayFile => Me is null or { Role: Role.Claimant or Role.Merchant };

    /// <summary>Now, as the store says.</summary>
    public DateTimeOffset Now { get; } = store.Now;

    /// <summary>How long an answer counts to what is delivered now.</summary>
    public ReplyHours Hours => ReplyHours.At(Now);

    /// <summary>What is wrong, by field; "" for the whole.</summary>
    public Dictionary<string, string> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Which step it shows, of a form with several: it stands in the address.</summary>
    public virtual int? AtStep => null;

    /// <summary>Where on the page it goes on, as the address says it behind its <c>#</c>; null for its top.</summary>
    public string? AtField { get; protected set; }

    /// <summary>What belongs to the form as it is shown and did not come with it: files that are kept already.
    /// </summary>
    public virtual IEnumerable<TypedField> AlsoTyped => [];

    /// <summary>What was typed before, for a page that is shown again and fills itself; null where nothing was.
    /// </summary>
    public TypedForm? TypedBefore => HttpContext.Features.Get<TypedForm>();

    /// <summary>It shows something that is shown once, a recovery code or a link: who comes back to it later sees it
    /// no more.</summary>
    public virtual bool ShowsOnce => false;

    /// <summary>Cancelled when the reader leaves.</summary>
    protected CancellationToken Ct => HttpContext.RequestAborted;

    /// <summary>Where the request comes from, as limits by address count it.</summary>
    protected string CallerAddress => Device.AddressOf(HttpContext);

    /// <summary>
    /// Where a form with files of somebody who is not signed in is sent to: here, with a pass for a large body.
    /// </summary>
    public string WithPass =>
        QueryHelpers.AddQueryString(
            Request.Path,
            BodyPasses.Field,
            HttpContext.RequestServices.GetRequiredService<BodyPasses>().For(HttpContext)
        );

    /// <summary>Notes a refusal beside its field, in the reader's language.</summary>
    protected void Fault(string field, Refusal refusal)
    {
        Faults.TryAdd(field, Texts.Pick(refusal.Zh, refusal.En));
        wait ??= refusal.Wait;
    }

    /// <summary>Notes all faults of a check.</summary>
    protected void Fault(IReadOnlyDictionary<string, Refusal> faults)
    {
        foreach (var (field, refusal) in faults)
            Fault(field, refusal);
    }

    /// <summary>The page again with its faults: 400 for fields, 409 where a rule said no, 429 for too often.</summary>
    protected PageResult Again()
    {
        Response.StatusCode = Faults.ContainsKey("") ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        if (this.wait is { } wait)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.RetryAfter(wait);
        }
        return Page();
    }

    /// <summary>
    /// The page is open inside an app (微信, 企业微信) that cannot keep a file: what is to be downloaded is shown instead.
    /// </summary>
    public bool IsInApp =>
        Request.Headers.UserAgent.ToString().Contains("MicroMessenger", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text as a file of this name; as plain text where no file can be kept.</summary>
    protected FileContentResult Handed(byte[] utf8, string type, string name) =>
        IsInApp ? File(utf8, "text/plain; charset=utf-8") : File(utf8, type, name);

    /// <summary>To the sign-in page, and back here afterwards.</summary>
    protected IActionResult ToSignIn() =>
        Redirect("/signin?next=" + Uri.EscapeDataString(Request.Path + Request.QueryString));
}
