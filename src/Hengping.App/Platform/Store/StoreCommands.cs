using System.CommandLine;

namespace Hengping.App.Platform;

/// <summary><c>hengping rebuild</c>: current rows and read models again from the events.</summary>
public static class RebuildCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("rebuild", "从事件重建所有当前数据 / build all current rows again from the events");
        command.OnStore(
            async (store, parsed, ct) =>
            {
                var bar = new WorkBar("重建 / rebuild");
                var done = await Rebuilding.Run(store, store.House.Listeners(store, ""), bar.Report, ct);
                if (parsed.GetValue(Cli.Json))
                    Cli.Print(done);
                else
                    Console.Out.WriteLine($"{done.Streams} streams, {done.Events} events, {done.Seconds} s");
                return 0;
            }
        );
        return command;
    }
}

/// <summary><c>hengping digest</c>: count and digest of the whole log; exit 1 where its chain is broken.</summary>
public static class DigestCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("digest", "校验并打印日志摘要 / check the log and print its digest");
        command.OnStore(
            async (store, parsed, ct) =>
            {
                var digest = await LogDigest.Of(store, new WorkBar("校验 / digest").Report, ct);
                if (digest.Break is { } where)
                    throw new Refused("log.broken", $"日志已被改动：{where}", $"The log is broken: {where}");
                if (parsed.GetValue(Cli.Json))
                    Cli.Print(digest);
                else
                    Console.Out.WriteLine($"{digest.Events} {digest.Digest}");
                return 0;
            }
        );
        return command;
    }
}

/// <summary><c>hengping backup FILE</c>: events and evidence, never keys, while the site serves.</summary>
public static class BackupCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "备份文件 / the file to write" };
        var command = new Command("backup", "备份事件与证据文件（不含密钥） / back up events and evidence, never keys")
        {
            file,
        };
        command.OnStore(
            async (store, parsed, ct) =>
            {
                var target = parsed.GetValue(file)!;
                var done = await Backup.Write(store, target, new WorkBar("备份 / backup").Report, ct);
                await BackupNotes.Keep(store, done, ct);
                Show(parsed, done);
                return 0;
            }
        );
        return command;
    }

    internal static void Show(ParseResult parsed, BackupManifest done)
    {
        if (parsed.GetValue(Cli.Json))
            Cli.Print(
                new
                {
                    done.Events,
                    done.Digest,
                    done.Files,
                }
            );
        else
            Console.Out.WriteLine($"{done.Events} events, {done.Files} files, digest {done.Digest}");
    }
}

/// <summary>
/// <c>hengping restore FILE</c>: a backup into an empty store of either engine, digest and all; with <c>--trial</c>
/// into a place of its own that is thrown away, beside the store it was taken from.
/// </summary>
public static class RestoreCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "备份文件 / the backup",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var trial = new Option<bool>("--trial")
        {
            Description = "试恢复：在临时位置核对后丢弃 / try the backup in a place that is thrown away",
        };
        var from = new Option<string?>("--from")
        {
            Description = "试恢复该目录中最新的 *.bak / with --trial: the newest *.bak of this directory",
        };
        var command = new Command("restore", "恢复到空库，或试恢复 / restore into an empty store, or try a backup")
        {
            file,
            trial,
            from,
        };
        command.Validators.Add(asked =>
        {
            var named = asked.GetValue(file) is not null;
            if (named == (asked.GetValue(from) is not null))
                asked.AddError("请给出备份文件，或 --trial --from 目录 / give a FILE, or --trial --from DIR");
            else if (!named && !asked.GetValue(trial))
                asked.AddError("--from 只用于 --trial / --from goes with --trial");
        });
        command.OnStore(
            (store, parsed, ct) =>
                parsed.GetValue(trial)
                    ? Try(parsed, store, parsed.GetValue(file) ?? RestoreTrials.Newest(parsed.GetValue(from)!), ct)
                    : Bring(parsed, store, parsed.GetValue(file)!, ct)
        );
        return command;
    }

    private static async Task<int> Bring(ParseResult parsed, Store store, string source, CancellationToken ct)
    {
        var bar = new WorkBar("恢复 / restore");
        var done = await Restore.Run(store, source, store.House.Listeners(store, ""), bar.Report, ct);
        BackupCommand.Show(parsed, done);
        if (done.Ring is not null && !await RingOfStore.IsKept(store, ct))
            Cli.Say(
                $"{store.Place.Keys} 中的密钥不是备份所属库的：用 --keys 指明原密钥，或用 --new-keys 接受无法读取 / "
                    + "these keys are not those of the backup: open it with its own by --keys, or accept with "
                    + "--new-keys that nothing sealed can be read"
            );
        return 0;
    }

    private static async Task<int> Try(ParseResult parsed, Store store, string source, CancellationToken ct)
    {
        var held = await RestoreTrials.Run(store, source, new WorkBar("试恢复 / trial").Report, ct);
        if (parsed.GetValue(Cli.Json))
            Cli.Print(held);
        else
            Console.Out.WriteLine($"{held.Events} events, {held.Files} files, digest {held.Digest}: it holds");
        return 0;
    }
}
