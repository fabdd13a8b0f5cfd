using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests;

public sealed class FloorsProbe
{
    static readonly Dictionary<Type, string> pages = typeof(Cli).Assembly.GetCustomAttributes(false).OfType<Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemAttribute>().ToDictionary(a => a.Type, a => a.Identifier);
    [Fact]
    public void Print()
    {
        using var o = new StreamWriter("/tmp/floors.txt");
        foreach (var type in typeof(Cli).Assembly.GetTypes().Concat(typeof(Hengping.Rules.Refusal).Assembly.GetTypes()))
        {
            var from = Room(type);
            foreach (var used in TypeUses.Of(type))
                if ( Room(used) is { } to && to != from)
                    o.WriteLine($"{from}\t{to}\t{type.FullName}\t{used.FullName}");
        }
    }

    static string? Room(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        if (pages.TryGetValue(type, out var path))
            return path.Split('/')[1];
        var parts = (type.Namespace ?? "").Split('.');
        if (parts[0] != "Hengping") return null;
        if (parts.Length > 1 && parts[1] == "Rules") return "R." + (parts.Length > 2 ? parts[2] : "Root");
        return parts.Length > 2 && parts[0] == "Hengping" ? parts[2] : "-" + type.Namespace;
    }
}
