using System.CommandLine;
using System.Text;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary><c>verify LIST.json [--cases FILE]</c>: recomputes a published list from open data alone.</summary>
public static class VerifyCommand
{
    private sealed record Verdict(bool Holds, string? Where, string? Published, string? Recomputed);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var list = new Argument<string>("list") { Description = "export list 的 JSON / JSON as export list prints it" };
        var cases = new Option<string?>("--cases")
        {
            Description = "案件文件，默认按名取自 DATA/open / case file, by default found in DATA/open by its name",
        };
        var command = new Command("verify", "用公开数据复算已发布的榜单 / recompute a published list") { list, cases };
        command.SetAction(parsed =>
        {
            var json = Read(parsed.GetValue(list)!);
            var file = parsed.GetValue(cases) ?? Local(Cli.Place(parsed).Data, json);
            if (!File.Exists(file))
                throw new Refused("file.missing", $"没有案件文件 {file}", $"there is no case file {file}");
            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Tell(Verification.Verify(json, reader), parsed.GetValue(Cli.Json));
        });
        return command;
    }

    private static int Tell(Difference? difference, bool asJson)
    {
        if (asJson)
            Cli.Print(
                new Verdict(difference is null, difference?.Where, difference?.Published, difference?.Recomputed)
            );
        else if (difference is null)
            Console.Out.WriteLine("成立 / holds");
        if (difference is null)
            return 0;
        Cli.Say(
            $"不成立 / does not hold: {difference.Where}: published '{difference.Published}', "
                + $"recomputed '{difference.Recomputed}'"
        );
        return 1;
    }

    private static string Read(string path)
    {
        if (!File.Exists(path))
            throw new Refused("file.missing", $"没有文件 {path}", $"there is no file {path}");
        return File.ReadAllText(path, Encoding.UTF8);
    }

    private static string Local(string data, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var name = document.RootElement.GetProperty("cases").GetProperty("file").GetString() ?? "";
            return name.All(char.IsAsciiHexDigit) ? OpenFiles.PathOf(data, name) : "";
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new Refused("list.unreadable", "这不是已发布的榜单", $"this is no published list: {bad.Message}");
        }
    }
}
