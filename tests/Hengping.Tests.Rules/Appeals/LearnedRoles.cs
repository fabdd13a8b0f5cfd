using System.Globalization;
using Hengping.Rules.Appeals;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>
/// The weights of the linter come from <c>Letters/sentences.csv</c> alone: letter, sentence as it is counted by
/// <see cref="LetterRoles.Features"/> from 1, and the roles it plays, a letter each.
/// </summary>
public sealed class LearnedRoles
{
    private static readonly Dictionary<char, Role> Signs = new()
    {
        ['c'] = Role.Cause,
        ['b'] = Role.Blame,
        ['d'] = Role.Done,
        ['p'] = Role.Preventive,
        ['r'] = Role.Restated,
        ['u'] = Role.Bare,
        ['o'] = Role.Astray,
        ['S'] = Role.Sourcing,
        ['L'] = Role.Listing,
        ['H'] = Role.Shipping,
        ['T'] = Role.Testing,
        ['X'] = Role.Expiry,
        ['B'] = Role.Labelling,
        ['Q'] = Role.Condition,
    };

    // Run alone after the letters, their labels or what is weighed of a sentence have changed.
    [Fact(Explicit = true)]
    public void Learn()
    {
        var (sentences, letters) = Examples();
        File.WriteAllText(
            Path.Combine(Repository.Root, "src/Hengping.Rules/Appeals/data/roles.tsv"),
            string.Concat(RoleLearning.Learn(sentences, letters).Select(line => line + "\n"))
        );
    }

    // Other letters, other places of sentences: the labels would be of something else.
    [Fact]
    public void Labels_are_of_sentences_that_are_there()
    {
        var (sentences, letters) = Examples();
        letters.Count.ShouldBeGreaterThan(300);
        sentences.Sum(one => one.Roles.Count).ShouldBe(Labels().Sum(label => label.Value.Count));
    }

    private static (List<Example> Sentences, List<Example> Letters) Examples()
    {
        var (labels, safety) = (Labels(), LetterFiles.Safety(""));
        var (sentences, letters) = (new List<Example>(), new List<Example>());
        foreach (var (name, text) in LetterFiles.All("").OrderBy(it => it.Key, StringComparer.Ordinal))
        {
            var letter = LetterReading.Read(text);
            letters.Add(
                new Example(LetterRoles.Beginning(letter), safety.Contains(name) ? [Role.Safety] : new HashSet<Role>())
            );
            foreach (var (at, (_, features)) in LetterRoles.Features(letter).Index())
                sentences.Add(new Example(features, labels.GetValueOrDefault((name, at + 1), [])));
        }
        return (sentences, letters);
    }

    private static Dictionary<(string Letter, int Sentence), HashSet<Role>> Labels() =>
        LetterFiles
            .Text("letters/sentences.csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(
                cells => (cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture)),
                cells => cells[2].Select(sign => Signs[sign]).ToHashSet()
            );
}
