using System.Reflection;
using System.Reflection.Emit;

namespace Hengping.Tests.Harness;

/// <summary>Which types a type names, read off what was built: its shape, and the code of its methods.</summary>
public static class TypeUses
{
    private const BindingFlags Own =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    // The first byte of the codes that have two.
    private const short TwoBytes = 0xFE;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>
    /// All types that <paramref name="type"/> names itself, without what only its nested types name. Constants are not
    /// seen: the compiler writes their value in place of their name.
    /// </summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Note(found, type.BaseType);
        Note(found, type.GetInterfaces());
        Note(found, type.CustomAttributes);
        foreach (var field in type.GetFields(Own))
        {
            Note(found, field.FieldType);
            Note(found, field.CustomAttributes);
        }
        foreach (var property in type.GetProperties(Own))
            Note(found, property.CustomAttributes);
        foreach (var method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            NoteShape(found, method);
            Note(found, method.CustomAttributes);
            NoteBody(found, method);
        }
        return found;
    }

    /// <summary>The methods that a method's code names, generic ones as they are defined.</summary>
    public static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(code))
            if (method.Module.ResolveMember(token, ofType, ofMethod) is MethodBase called)
                yield return called is MethodInfo { IsGenericMethod: true } one
                    ? one.GetGenericMethodDefinition()
                    : called;
    }

    private static void NoteShape(HashSet<Type> found, MethodBase method)
    {
        Note(found, (method as MethodInfo)?.ReturnType);
        Note(found, method.GetParameters().Select(parameter => parameter.ParameterType));
        if (method.IsGenericMethod)
            Note(found, method.GetGenericArguments());
    }

    private static void NoteBody(HashSet<Type> found, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
            return;
        Note(found, body.LocalVariables.Select(local => local.LocalType));
        Note(found, body.ExceptionHandlingClauses.Where(IsCatch).Select(clause => clause.CatchType));
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(code))
            Note(found, method.Module.ResolveMember(token, ofType, ofMethod));
    }

    private static bool IsCatch(ExceptionHandlingClause clause) =>
        clause.Flags == ExceptionHandlingClauseOptions.Clause;

    // Every member that the code names; strings and bare signatures aside.
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length; )
        {
            short value = code[at++];
            if (value == TwoBytes)
                value = unchecked((short)(0xFE00 | code[at++]));
            var operand = Codes[value].OperandType;
            if (IsMember(operand))
                yield return BitConverter.ToInt32(code, at);
            at += operand == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(code, at)) : Length(operand);
        }
    }

    private static bool IsMember(OperandType operand) =>
        operand
            is OperandType.InlineMethod
                or OperandType.InlineField
                or OperandType.InlineType
                or OperandType.InlineTok;

    private static int Length(OperandType operand) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };

    private static void Note(HashSet<Type> found, MemberInfo? member)
    {
        switch (member)
        {
            case Type type:
                Note(found, type);
                break;
            case MethodBase method:
                Note(found, method.DeclaringType);
                NoteShape(found, method);
                break;
            case FieldInfo field:
                Note(found, field.DeclaringType);
                Note(found, field.FieldType);
                break;
            default:
                break;
        }
    }

    private static void Note(HashSet<Type> found, IEnumerable<CustomAttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            Note(found, attribute.AttributeType);
            Note(found, attribute.ConstructorArguments.Select(argument => argument.Value).OfType<Type>());
        }
    }

    private static void Note(HashSet<Type> found, IEnumerable<Type?> types)
    {
        foreach (var type in types)
            Note(found, type);
    }

    private static void Note(HashSet<Type> found, Type? type)
    {
        if (type is null || type.IsGenericParameter)
            return;
        if (type.HasElementType)
        {
            Note(found, type.GetElementType());
            return;
        }
        if (type.IsGenericType && !type.IsGenericTypeDefinition)
            Note(found, type.GetGenericArguments());
        found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
