using System.CommandLine;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Ratings;

namespace Hengping.App.Calc;

/// <summary>
/// <c>calc lint FILE</c>: what an appeal letter leaves open, one finding a line as CSV: code, section, line, excerpt. A
/// letter may have findings or none: both are a result. <c>--json</c> adds what each means and what would mend it.
/// </summary>
internal static class LintCommand
{
    /// <summary>Bytes read at most; a letter is far shorter.</summary>
    private const int BytesMax = 4 << 20;

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "申诉信，文本或 Markdown，- 为标准输入 / an appeal letter, text or Markdown; - is stdin",
        };
        var command = new Command("lint", "FILE → code section line excerpt") { file };
        command.SetAction(parsed =>
        {
            var findings = PlanLint.Read(Text(parsed.GetValue(file)!), LintContext.LetterAlone);
            if (parsed.GetValue(Cli.Json))
                Cli.Print(new { PlanLint.Version, Findings = findings.Select(Shown) });
            else
                Console.Out.Write(Lines(findings));
            if (findings.Count == 0)
                Cli.Say("没有发现缺项 / no findings");
            return 0;
        });
        return command;
    }

    /// <summary>One line each, cells quoted where they need it.</summary>
    internal static string Lines(IReadOnlyList<LintFinding> findings)
    {
        var lines = new StringBuilder();
        foreach (var (code, section, line, excerpt) in findings)
            lines
                .Cell(code)
                .Append(',')
                .Cell(section ?? "")
                .Append(',')
                .Append(line)
                .Append(',')
                .Cell(excerpt)
                .Append('\n');
        return lines.ToString();
    }

    private static object Shown(LintFinding it) =>
        new
        {
            it.Code,
            Section = it.Section ?? "",
            it.Line,
            it.Excerpt,
            LintCode.All[it.Code].Zh,
            LintCode.All[it.Code].En,
            LintCode.All[it.Code].MendZh,
            LintCode.All[it.Code].MendEn,
        };

    private static string Text(string path)
    {
        if (path != "-" && !File.Exists(path))
            throw new Refused("file.missing", $"没有文件 {path}", $"there is no file {path}");
        using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        var bytes = new byte[BytesMax];
        var read = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        using var reader = new StreamReader(new MemoryStream(bytes, 0, read), Encoding.UTF8, true);
        return reader.ReadToEnd();
    }
}
