using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Me;

/// <summary>What somebody reads who has just left: until when the law keeps what is locked.</summary>
public sealed class LeftPage(Store store) : HousePage(store)
{
    /// <summary>The date of erasure, as it was told.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? On { get; set; }
}
