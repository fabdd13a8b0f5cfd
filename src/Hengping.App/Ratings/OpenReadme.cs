namespace Hengping.App.Ratings;

/// <summary>What lies in every pack of tables, for whoever opens it years later.</summary>
internal static class OpenReadme
{
    public const string Text = """
        # 评级榜的公开数据（格式 2）/ Open data of a rating list (format 2)

        四张表彼此没有共同的编号，因此谁也看不出某一个人打了几分。
        Four tables that share no id, so that nobody finds a single person's score.

        | 文件 / file | 每行 / a row | 列 / columns |
        |---|---|---|
        | answers.csv | 一件投诉 / a complaint | merchantId, deliveredAt, repliedAt, replyTimely, validReply, excluded |
        | scores.csv | 一个计入榜单的评分 / one score the list counts | merchantId, score |
        | described.csv | 一件投诉说的是什么 / what one complaint was about | sector, problem, province, amountBand, source |
        | outcomes.csv | 一家商家的投诉人怎么说 / what a merchant's claimants said | merchantId, yes, partly, no, recovered |

        - UTF-8，第一行是列名，其余各行按码元排序，每行以一个换行符结束。时间为 UTC。
          UTF-8, a header, then rows sorted by code unit, one line feed after every line. Instants are UTC.
        - 榜单的 digest 是 answers.csv 与 scores.csv 的字节依次相接后的 SHA-256。
          The list's digest is the SHA-256 over the bytes of answers.csv and, after them, scores.csv.
        - 未上榜的商家没有评分行。described.csv 中不足 5 件相同的词留空；outcomes.csv 从 5 个回答起才有。
          Merchants without a row have no scores. In described.csv words that fewer than 5 share are empty; outcomes.csv
          begins at 5 answers.
        - 榜单计入截止日当天零点以前的评分。行注有 scoresWait 的，可能不全：为不让任何人从几份榜单或每天的实时
          数字之差得知某一个人的评分，评分满 5 个才一起计入，其余的等下一版。
          A list counts scores given before its day began. A row noted scoresWait may not have all of them: so that
          nobody learns one person's score from the difference of lists or daily live numbers, scores come in by groups
          of 5 at least, and what is left waits for the next version.
        - 区间按两列（答复、评分）所有搭配中最宽的一种计算，因此不需要知道谁打了几分。
          Intervals are the widest over all ways to pair answers and scores, so nobody needs to know the pairs.

        复算 / to recompute: `hengping verify LIST.json --cases FILE.zip`

        """;
}
