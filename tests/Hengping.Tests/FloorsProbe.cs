using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests;

public sealed class FloorsProbe
{
    [Fact]
    public void Print()
    {
        using var o = new StreamWriter("/tmp/floors.txt");
        foreach (var type in typeof(Cli).Assembly.GetTypes())
        {
            var from = Room(type);
            foreach (var used in TypeUses.Of(type))
                if (used.Assembly == type.Assembly && Room(used) is { } to && to != from)
                    o.WriteLine($"{from}\t{to}\t{type.FullName}\t{used.FullName}");
        }
    }

    static string Room(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        if (type.Namespace == "AspNetCoreGeneratedDocument")
            return type.Name.Split('_')[0];
        var parts = (type.Namespace ?? "").Split('.');
        return parts.Length > 2 && parts[0] == "Hengping" ? parts[2] : "-" + type.Namespace;
    }
}
