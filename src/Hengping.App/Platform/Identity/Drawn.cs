using System.Buffers.Binary;
using System.Security.Cryptography;
using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>Numbers that people are given, drawn at random so that nobody finds a neighbour's by counting.</summary>
public static class Drawn
{
    /// <summary>A fresh case number.</summary>
    public static string Number()
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        return CaseNumber.From(BinaryPrimitives.ReadUInt64LittleEndian(random));
    }

    /// <summary>A fresh public id: 96 random bits, never the case number.</summary>
    public static string PublicId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
