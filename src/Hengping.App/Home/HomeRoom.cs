using Hengping.App.Platform;

namespace Hengping.App.Home;

/// <summary>The first page, and the operator's papers.</summary>
public sealed class HomeRoom : Room;
