using System.CommandLine;
using System.Diagnostics;

namespace Hengping.App.Platform;

/// <summary>What a rotation did.</summary>
/// <param name="Printed">Accounts, open cases and the like whose prints were made again.</param>
public sealed record RotatedKeys(long Printed, double Seconds);

/// <summary><c>hengping keys rotate</c>.</summary>
public static class KeysCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rotate = new Command(
            "rotate",
            "更换主密钥与检索密钥，销毁旧的 / a new master key and new print keys; the old ones are destroyed"
        );
        rotate.OnStore(
            async (store, parsed, ct) =>
            {
                var done = await Rotation.Run(store, store.House.Listeners(store, ""), ct);
                if (parsed.GetValue(Cli.Json))
                    Cli.Print(done);
                else
                    Console.Out.WriteLine($"{done.Printed} printed again, {done.Seconds} s");
                return 0;
            }
        );
        return new Command("keys", "密钥 / the keys") { rotate };
    }
}

/// <summary>
/// A new master key and new print keys while the site serves. The order is what makes it safe to be killed anywhere:
/// the new set of print keys lies in the ring before the store is printed with it; the store's own transaction is the
/// moment from which it counts; only then are old keys destroyed. Killed before that, everything is as it was, but that
/// new keys are wrapped by the new master key; killed after it, everything works and the old keys live on. Run again,
/// it begins with a set of its own and ends what was begun.
/// </summary>
internal static class Rotation
{
    public static async Task<RotatedKeys> Run(Store store, IReadOnlyList<Listener> listeners, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        using var alone = store.Keys.Rotating();
        store.Keys.BeginMaster();
        var prints = store.Keys.NextPrints();
        var bar = new WorkBar("检索 / prints");
        var printed = await store.Alone(
            session => Reprinting.Rows(store, session, prints, bar.Report).GetAwaiter().GetResult(),
            ct
        );
        store.Keys.NamePrints(prints.From, isDerived: false);
        store.Keys.EndMaster(prints.From, new WorkBar("密钥 / keys").Report);
        await Listening.CatchUp(store, listeners.Where(one => one.IsPrinted), ct);
        await store.Wipe(ct);
        return new RotatedKeys(printed, Math.Round(since.Elapsed.TotalSeconds, 3));
    }
}
