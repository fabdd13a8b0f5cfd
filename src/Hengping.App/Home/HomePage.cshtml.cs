using Hengping.App.Design;
using Hengping.App.Platform;

namespace Hengping.App.Home;

/// <summary>首页.</summary>
public sealed class HomePage(Store store) : HousePage(store) { }
