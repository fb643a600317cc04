"""What a leader of a standing committee asks before a meeting."""

from tests.questions.asking import Question

QUESTIONS = (
    Question(
        "丹棱县民生实事项目测评：满意、基本满意、不满意各多少票？",
        "q32-satisfaction-with-projects",
        """SELECT count(*), sum(good), sum(fair), sum(bad) FROM danleng_evaluations""",
    ),
    Question(
        "游仙区哪五个机关的任免最多？",
        """{ appointments(where: { division: { within: "510704" } }) { aggregate {
             groupBy(by: [{ organ: true }], first: 5) { keys { value } count } } } }""",
        """SELECT organ, count(*) FROM youxian_appointments
           JOIN youxian_meetings AS m ON m.id = meeting
           WHERE "for" + against + abstained <= present GROUP BY 1
           ORDER BY 2 DESC, 1 LIMIT 5""",
        is_ordered=True,
    ),
    Question(
        "金堂县三大主题活动各办了几次？",
        """{ activities(where: { division: { within: "510121" }, kind: { eq: THEMED },
               theme: { isNull: false } }) { aggregate {
             groupBy(by: [{ theme: true }]) { keys { value } count } } } }""",
        """SELECT theme, count(*) FROM jintang_activities_activities
           WHERE theme IS NOT NULL GROUP BY 1""",
    ),
    Question(
        "广汉市代表活动按种类各多少次？",
        """{ activities(where: { division: { within: "510681" } }) { aggregate {
             groupBy(by: [{ kind: true }]) { keys { value } count } } } }""",
        "SELECT lx, count(*) FROM guanghan_lz_huodong GROUP BY 1",
        {
            1: "INSPECTION",
            2: "SPECIAL_RESEARCH",
            3: "LAW_ENFORCEMENT_INSPECTION",
            4: "GROUP_ACTIVITY",
            5: "VOTER_RECEPTION",
            6: "REPORT_TO_VOTERS",
            7: "SIT_IN",
            8: "TRAINING",
            9: "THEMED",
        },
    ),
    Question(
        "三星堆博物馆新馆建设监督发现的问题整改了几个？",
        """{ supervisionFindings(where: { division: { within: "510681" } }) { aggregate {
             groupBy(by: [{ state: true }]) { keys { value } count } } } }""",
        "SELECT zt, count(*) FROM guanghan_lz_wenti GROUP BY 1",
        {"已销号": "STRUCK_OFF", "整改中": "RECTIFYING"},
    ),
    Question(
        "资中县今年监督了哪些事、用了什么形式？",
        "q33-supervision-by-form",
        "SELECT 形式, count(*) FROM zizhong_budget_监督事项 GROUP BY 1",
        {
            "集体视察": "GROUP_INSPECTION",
            "联网监督": "NETWORKED",
            "执法检查": "LAW_ENFORCEMENT_INSPECTION",
            "专题调研": "SPECIAL_RESEARCH",
            "专题询问": "SPECIAL_INQUIRY",
            "专项工作报告": "SPECIAL_WORK_REPORT",
            "专项审议": "SPECIAL_DELIBERATION",
        },
    ),
    Question(
        "丹棱县哪些乡镇的群众意见最多？评分平均多少？",
        "q34-opinions-by-town",
        """SELECT code, count(*), count(stars), avg(stars) FROM (
             SELECT code, stars FROM danleng_opinions
             UNION ALL SELECT divisionCode, NULL FROM danleng_platform_Opinions)
           GROUP BY 1 ORDER BY 2 DESC, 1""",
        is_ordered=True,
    ),
    Question(
        "昭化区民生实事项目由哪些单位负责、共投资多少、平均进度多少？",
        "q35-projects-by-body",
        """SELECT 责任单位, count(*), sum(投资), avg(进度) FROM zhaohua_projects_项目
           WHERE 区划代码 LIKE '510811%' OR 地点 LIKE '昭化区%' GROUP BY 1""",
    ),
    Question(
        "丹棱县重点督办的建议有多少件？",
        "q36-key-suggestions",
        "SELECT emphasis, count(*) FROM danleng_suggestions GROUP BY 1",
        {0: False, 1: True},
    ),
    Question(
        "省人大代表建议中，此前已提过几年的平均几年？",
        """{ suggestions(where: { division: { code: { eq: "510000" } },
               raisedBefore: { gt: 0 } }) { aggregate {
             count known { raisedBefore } average { raisedBefore } median { raisedBefore } } } }""",
        """SELECT count(*), count(raisedBefore), avg(raisedBefore), (SELECT avg(r) FROM (
             SELECT raisedBefore AS r, row_number() OVER (ORDER BY raisedBefore) AS n,
             count(*) OVER () AS c FROM sichuan_suggestions WHERE raisedBefore > 0)
             WHERE n IN ((c + 1) / 2, (c + 2) / 2))
           FROM sichuan_suggestions WHERE raisedBefore > 0""",
    ),
)
