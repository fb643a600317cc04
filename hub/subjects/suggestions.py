"""Suggestions of deputies, the bodies that handle them, and their hand-overs."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Index, Integer, Table, text

from hub import enums
from hub.enums import suggestions as lists
from hub.subjects.columns import (
    derived,
    golden,
    key,
    link,
    listed,
    membership,
    metadata,
    plain,
    restricted,
)

handling_body = golden(
    "handling_body",
    link("division_id", "division", "Division that it serves 行政区划", nullable=False),
    plain("name", "Name of the body 单位名称", nullable=False),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    listed("kind", lists.OrganKind, "Kind of body 单位类别"),
    plain("credit_code", "Unified social credit code 统一社会信用代码"),
    restricted("phone", "Phone of its contact 联系电话."),
    Index("ix_handling_body_division_id", "division_id"),
)

suggestion = golden(
    "suggestion",
    link("division_id", "division", "Division of its congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress it was put to, where its term is known 所属人大"),
    link("lead_deputy_id", "deputy", "Mandate that leads it; null: a delegation does 领衔代表"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    plain("number", "Running number in its congress 建议编号"),
    plain("title", "Title 标题", nullable=False),
    restricted("body", "Text, public where its deputies agreed to that 正文."),
    plain("summary", "Summary 摘要"),
    listed("kind", lists.SuggestionKind, "Suggestion or motion 类型"),
    plain("category", "Subject, as the source names it 类别"),
    listed("state", lists.SuggestionState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("session", "Number of the session it was put to; null: between sessions 会次", Integer),
    plain("delegation", "Delegation that leads it 领衔代表团"),
    plain("raised_before", "For how many years it was put before this one 此前提出年数", Integer),
    listed("arose_from", lists.SuggestionBasis, "How it arose 建议形成方式"),
    plain("is_key", "Whether it is under priority supervision 是否重点督办", Boolean),
    listed("consent", lists.PublishConsent, "How much may be published 公开方式"),
    plain("submitted_at", "Day it was put 提出日期", Date),
    plain("accepted_at", "Day it was accepted 立案日期", Date),
    plain("closed_at", "Day it was closed 办结日期", Date),
    Index("ix_suggestion_division_id", "division_id", "state"),
    Index("ix_suggestion_congress_id", "congress_id"),
    Index("ix_suggestion_lead_deputy_id", "lead_deputy_id"),
)

suggestion_co_signer = membership("suggestion_co_signer", "suggestion")

assignment = golden(
    "assignment",
    link("division_id", "division", "Division of the suggestion 行政区划", nullable=False),
    link("suggestion_id", "suggestion", "Suggestion handed over 建议"),
    link("handler_id", "handling_body", "Body that handles it 承办单位"),
    plain("handler_name", "Name of the body, as the source writes it 承办单位名称"),
    listed("role", lists.HandlingRole, "Single, leading, joint or separate 办理方式"),
    listed("state", lists.AssignmentState, "State 状态"),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("assigned_at", "Day of the hand-over 交办日期", Date),
    plain("accepted_at", "Day the handler accepted it 签收日期", Date),
    plain(
        "is_difficult", "Whether it is wide or difficult: 6 months 是否涉及面广、难度大", Boolean
    ),
    plain("source_due_date", "Day the reply is due by the source 来源办理期限", Date),
    derived(plain("legal_due_date", "Day the reply is due by law 法定办理期限", Date)),
    derived(
        plain(
            "due_date_explanation",
            "How the day by law is counted, and why the source's differs 期限说明",
        )
    ),
    plain("rehandled_from", "Day it was handed over again 重新交办日期", Date),
    plain("contacted_at", "Day the handler first contacted the deputy 首次联系代表日期", Date),
    plain("consulted_at", "Day of the face-to-face consultation with the deputy 面商日期", Date),
    plain("consultation", "What was consulted about and agreed 面商情况"),
    plain("return_requested_at", "Day the handler asked to give it back 申请退回日期", Date),
    plain("return_reason", "Why the handler asked to give it back 退回理由"),
    plain("extension_requested_at", "Day the handler asked for more time 申请延期日期", Date),
    plain("extended_to", "Day up to which more time was granted 延期至", Date),
    plain("replied_at", "Day of the reply 答复日期", Date),
    listed("reply_kind", lists.ReplyKind, "Kind of reply 答复类型"),
    plain("reply", "What was replied 答复内容"),
    listed("result", lists.ResultClass, "What came of it 办理结果"),
    plain("source_result", "The source's own letter of the result 来源结果代码"),
    plain("evaluated_at", "Day of the deputy's judgement 评价日期", Date),
    listed("attitude", lists.Satisfaction, "Judgement of the handler's attitude 办理态度评价"),
    listed("satisfaction", lists.Satisfaction, "Judgement of the result 办理结果评价"),
    plain("evaluation_note", "What the deputy said to it 评价意见"),
    Index("ix_assignment_suggestion_id", "suggestion_id"),
    Index("ix_assignment_handler_id", "handler_id"),
    Index("ix_assignment_division_id", "division_id", "state"),
    Index(
        "ix_assignment_legal_due_date",
        "legal_due_date",
        postgresql_where=text("replied_at IS NULL"),
    ),
)

legal_clock = Table(
    "legal_clock",
    metadata,
    key(),
    link(
        "division_id",
        "division",
        "Division where the rule holds, and below 适用行政区划",
        nullable=False,
    ),
    plain("valid_from", "First day it holds 生效日期", Date, nullable=False),
    plain("valid_to", "Last day it holds 失效日期", Date),
    plain(
        "months", "Months from the hand-over to the reply 答复期限（月）", Integer, nullable=False
    ),
    plain(
        "months_difficult",
        "Months for what is wide or difficult 涉及面广、难度大的答复期限（月）",
        Integer,
        nullable=False,
    ),
    plain("months_again", "Months when handled again 重新办理期限（月）", Integer, nullable=False),
    plain("months_joint", "Months for a joint handler's opinion 会办意见期限（月）", Integer),
    plain("basis", "The rule it comes from 依据", nullable=False),
    Index("ix_legal_clock_division_id", "division_id"),
)
