using System.Text.Json;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>Finds the mapping of orders that <c>--map</c> names: a built-in one, or a MAP.json of somebody's own.
/// </summary>
public static class OrderMappingFile
{
    /// <summary>By name or path.</summary>
    /// <exception cref="Refused">Neither is known, or the file does not hold.</exception>
    public static OrderMapping Find(string map)
    {
        return OrderMapping.Known.TryGetValue(map, out var known)
            ? known
            : Read(MappingFile.Text(map, OrderMapping.Known.Keys), map);
    }

    /// <summary>Reads the JSON form.</summary>
    public static OrderMapping Read(string json, string name)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<OrderMapping>(json, MappingFile.Format);
            if (
                mapping is null
                || !MappingFile.IsSource(mapping.Source)
                || OrderMapping.Known.ContainsKey(mapping.Source)
            )
                throw MappingFile.Wrong(name, MappingFile.SourceNeeded);
            if (mapping.OrderNo.Count == 0 || mapping.Ordered.Count == 0 || mapping.Amount.Count == 0)
                throw MappingFile.Wrong(
                    name,
                    ("须有 orderNo、ordered 和 amount", "orderNo, ordered and amount are needed")
                );
            return mapping;
        }
        catch (JsonException fault)
        {
            throw MappingFile.Wrong(
                name,
                ($"不是有效的映射：{fault.Message}", $"not a valid mapping: {fault.Message}")
            );
        }
    }
}
