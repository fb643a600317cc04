"""What an analyst of a standing committee's office asks."""

from tests.questions.asking import Question

ASPECTS = {
    "1": "BUDGET_EXECUTION",
    "2": "STATE_ASSETS",
    "3": "AUDIT_RECTIFICATION",
    "4": "LIVELIHOOD_PROJECT",
    "5": "SUGGESTION_HANDLING",
    "预算执行": "BUDGET_EXECUTION",
    "国资管理": "STATE_ASSETS",
    "审计整改": "AUDIT_RECTIFICATION",
}

QUESTIONS = (
    Question(
        "昭化区民生实事项目的资金来自哪里？",
        "q23-money-by-origin",
        """SELECT 来源, count(*), sum(金额) FROM zhaohua_projects_资金
           JOIN zhaohua_projects_项目 AS x ON x.编号 = 项目
           WHERE 区划代码 LIKE '510811%' OR 地点 LIKE '昭化区%' GROUP BY 1""",
        {"省级资金": "PROVINCE", "县级资金": "COUNTY"},
    ),
    Question(
        "丹棱县票决中入选与未入选项目平均得多少赞成票？",
        "q24-votes-of-the-chosen",
        """SELECT chosen, count(*), sum(yes), avg(yes), sum("no"), sum(abstain)
           FROM danleng_votes GROUP BY 1""",
        {0: False, 1: True},
    ),
    Question(
        "丹棱县票决会应到、实到多少人？",
        """{ projectBallots(where: { division: { within: "511424" } }) { aggregate {
             count sum { eligible present candidates places } } } }""",
        """SELECT count(*), sum(should), sum(present), sum(candidates), sum(places)
           FROM danleng_ballots""",
    ),
    Question(
        "省人大代表建议按领域各多少件？",
        "q25-suggestions-by-field",
        "SELECT field, count(*) FROM sichuan_suggestions GROUP BY 1 ORDER BY 2 DESC, 1",
        is_ordered=True,
    ),
    Question(
        "省人大代表建议每个月提出多少件？",
        """{ suggestions(where: { division: { code: { eq: "510000" } } }) { aggregate {
             groupBy(by: [{ submittedAtMonth: true }], orderBy: [{ keys: ASC }]) {
               keys { value } count } } } }""",
        """SELECT substr(submitted, 1, 7), count(*) FROM sichuan_suggestions
           GROUP BY 1 ORDER BY 1""",
        is_ordered=True,
    ),
    Question(
        "哪五个单位承办省人大代表建议最多？",
        "q26-bodies-with-most-suggestions",
        """SELECT name, count(*) FROM sichuan_handovers
           JOIN sichuan_handlers AS b ON b.id = handlerId
           GROUP BY b.id ORDER BY 2 DESC, 1 LIMIT 5""",
        is_ordered=True,
    ),
    Question(
        "丹棱县的建议答复结果如何？",
        "q27-results-of-replies",
        """SELECT resultLevel, count(*) FROM danleng_handovers GROUP BY 1""",
        {"A": "RESOLVED", "B": "IN_PROGRESS", "C": "NOT_FEASIBLE_NOW", "D": "FOR_REFERENCE"},
    ),
    Question(
        "资中县问题清单按状态各多少个、涉及金额多少？",
        "q28-findings-and-their-money",
        """SELECT 状态, count(*), count(nullif(金额, '')), sum(nullif(金额, '') + 0)
           FROM zizhong_budget_问题清单 GROUP BY 1""",
        {"整改中": "RECTIFYING", "已销号": "STRUCK_OFF"},
    ),
    Question(
        "丹棱县监督发现的问题按方面各多少个、涉及金额平均多少？",
        """{ supervisionFindings(where: { division: { within: "511424" } }) { aggregate {
             groupBy(by: [{ aspect: true }]) { keys { value } count known { amount }
               average { amount } } } } }""",
        """SELECT CAST(aspect AS TEXT), count(*), count(money), avg(money)
           FROM danleng_problems GROUP BY 1""",
        ASPECTS,
    ),
    Question(
        "游仙区每年作出多少项决定？赞成票平均多少？",
        "q29-decisions-by-year",
        """SELECT CAST(substr(day, 1, 4) AS INTEGER), count(*), avg("for")
           FROM youxian_decisions GROUP BY 1 ORDER BY 1""",
        is_ordered=True,
    ),
    Question(
        "金堂县代表在各类活动中共用了多少小时？",
        "q30-hours-by-kind-of-activity",
        """SELECT type, count(*), sum(hours) FROM jintang_activities_participations
           JOIN jintang_activities_activities AS a ON a.id = activity GROUP BY 1
           HAVING type <> '主题活动' UNION ALL
           SELECT iif(theme IS NULL, NULL, type), count(*), sum(hours)
           FROM jintang_activities_participations
           JOIN jintang_activities_activities AS a ON a.id = activity
           WHERE type = '主题活动' GROUP BY 1""",
        {
            "接待选民": "VOTER_RECEPTION",
            "小组活动": "GROUP_ACTIVITY",
            "培训": "TRAINING",
            "专题调研": "SPECIAL_RESEARCH",
            "执法检查": "LAW_ENFORCEMENT_INSPECTION",
            "列席": "SIT_IN",
            "主题活动": "THEMED",
            "视察": "INSPECTION",
            "述职": "REPORT_TO_VOTERS",
        },
    ),
    Question(
        "广汉市代表履职积分各项目共得多少分？",
        "q31-points-by-rule",
        """SELECT mc, count(*), sum(df + 0) FROM guanghan_lz_jifen
           JOIN guanghan_lz_xiangmu AS x ON x.id = xm_id GROUP BY x.id""",
    ),
)
