"""What a front-end developer asks while building pages for the counties."""

from tests.questions.asking import Question

PROJECT_STATES = {
    "5": "IN_PROGRESS",
    "7": "COMPLETED",
    "4": "NOT_SELECTED",
    "6": "DELAYED",
}

QUESTIONS = (
    Question(
        "丹棱县的民生实事项目按状态各有多少、计划投资各多少？",
        "q17-projects-by-state",
        """SELECT CAST(status AS TEXT), count(*), count(money), sum(money)
           FROM danleng_projects GROUP BY 1""",
        PROJECT_STATES,
    ),
    Question(
        "金堂县代表活动每个月有几次？",
        "q18-activities-by-month",
        """SELECT substr(date, 1, 7), count(*) FROM jintang_activities_activities
           WHERE type <> '主题活动' OR theme IS NOT NULL GROUP BY 1 ORDER BY 1""",
        is_ordered=True,
    ),
    Question(
        "丹棱县群众对意见办理的评分：多少条、多少条有评分、平均多少？",
        "q19-ratings-of-opinions",
        """SELECT count(*), count(stars), avg(stars) FROM (
             SELECT stars FROM danleng_opinions
             UNION ALL SELECT NULL FROM danleng_platform_Opinions)""",
    ),
    Question(
        "广汉市群众意见从哪些渠道来？",
        """{ opinions(where: { division: { within: "510681" } }) { aggregate {
             groupBy(by: [{ channel: true }]) { keys { value } count known { rating } } } } }""",
        """SELECT qd, count(*), count(xj) FROM guanghan_lz_yijian GROUP BY 1""",
        {1: "RECEPTION", 2: "QR_CODE"},
    ),
    Question(
        "游仙区人事任免按种类各多少件、赞成票共多少？",
        """{ appointments(where: { division: { within: "510704" } }) { aggregate {
             groupBy(by: [{ kind: true }]) { keys { value } count sum { votesFor } } } } }""",
        """SELECT kind, count(*), sum("for") FROM youxian_appointments AS a
           JOIN youxian_meetings AS m ON m.id = meeting
           WHERE "for" + against + abstained <= present GROUP BY 1""",
        {
            "任命": "APPOINTED",
            "免去": "REMOVED",
            "接受辞职": "RESIGNATION_ACCEPTED",
            "决定任命": "DECIDED",
        },
    ),
    Question(
        "游仙区人大常委会会议应到、实到人数平均多少？",
        """{ meetings(where: { division: { within: "510704" } }) { aggregate {
             count average { eligible present } median { present } } } }""",
        """SELECT count(*), avg(members), avg(present),
             (SELECT avg(present) FROM (SELECT present, row_number() OVER (ORDER BY present) AS n,
                count(*) OVER () AS c FROM youxian_meetings) WHERE n IN ((c + 1) / 2, (c + 2) / 2))
           FROM youxian_meetings""",
    ),
    Question(
        "资中县财政支付每个月多少笔、多少元？",
        "q20-payments-by-month",
        """SELECT substr(支付日期, 1, 7), count(*), sum(replace(金额, ',', '') + 0)
           FROM zizhong_budget_支付 GROUP BY 1 ORDER BY 1""",
        is_ordered=True,
    ),
    Question(
        "资中县的支付用于什么，各多少元？",
        "q21-payments-by-purpose",
        """SELECT 用途, sum(replace(金额, ',', '') + 0), count(*)
           FROM zizhong_budget_支付 GROUP BY 1 ORDER BY 2 DESC""",
        is_ordered=True,
    ),
    Question(
        "广汉市学习园地各课程有多少人学、多少人有测验成绩、平均成绩多少？",
        "q22-courses-and-scores",
        """SELECT bt, count(*), count(cj), avg(cj) FROM guanghan_lz_xuexi
           JOIN guanghan_lz_kecheng AS kc ON kc.id = kc_id
           WHERE jd BETWEEN 0 AND 100 GROUP BY kc.id""",
    ),
    Question(
        "广汉市各课程多少分钟、多少学时？",
        """{ courses(where: { division: { within: "510681" } }) { aggregate {
             count sum { minutes creditHours } average { minutes } } } }""",
        "SELECT count(*), sum(sc), sum(xs), avg(sc) FROM guanghan_lz_kecheng",
    ),
)
