using System.Globalization;
using System.Text;

namespace Hengping.Rules.Appeals;

/// <summary>
/// How likely a sentence plays each <see cref="Role"/>: a sum of weights of what is in it, put through the logistic
/// function. The weights are data (<c>data/roles.tsv</c>), learned from labelled sentences beside the tests; a line is
/// a feature of <see cref="SentenceFeatures"/> with its weight for each role, and anyone can add them up by hand.
/// </summary>
internal sealed class RoleModel
{
    /// <summary>The number of roles.</summary>
    public static readonly int Roles = Enum.GetValues<Role>().Length;

    private static readonly Lazy<RoleModel> Loaded = new(Load);

    private readonly Dictionary<string, (byte Role, float Weight)[]> weights;

    private RoleModel(Dictionary<string, (byte, float)[]> weights) => this.weights = weights;

    /// <summary>The weights this program comes with.</summary>
    public static RoleModel Shipped => Loaded.Value;

    /// <summary>A model of lines as <see cref="Line"/> writes them.</summary>
    public static RoleModel Of(IEnumerable<string> lines)
    {
        var weights = new Dictionary<string, (byte, float)[]>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var cells = line.Split('\t');
            var some = new (byte, float)[(cells.Length - 1) / 2];
            for (var i = 0; i < some.Length; i++)
                some[i] = (
                    byte.Parse(cells[1 + (2 * i)], CultureInfo.InvariantCulture),
                    float.Parse(cells[2 + (2 * i)], CultureInfo.InvariantCulture)
                );
            weights[cells[0]] = some;
        }
        return new RoleModel(weights);
    }

    /// <summary>A feature with its weights.</summary>
    public static string Line(string feature, IEnumerable<(int Role, double Weight)> weights)
    {
        var line = new StringBuilder(feature);
        foreach (var (role, weight) in weights)
            line.Append(CultureInfo.InvariantCulture, $"\t{role}\t{weight:0.##}");
        return line.ToString();
    }

    /// <summary>From 0 to 1 for each role.</summary>
    public double[] Read(IEnumerable<string> features)
    {
        var sums = new double[Roles];
        foreach (var feature in features)
            Add(sums, feature);
        return Array.ConvertAll(sums, sum => 1 / (1 + Math.Exp(-sum)));
    }

    private void Add(double[] sums, string feature)
    {
        if (!weights.TryGetValue(feature, out var some))
            return;
        foreach (var (role, weight) in some)
            sums[role] += weight;
    }

    private static RoleModel Load()
    {
        using var stream = typeof(RoleModel).Assembly.GetManifestResourceStream("appeals/roles.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Of(
            reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }
}
