using System.Buffers;

namespace Hengping.Rules.Complaints;

/// <summary>
/// Which case is looked at first. Order of the queue only: nothing is refused or decided here, so a word that errs
/// on the side of safety costs a mediator a glance.
/// </summary>
public static class Triage
{
    private static readonly SearchValues<string> Danger = Words(
        """
        受伤 烫伤 烧伤 灼伤 割伤 划伤 砸伤 夹伤 摔伤 骨折 流血 出血 中毒 触电 漏电 电击 起火 着火 自燃 失火 爆炸 冒烟
        窒息 噎住 卡住喉 休克 过敏 住院 急诊
        抢救 上吐下泻 昏迷 晕倒 吞下 吞食 误服 割破 烫到 电到 燃气泄漏 脱落砸 致残 死亡 误吞 误食 一氧化碳 伤到 伤了 刺伤 扎伤 咬伤 撞伤
        冻伤 失明 急救 救护车 送医 烧了起来 有危险 injur hurt bleed wounded fracture broken_bone
        concussion scald electrocut electric_shock got_a_shock poison caught_fire on_fire burst_into_flames
        started_smok smoke_came sparks_came explod hospital emergency_room ambulance unconscious
        passed_out faint allergic_reaction gas_leak carbon_monoxide choking choked swallowed suffocat dangerous
        in_danger unsafe burned_my burnt_my burned_me burnt_me burned_her burned_his cut_my cut_her cut_his
        fell_ill got_sick made_us_sick vomit nearly_died was_killed
        """
    );

    private static readonly SearchValues<string> Vulnerable = Words(
        """
        未成年 孩子 儿童 小学生 初中生 老人 老年 岁的母亲 岁的父亲 残疾 孕妇 怀孕 低保
        """
    );

    /// <summary>
    /// P0 safety: said so when asked, or named in the story, and a "no" takes nothing away; P1 fraud, many claimants or
    /// ≥ 10,000; P2 ≥ 1,000 or a vulnerable person; P3 the rest.
    /// </summary>
    /// <param name="openAlike">Open complaints of other claimants against the same respondent within a day.</param>
    public static Priority Of(Filing filing, int openAlike, ComplaintPolicy policy)
    {
        var (problem, amount, story) = (filing.Problem, filing.Amount, filing.Story!);
        if (filing.Danger == true || Mentions(story, Danger))
            return Priority.P0;
        if (problem == "fraud" || amount >= 10_000m || openAlike >= policy.ManyClaimants)
            return Priority.P1;
        if (amount >= 1_000m || filing.FiledFor != FiledFor.Self || problem == "minor-payment")
            return Priority.P2;
        return Mentions(story, Vulnerable) ? Priority.P2 : Priority.P3;
    }

    /// <summary>Words of a list; an underscore stands for a space within one.</summary>
    private static SearchValues<string> Words(string list) =>
        SearchValues.Create(
            [.. list.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Replace('_', ' '))],
            StringComparison.OrdinalIgnoreCase
        );

    private static bool Mentions(string story, SearchValues<string> words) => story.AsSpan().ContainsAny(words);
}
