"""What a steward of the data asks to see whether it arrived whole."""

from tests.questions.asking import Question

QUESTIONS = (
    Question(
        "丹棱县的代表建议到了哪一步？",
        """{ suggestions(where: { division: { code: { eq: "511424" } } }) { aggregate {
             groupBy(by: [{ state: true }]) { keys { value } count } } } }""",
        "SELECT status, count(*) FROM danleng_suggestions GROUP BY 1",
        {6: "REPLIED", 5: "HANDLING"},
    ),
    Question(
        "昭化区的联络站平均几星？",
        """{ stations(where: { division: { within: "510811" }, isOffSite: { eq: false } }) {
             aggregate { known { rating } average { rating } median { rating } } } }""",
        """SELECT count(星级), avg(星级), (SELECT avg(s) FROM (SELECT 星级 + 0 AS s,
             row_number() OVER (ORDER BY 星级 + 0) AS n, count(*) OVER () AS c
             FROM zhaohua_homes_联络站 WHERE 所在地代码 IS NULL OR 所在地代码 LIKE '510811%')
             WHERE n IN ((c + 1) / 2, (c + 2) / 2))
           FROM zhaohua_homes_联络站 WHERE 所在地代码 IS NULL OR 所在地代码 LIKE '510811%'""",
    ),
    Question(
        "丹棱县各乡镇有多少名乡镇代表？",
        """{ deputies(where: { level: { eq: TOWNSHIP }, division: { within: "511424" } }) {
             aggregate { groupBy(by: [{ division: { code: true } }]) {
               keys { value } count } } } }""",
        """SELECT json_extract(mandate, '$.code'), count(DISTINCT id) FROM danleng_deputies_deputies
           WHERE json_extract(mandate, '$.level') = '乡镇' GROUP BY 1""",
    ),
    Question(
        "资中县乡镇代表的状态各多少？",
        """{ deputies(where: { level: { eq: TOWNSHIP }, division: { within: "511025" } }) {
             aggregate { groupBy(by: [{ status: true }]) { keys { value } count } } } }""",
        "SELECT 状态, count(*) FROM zizhong_deputies_township_deputies GROUP BY 1",
        {
            "在任": "ACTIVE",
            "代表资格终止": "TERMINATED",
            "暂停执行代表职务": "SUSPENDED",
            "当选待审查": "ELECTED_PENDING_REVIEW",
        },
    ),
    Question(
        "广汉市的代表之家面积多大、几星？",
        """{ homes(where: { division: { within: "510681" } }) { aggregate {
             count sum { areaSqm } average { rating } } } }""",
        "SELECT count(*), sum(mj), avg(xj) FROM guanghan_rd_jia",
    ),
    Question(
        "丹棱县各乡镇有多少个联络站？",
        """{ stations(where: { division: { within: "511424" } }) { aggregate {
             groupBy(by: [{ division: { code: true } }]) { keys { value } count } } } }""",
        "SELECT code, count(*) FROM danleng_deputies_stations GROUP BY 1",
    ),
    Question(
        "游仙区的代表之家共多少平方米？",
        """{ homes(where: { division: { within: "510704" } }) { aggregate {
             count known { areaSqm } sum { areaSqm } } } }""",
        "SELECT count(*), count(area), sum(area + 0) FROM youxian_homes",
    ),
    Question(
        "丹棱县的议案由谁提出？",
        """{ motions(where: { division: { within: "511424" } }) { aggregate {
             groupBy(by: [{ proposer: true }]) {
               keys { value } count known { statedProposers } } } } }""",
        "SELECT source, count(*), count(signCount) FROM danleng_motions GROUP BY 1",
        {
            1: "DEPUTIES",
            2: "GOVERNMENT",
            3: "STANDING_COMMITTEE",
            4: "SPECIAL_COMMITTEE",
            5: "PRESIDIUM",
        },
    ),
)
