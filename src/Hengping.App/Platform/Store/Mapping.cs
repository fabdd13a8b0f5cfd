using System.Data;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// How Dapper reads and writes on both engines: ids as <c>uuid</c> (SQLite: upper-case text, as its driver does by
/// itself), instants as Unix milliseconds, decimals and dates as text; positional records by column name.
/// </summary>
internal static class Mapping
{
    private static readonly Lock Once = new();
    private static bool IsDone;

    /// <summary>Registers everything, once a process.</summary>
    public static void Register()
    {
        lock (Once)
        {
            if (IsDone)
                return;
            IsDone = true;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            Add(new GuidHandler());
            Add(new InstantHandler());
            Add(new DecimalHandler());
            Add(new DayHandler());
            var ordinary = SqlMapper.TypeMapProvider;
            SqlMapper.TypeMapProvider = type => new ByName(type, ordinary(type));
        }
    }

    private static void Add<T>(SqlMapper.TypeHandler<T> handler)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private sealed class GuidHandler : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value) => parameter.Value = value;

        public override Guid Parse(object value) => value is Guid id ? id : Guid.Parse((string)value);
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
            parameter.Value = value.ToUnixTimeMilliseconds();

        public override DateTimeOffset Parse(object value) =>
            DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private sealed class DecimalHandler : SqlMapper.TypeHandler<decimal>
    {
        public override void SetValue(IDbDataParameter parameter, decimal value) =>
            parameter.Value = value.ToString(CultureInfo.InvariantCulture);

        public override decimal Parse(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value) =>
            parameter.Value = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        public override DateOnly Parse(object value) =>
            DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A positional record is built by its constructor's names: SQLite has only one kind of whole number.
    /// </summary>
    private sealed class ByName(Type type, SqlMapper.ITypeMap ordinary) : SqlMapper.ITypeMap
    {
        public ConstructorInfo? FindConstructor(string[] names, Type[] types)
        {
            var plain = names.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return ordinary.FindConstructor(names, types)
                ?? type.GetConstructors()
                    .Where(c => c.GetParameters() is { Length: > 0 } all && all.All(p => plain.Contains(p.Name!)))
                    .MaxBy(c => c.GetParameters().Length);
        }

        public ConstructorInfo? FindExplicitConstructor() => ordinary.FindExplicitConstructor();

        public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName) =>
            constructor.GetParameters().FirstOrDefault(p => Same(p.Name!, columnName)) is { } found
                ? new Parameter(columnName, found)
                : null;

        public SqlMapper.IMemberMap? GetMember(string columnName) => ordinary.GetMember(columnName);

        private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);

        private static bool Same(string parameter, string column) =>
            parameter.Equals(column, StringComparison.OrdinalIgnoreCase)
            || parameter.Equals(Plain(column), StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Parameter(string column, ParameterInfo parameter) : SqlMapper.IMemberMap
    {
        public string ColumnName => column;
        public Type MemberType => parameter.ParameterType;
        PropertyInfo? SqlMapper.IMemberMap.Property => null;
        FieldInfo? SqlMapper.IMemberMap.Field => null;
        ParameterInfo SqlMapper.IMemberMap.Parameter => parameter;
    }
}
