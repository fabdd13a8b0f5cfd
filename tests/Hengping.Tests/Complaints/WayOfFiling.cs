using System.Reflection;
using System.Runtime.CompilerServices;
using Hengping.App.Intake;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// A filing is received, asked and saved: the door comes to the rule and to the store in few hops, and no function on
/// the way takes a handful of things. Read off what was built: a function, what the compiler made of its awaits and
/// lambdas, and what these call.
/// </summary>
public sealed class WayOfFiling
{
    private const int HopsMax = 5;
    private const int ParametersMax = 5;
    private const BindingFlags Any =
        BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly MethodBase Door = typeof(FileComplaint).GetMethod("Handle", Any)!;

    [Fact]
    public void The_rule_is_asked_and_the_case_saved_within_five_hops()
    {
        var hops = Hops();
        hops.Keys.Where(called => called.DeclaringType == typeof(Store) && called.Name == nameof(Store.Append))
            .ShouldHaveSingleItem();
        foreach (var (type, name) in new[] { (typeof(Complaint), nameof(Complaint.File)), (typeof(Store), "Append") })
            hops.Where(hop => hop.Key.DeclaringType == type && hop.Key.Name == name)
                .Min(hop => hop.Value)
                .ShouldBeLessThanOrEqualTo(HopsMax, name);
    }

    [Fact]
    public void No_function_on_the_way_takes_more_than_five_things()
    {
        TooMany([typeof(WayOfFiling).GetMethod(nameof(Six), Any)!]).ShouldHaveSingleItem();
        TooMany([Door]).ShouldBeEmpty();

        var intake = typeof(FileComplaint)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(FileComplaint).Namespace)
            .SelectMany(type => type.GetMethods(Any))
            .Where(method => !IsMade(method));
        HouseRule.Holds(TooMany(Hops().Keys.Concat(intake)), "give what belongs together a name");
    }

    private static int Six(int a, int b, int c, int d, int e, int f) => a + b + c + d + e + f;

    private static IEnumerable<string> TooMany(IEnumerable<MethodBase> functions) =>
        functions
            .Where(function => function is MethodInfo && function.GetParameters().Length > ParametersMax)
            .Select(function => $"{function.DeclaringType}.{function.Name}: {function.GetParameters().Length}")
            .Distinct();

    /// <summary>
    /// How far each function of the house is from the call; what is further than the limit is not looked at, nor what
    /// the platform does with what it is given.
    /// </summary>
    private static Dictionary<MethodBase, int> Hops()
    {
        var hops = new Dictionary<MethodBase, int> { [Door] = 1 };
        var next = new Queue<MethodBase>(hops.Keys);
        while (next.TryDequeue(out var function))
            foreach (var called in IsPlatform(function) ? [] : Called(function))
                if (hops[function] < HopsMax && hops.TryAdd(called, hops[function] + 1))
                    next.Enqueue(called);
        return hops;
    }

    /// <summary>What a function of the house calls, itself or in what the compiler made of it.</summary>
    private static IEnumerable<MethodBase> Called(MethodBase function)
    {
        var seen = new HashSet<MethodBase> { function };
        var bodies = new Queue<MethodBase>(seen);
        while (bodies.TryDequeue(out var body))
        {
            if (body.GetCustomAttribute<StateMachineAttribute>() is { } awaits)
                bodies.Enqueue(awaits.StateMachineType.GetMethod("MoveNext", Any)!);
            foreach (var called in TypeUses.CallsOf(body).Where(called => IsOurs(called) && seen.Add(called)))
                if (IsMade(called))
                    bodies.Enqueue(called);
                else
                    yield return called;
        }
    }

    private static bool IsMade(MethodBase function) =>
        function.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || function.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsPlatform(MethodBase function) => function.DeclaringType!.Namespace == typeof(Store).Namespace;

    private static bool IsOurs(MethodBase function) =>
        function.DeclaringType!.Assembly is var assembly
        && (assembly == typeof(Complaint).Assembly || assembly == typeof(FileComplaint).Assembly);
}
