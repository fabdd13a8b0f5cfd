using Hengping.Rules.Appeals;

namespace Hengping.Tests.Appeals;

/// <summary>A labelled sentence: what is weighed of it, and the roles it plays.</summary>
internal sealed record Example(IReadOnlyCollection<string> Features, IReadOnlySet<Role> Roles);

/// <summary>
/// Learns the weights of a <see cref="RoleModel"/>: logistic regression by FTRL-proximal (McMahan et al., KDD 2013,
/// algorithm 1), whose L1 term leaves most weights at nothing. The same sentences give the same weights.
/// </summary>
internal static class RoleLearning
{
    private const int Epochs = 12;
    private const double Alpha = 0.08;
    private const double Beta = 1;
    private const double L2 = 1;

    /// <summary>A feature that was seen once teaches nothing about others.</summary>
    private const int SeenLeast = 2;

    /// <summary>What is written as nothing with two decimals.</summary>
    private const double Least = 0.005;

    /// <summary>The lines of <c>data/roles.tsv</c>.</summary>
    /// <param name="sentences">By them every role but the ground of safety is learned.</param>
    /// <param name="letters">Their beginnings, by which that is.</param>
    /// <param name="l1">The larger, the fewer weights.</param>
    public static IReadOnlyList<string> Learn(
        IReadOnlyList<Example> sentences,
        IReadOnlyList<Example> letters,
        double l1 = 8
    )
    {
        var ofSentences = Enum.GetValues<Role>().Where(role => role != Role.Safety).ToList();
        return [.. Learn(sentences, ofSentences, l1), .. Learn(letters, [Role.Safety], l1)];
    }

    private static IEnumerable<string> Learn(IReadOnlyList<Example> examples, List<Role> roles, double l1)
    {
        var names = examples
            .SelectMany(one => one.Features)
            .CountBy(feature => feature, StringComparer.Ordinal)
            .Where(seen => seen.Value >= SeenLeast)
            .Select(seen => seen.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        var ids = names.Index().ToDictionary(it => it.Item, it => it.Index, StringComparer.Ordinal);
        var rows = examples
            .Select(one => one.Features.Where(ids.ContainsKey).Select(it => ids[it]).Order().ToArray())
            .ToArray();
        var learned = new double[roles.Count][];
        Parallel.For(
            0,
            roles.Count,
            i => learned[i] = Weights(rows, [.. examples.Select(one => one.Roles.Contains(roles[i]))], names.Count, l1)
        );
        foreach (var (id, name) in names.Index())
        {
            var weights = roles
                .Select((role, i) => ((int)role, learned[i][id]))
                .Where(it => Math.Abs(it.Item2) >= Least)
                .ToList();
            if (weights.Count > 0)
                yield return RoleModel.Line(name, weights);
        }
    }

    private static double[] Weights(int[][] rows, bool[] plays, int features, double l1)
    {
        var (z, n) = (new double[features], new double[features]);
        var positives = Math.Max(1, plays.Count(it => it));
        // Roles are rare: one that is missed weighs more than one too many.
        var weight = Math.Min(8, Math.Sqrt((plays.Length - positives) / (double)positives));
        var order = Enumerable.Range(0, rows.Length).ToArray();
        var draw = new Random(7);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            draw.Shuffle(order);
            foreach (var row in order)
            {
                var sum = rows[row].Sum(Weight);
                var likely = 1 / (1 + Math.Exp(-Math.Clamp(sum, -30, 30)));
                var slope = plays[row] ? (likely - 1) * weight : likely;
                foreach (var feature in rows[row])
                    Move(feature, slope);
            }
        }
        return [.. Enumerable.Range(0, features).Select(Weight)];

        double Weight(int i) =>
            Math.Abs(z[i]) <= l1 ? 0 : -(z[i] - (Math.Sign(z[i]) * l1)) / (((Beta + Math.Sqrt(n[i])) / Alpha) + L2);

        void Move(int i, double slope)
        {
            var before = Weight(i);
            z[i] += slope - ((Math.Sqrt(n[i] + (slope * slope)) - Math.Sqrt(n[i])) / Alpha * before);
            n[i] += slope * slope;
        }
    }
}
