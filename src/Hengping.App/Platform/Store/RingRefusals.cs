using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>What is said where a store and a ring do not belong together.</summary>
internal static partial class RingOfStore
{
    /// <summary>The store was given another ring while this process runs.</summary>
    public static readonly Refusal Changed = new(
        "keys.foreign",
        "本库在运行中换用了另一套密钥（restore 或 --new-keys）；请用 --keys 指明新的密钥目录后重新启动",
        "This store was given other keys while this runs (restore, or --new-keys): start again with their directory"
    );

    private static Refusal Missing(StorePlace place) =>
        new(
            "keys.missing",
            $"密钥目录 {place.Keys} 中没有本库的密钥，没有它们，已有的资料无法读取；请用 --keys 指明目录或从密钥备份恢复，"
                + "确实没有时才用 --new-keys",
            $"The keys of this store are not in {place.Keys}, and what is sealed cannot be read without them: name "
                + "their directory with --keys or bring them back; only where they are gone for good, say --new-keys"
        );

    private static Refusal Older(StorePlace place) =>
        new(
            "keys.older",
            $"密钥目录 {place.Keys} 是较早的副本：之后才有的密钥不在其中，那些资料无法读取；请换用最新的密钥目录，"
                + "确实没有时才用 --new-keys",
            $"The keys in {place.Keys} are an older copy, which cannot read what was sealed since: bring the newest "
                + "directory back; only where it is gone for good, say --new-keys"
        );

    private static Refusal Foreign(StorePlace place) =>
        new(
            "keys.foreign",
            $"密钥目录 {place.Keys} 中的密钥不是本库的；请用 --keys 指明本库的密钥目录",
            $"The keys in {place.Keys} are not those of this store: name their directory with --keys"
        );
}
